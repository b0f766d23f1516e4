"""What a year's timetable costs: reading it, writing it, and asking for a lesson."""

import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from monitor import store as storage
from schedules import store
from schedules.bells import Bells, BellSchedule, Period
from schedules.calendar import DateRange, Region, SchoolCalendar
from schedules.importers.importer import ImportResult
from schedules.importers.untis.export import parse_export
from schedules.timetable import Timetable
from tests.benchmark.core import seconds

ZONE = ZoneInfo("Europe/Amsterdam")
YEAR = DateRange(date(2026, 8, 31), date(2027, 7, 9))
ROOMS = 60
HOURS = 8
BELLS = Bells(
    [
        BellSchedule(
            periods=tuple(Period(str(n), time(8 + n, 0), time(8 + n, 50)) for n in range(1, 9))
        )
    ]
)


def plan() -> bytes:
    """Give the week of a school of 2,000 pupils, as Untis exports it."""
    lines = [
        f'{day * 1000 + hour * 100 + room};"{room % 6 + 1}h{room}";"T{room}";"NE";"{room}";'
        f"{day};{hour};;"
        for day in range(1, 6)
        for hour in range(1, HOURS + 1)
        for room in range(ROOMS)
    ]
    return "\n".join(lines).encode()


def read(last: date) -> ImportResult:
    """Lay it out until a day."""
    return parse_export(
        {"GPU001.TXT": plan()},
        bells=BELLS,
        calendar=SchoolCalendar(Region.NORTH),
        days=DateRange(YEAR[0], last),
        zone=ZONE,
    )


def reading() -> Iterator[Sequence[object]]:
    """Time reading half a year and a whole one: the cost grows with the lessons."""
    for last in (YEAR[0] + timedelta(days=150), YEAR[1]):
        started = perf_counter()
        imported = read(last)
        spent = perf_counter() - started
        lessons = len(imported.lessons)
        each = f"{spent / lessons * 1e6:.0f} µs a lesson"
        yield f"Untis, {lessons:,} lessons read", f"{spent:.1f} s", each, "seconds"


def writing() -> Iterator[Sequence[object]]:
    """Time writing a year to a new store, and looking whether anything has changed."""
    lessons = read(YEAR[1]).lessons
    with tempfile.TemporaryDirectory() as folder:
        storage.connect(str(Path(folder) / "store.sqlite3"))
        started = perf_counter()
        store.import_timetable(lessons, source="untis", by="bench", now=0.0, zone=ZONE)
        spent = perf_counter() - started
        yield f"{len(lessons):,} lessons written", f"{spent:.1f} s", "SQLite", "seconds"
        started = perf_counter()
        changes = store.compare_timetable(lessons, source="untis", zone=ZONE)
        spent = perf_counter() - started
        yield f"{changes.same:,} lessons compared", f"{spent:.1f} s", "SQLite", "seconds"
        storage.disconnect()


def asking() -> Iterator[Sequence[object]]:
    """Time asking which lesson is held, in a week and in a year."""
    for last in (YEAR[0] + timedelta(days=6), YEAR[1]):
        timetable = Timetable(read(last).lessons, ZONE)
        moments = [lesson.start.timestamp() + 60 for lesson in list(timetable.lessons)[:2_400]]

        def ask(timetable: Timetable = timetable, moments: list[float] = moments) -> None:
            for number, moment in enumerate(moments):
                timetable.lessons_at(str(number % ROOMS), moment)

        each = seconds(ask) / len(moments)
        size = f"of {len(list(timetable.lessons)):,}"
        yield f"lesson at (room, moment), {size}", f"{each * 1e9:,.0f} ns", "", "about 1,000 ns"


def rows() -> Iterator[Sequence[object]]:
    """Measure all of it: what, figure, beside, aim."""
    yield from reading()
    yield from writing()
    yield from asking()
