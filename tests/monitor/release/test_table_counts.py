"""What is counted of a slot follows from the tables that are declared."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from monitor.release.day_counts import ActiveDevice
from monitor.release.measured.measured_day import MeasuredDay
from monitor.release.measured.measured_hour import MeasuredHour
from monitor.release.measured.pupils import LessonRoom
from monitor.release.schedule import ReleaseSlot
from monitor.release.table_counts import Domain, TableCounts
from monitor.release.tables import (
    BEYOND,
    R1,
    R2,
    R3,
    R4,
    Cell,
    Dimension,
    ReleaseInterval,
    TableName,
    TableSpec,
)
from tests.cast import LAYERS, MONDAY

DEVICES = [ActiveDevice(1, ("x",), "3 havo"), ActiveDevice(2, ("x", "tiktok"), "")]
ROOMS = [
    LessonRoom(f"{layer}{number}", layer, frozenset({f"{layer}{number}"}))
    for layer in ("3 havo", "3 vwo")
    for number in range(12)
]
WHOLE_SCHOOL = replace(R3, dimensions=())
"""A table that nobody has declared: the devices of a day."""


def slot(interval: ReleaseInterval, day: date = MONDAY, period: str = "") -> ReleaseSlot:
    return ReleaseSlot(0.0, interval, day, period, ())


def domain(period: str = "") -> Domain:
    return {
        Dimension.PERIOD: [period],
        Dimension.LAYER: ["3 havo", "3 vwo"],
        Dimension.PLATFORM: ["x", "tiktok", "facebook"],
        Dimension.EVIDENCE: ["sni", "vpn"],
        Dimension.BEYOND: BEYOND,
    }


def day_of(measured: Sequence[LessonRoom] = ROOMS, *, periods: str = "12") -> MeasuredDay:
    """Give a day of which everything is measured, or less."""
    day = MeasuredDay(LAYERS)
    for period in periods:
        by_platform = dict.fromkeys(domain()[Dimension.PLATFORM], frozenset(measured))
        day.add(period, MeasuredHour(frozenset(ROOMS), by_platform))
    return day


def counts_of_hour(
    counts: TableCounts, period: str = "1", active: Iterable[ActiveDevice] = DEVICES
) -> dict[TableSpec, dict[Cell, int | None]]:
    hour = slot(ReleaseInterval.LESSON_HOUR, period=period)
    closed = counts.close_hour(hour, active, domain(period))
    return {table: dict(cells) for table, cells in closed.items()}


def test_a_lesson_hour_is_counted_in_its_own_tables() -> None:
    assert counts_of_hour(TableCounts()) == {R1: {Cell(R1.name, MONDAY, "1"): 2}}


def test_a_day_has_every_cell_of_its_tables_whatever_was_counted() -> None:
    counts = TableCounts([R1, R2, R3, R4])
    counts_of_hour(counts)
    assert counts.close_day(slot(ReleaseInterval.DAY), domain(), day_of()) == {
        R2: {
            Cell(R2.name, MONDAY, platform="x"): 2,
            Cell(R2.name, MONDAY, platform="tiktok"): 1,
            Cell(R2.name, MONDAY, platform="facebook"): 0,
        },
        R3: {Cell(R3.name, MONDAY, layer="3 havo"): 1, Cell(R3.name, MONDAY, layer="3 vwo"): 0},
    }


def test_a_week_adds_up_its_own_days() -> None:
    counts = TableCounts()
    for number in (0, 4, 7):
        counts.begin_day()
        counts_of_hour(counts)
        counts.close_day(
            slot(ReleaseInterval.DAY, MONDAY + timedelta(days=number)), domain(), day_of()
        )
    cell = Cell(R4.name, MONDAY, layer="3 havo", platform="x")
    assert counts.close_week(slot(ReleaseInterval.WEEK), domain())[R4][cell] == 2
    later = slot(ReleaseInterval.WEEK, MONDAY + timedelta(days=7))
    assert sum(filter(None, counts.close_week(later, domain())[R4].values())) == 1


def test_a_new_day_knows_no_device_of_the_day_before() -> None:
    counts = TableCounts()
    counts_of_hour(counts)
    counts.begin_day()
    day = counts.close_day(slot(ReleaseInterval.DAY), domain(), day_of())
    assert {count for cells in day.values() for count in cells.values()} == {0}


def test_what_may_have_been_spent_before_is_no_figure() -> None:
    counts = TableCounts()
    counts.begin_day(hours_spent=R1.cap)
    assert counts_of_hour(counts) == {R1: {Cell(R1.name, MONDAY, "1"): None}}
    assert counts.close_day(slot(ReleaseInterval.DAY), domain(), day_of())[R3]


def test_another_table_is_counted_as_soon_as_it_is_declared() -> None:
    counts = TableCounts([R1, WHOLE_SCHOOL])
    counts_of_hour(counts)
    counts_of_hour(counts, "2")
    day = counts.close_day(slot(ReleaseInterval.DAY), domain(), day_of())
    assert day == {WHOLE_SCHOOL: {Cell(TableName.LAYERS, MONDAY): 2}}


def test_of_an_hour_that_is_measured_too_little_there_is_no_figure_and_no_cap_is_spent() -> None:
    counts = TableCounts()
    hour = slot(ReleaseInterval.LESSON_HOUR, period="1")
    for _ in range(R1.cap):
        closed = counts.close_hour(hour, DEVICES, domain("1"), is_measured=False)
        assert closed[R1] == {Cell(R1.name, MONDAY, "1"): None}
    assert counts_of_hour(counts)[R1] == {Cell(R1.name, MONDAY, "1"): 2}


def test_a_layer_that_is_measured_too_little_has_no_figure_and_adds_nothing_to_the_week() -> None:
    counts = TableCounts([R3, R4])
    counts_of_hour(counts)
    closed = counts.close_day(slot(ReleaseInterval.DAY), domain(), day_of(ROOMS[12:]))
    assert closed[R3] == {
        Cell(R3.name, MONDAY, layer="3 havo"): None,
        Cell(R3.name, MONDAY, layer="3 vwo"): 0,
    }
    week = counts.close_week(slot(ReleaseInterval.WEEK), domain())[R4]
    assert {cell.layer for cell, count in week.items() if count is None} == {"3 havo"}
