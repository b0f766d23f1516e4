"""Reads a timetable in any format, from files or from a server."""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import blake2b

from monitor.configuration import Configuration, TimetableSettings
from monitor.configuration.timetables import make_bells, make_calendar
from monitor.timetables.export import load_export
from monitor.timetables.servers import fetch_timetable
from schedules.calendar import DateRange
from schedules.importers.importer import FileImporter, ImportContext, ImportResult
from schedules.importers.shared.limits import MAX_VALUE_LENGTH
from schedules.lesson import Lesson

_DIGEST_BYTES = 16


class TimetableReader:
    """Reads for one school, over some days.

    Args:
        settings: the school's bells, calendar and time zone.
        days: the first and the last day to read, for formats that have no end of their own.
    """

    def __init__(self, settings: Configuration, days: DateRange) -> None:
        self._context = ImportContext(
            days=days,
            zone=settings.school.zone,
            bells=make_bells(settings.bells),
            calendar=make_calendar(settings.calendar),
            policy=settings.outgoing.policy,
        )

    def of_source(self, source: TimetableSettings) -> ImportResult:
        """Read a source of the configuration.

        Raises:
            Refused: when a file or a secret cannot be read.
            ServerFailure: when a server does not answer, or not as it should.
        """
        importer = source.importer
        if isinstance(importer, FileImporter):
            bells = self._context.bells.for_branch(source.branch, source.track)
            context = replace(self._context, bells=bells)
            result = importer.parse(load_export(source.export_path), context)
            if importer.has_own_instances:
                return result
        else:
            result = fetch_timetable(source, importer, self._context)
        return _with_source_name(result, source)

    def of_files(self, files: Mapping[str, bytes], importer: FileImporter) -> ImportResult:
        """Read the files of one export, by name, with the bells that hold for all branches."""
        return importer.parse(files, self._context)


def _with_source_name(result: ImportResult, source: TimetableSettings) -> ImportResult:
    """Put the source's name before each instance: two portals, or two exports, number theirs alike.

    A source that is called as its format keeps the instances that a file of it has.
    """
    if source.name == source.format:
        return result
    lessons = (
        replace(lesson, instance=_instance_of(source.name, lesson)) for lesson in result.lessons
    )
    return replace(result, lessons=tuple(lessons))


def _instance_of(source: str, lesson: Lesson) -> str:
    instance = f"{source}/{lesson.instance}"
    if len(instance) <= MAX_VALUE_LENGTH:
        return instance
    digest = blake2b(instance.encode(), digest_size=_DIGEST_BYTES).hexdigest()
    return f"{source}/{digest}"
