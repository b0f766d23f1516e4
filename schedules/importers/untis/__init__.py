"""The timetable of Untis, from the DIF files that it exports by itself, every night if asked.

GPU001 is the week: which lesson is when and where. It has hours without times, which come from the
school's bells. GPU002 says when each lesson is valid, GPU014 what is different on a day.
"""

from schedules.importers.importer import (
    ExportFiles,
    FileImporter,
    ImportContext,
    ImportResult,
    Recognition,
)
from schedules.importers.untis.file_names import PARSED, file_number


def _parse_files(files: ExportFiles, context: ImportContext) -> ImportResult:
    from schedules.importers.untis.export import parse_export

    return parse_export(
        files,
        bells=context.bells,
        calendar=context.calendar,
        days=context.days,
        zone=context.zone,
    )


def _recognise(name: str, content: bytes) -> Recognition:
    is_untis = bool(content) and file_number(name) in PARSED
    return Recognition.BY_NAME if is_untis else Recognition.NO


IMPORTER = FileImporter(
    name="untis",
    title="Untis",
    parse=_parse_files,
    recognise=_recognise,
    companions="GPU0??.*",
    needs_bells=True,
)
