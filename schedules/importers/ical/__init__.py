"""Timetables as iCalendar (RFC 5545), for schools whose system has nothing better."""

from schedules.importers.importer import (
    ExportFiles,
    FileImporter,
    ImportContext,
    ImportResult,
    Recognition,
    content_start,
)

_BEGIN = b"BEGIN:VCALENDAR"


def _parse_files(files: ExportFiles, context: ImportContext) -> ImportResult:
    from schedules.importers.ical.feeds import parse_feeds

    return parse_feeds(files, days=context.days, zone=context.zone)


def _recognise(_: str, content: bytes) -> Recognition:
    is_calendar = content_start(content)[: len(_BEGIN)].upper() == _BEGIN
    return Recognition.BY_CONTENT if is_calendar else Recognition.NO


IMPORTER = FileImporter(
    name="ical", title="iCalendar", parse=_parse_files, recognise=_recognise, feeds="*.ics"
)
