"""What holds for timetables of every format, whatever the bytes."""

from datetime import date, time
from zoneinfo import ZoneInfo

from schedules.bells import Bells, BellSchedule, Period
from schedules.calendar import DateRange, SchoolCalendar
from schedules.importers.excel import parse_excel
from schedules.importers.ical.feed import parse_feed
from schedules.importers.importer import ImportResult
from schedules.importers.shared.limits import LONGEST_LESSON
from schedules.importers.untis.export import parse_export
from tests.fuzz.files import are_readable

ZONE = ZoneInfo("Europe/Amsterdam")
WEEK = DateRange(date(2026, 10, 5), date(2026, 10, 11))
BELLS = Bells([BellSchedule(periods=(Period("1", time(8, 30), time(9, 20)),))])
BETWEEN = b"\x00"
"""Between the files of one export."""


def of_untis(data: bytes) -> None:
    names = ("GPU001.TXT", "GPU002.TXT", "GPU014.TXT")
    files = dict(zip(names, data.split(BETWEEN, 2), strict=False))
    imported = parse_export(files, bells=BELLS, calendar=SchoolCalendar(), days=WEEK, zone=ZONE)
    _is_sound(imported)


def of_ical(data: bytes) -> None:
    _is_sound(parse_feed(data, name="ical", days=WEEK, zone=ZONE))


def of_excel(data: bytes) -> None:
    _is_sound(parse_excel(data, name="excel", zone=ZONE))


def _is_sound(imported: ImportResult) -> None:
    assert imported.format
    assert len({lesson.instance for lesson in imported.lessons}) == len(imported.lessons)
    for lesson in imported.lessons:
        assert lesson.start < lesson.end <= lesson.start + LONGEST_LESSON
        assert lesson.period
        assert len(lesson.instance) <= 100
    are_readable([*imported.problems, *imported.left_out])
