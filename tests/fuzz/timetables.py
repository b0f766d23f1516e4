"""What holds for timetables of every format, whatever the bytes."""

from collections.abc import Callable
from datetime import date, time
from zoneinfo import ZoneInfo

from schedules.bells import Bells, BellSchedule, Period
from schedules.calendar import DateRange
from schedules.importers import untis
from schedules.importers.formats import file_importers
from schedules.importers.importer import FileImporter, ImportContext, ImportResult
from schedules.importers.shared.limits import MAX_LESSON_DURATION
from tests.fuzz.files import are_readable

ZONE = ZoneInfo("Europe/Amsterdam")
WEEK = DateRange(date(2026, 10, 5), date(2026, 10, 11))
BELLS = Bells([BellSchedule(periods=(Period("1", time(8, 30), time(9, 20)),))])
BETWEEN = b"\x00"
"""Between the files of one export."""


CONTEXT = ImportContext(days=WEEK, zone=ZONE, bells=BELLS)


def of_untis(data: bytes) -> None:
    names = ("GPU001.TXT", "GPU002.TXT", "GPU014.TXT")
    files = dict(zip(names, data.split(BETWEEN, 2), strict=False))
    _is_sound(untis.IMPORTER.parse(files, CONTEXT))


def _of_one_file(importer: FileImporter) -> Callable[[bytes], None]:
    return lambda data: _is_sound(importer.parse({"timetable": data}, CONTEXT))


ONE_FILE = {
    importer.name: _of_one_file(importer)
    for importer in file_importers()
    if not importer.companions
}
"""Every format of which an export is one file."""


def _is_sound(imported: ImportResult) -> None:
    assert imported.format
    assert len({lesson.instance for lesson in imported.lessons}) == len(imported.lessons)
    for lesson in imported.lessons:
        assert lesson.start < lesson.end <= lesson.start + MAX_LESSON_DURATION
        assert lesson.period
        assert len(lesson.instance) <= 100
    are_readable([*imported.problems, *imported.left_out, *imported.unreadable])
