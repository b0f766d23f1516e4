"""What no process saw whole has no figure, and no device gets its cap anew."""

from dataclasses import replace
from datetime import timedelta

from monitor.core import MAX_TICK_GAP, Core
from monitor.release.tables import R1, R2, R3, R4
from tests.cast import MONDAY, ROOMS, ExactHealth, at, lesson, lessons, school_snapshot, use
from tests.monitor.core.living import Day, all_but


def test_what_was_lost_with_an_earlier_process_is_no_figure() -> None:
    """A process that starts at 08:50 has not seen the first lesson hour, the day or the week."""
    day = Day(started=at(8, 50)).until(at(7, 30, MONDAY + timedelta(days=7)), *use(at(9, 40)))
    assert day.counts(R1) == {("1", "", ""): None, ("2", "", ""): 1}
    assert set(day.counts(R2).values()) == {None}
    assert set(day.counts(R4).values()) == {None}


def test_a_timetable_that_comes_in_mid_lesson_makes_no_wrong_number() -> None:
    """Nothing was held against the lesson before: a count of its second half is no figure."""
    day = Day(school_snapshot(())).until(at(8, 45), *use(at(8, 40)))
    day.core.snapshot = school_snapshot()
    day.until(at(18), *use(at(9, 40)))
    assert day.counts(R1) == {("1", "", ""): None, ("2", "", ""): 1}
    assert set(day.counts(R2).values()) == {None}


def test_a_lesson_hour_whose_bounds_change_stays_known() -> None:
    day = Day().until(at(8, 45), *use(at(8, 40)))
    longer = lesson("102", end=lesson("102").end + timedelta(minutes=5))
    day.core.snapshot = school_snapshot([lesson("101"), longer, *map(lesson, ROOMS[2:])])
    assert day.until(at(18)).counts(R1) == {("1", "", ""): 1}


def test_labels_that_are_swapped_after_a_release_make_no_wrong_number() -> None:
    """Nobody was counted under the second label in the time that it has now."""
    day = Day().until(at(9, 31), *use(at(8, 40)))
    swap = {"1": "2", "2": "1"}
    day.core.snapshot = school_snapshot(
        replace(held_lesson, period=swap.get(held_lesson.period, held_lesson.period))
        for held_lesson in lessons()
    )
    day.until(at(18), *use(at(9, 40)))
    assert day.counts(R1) == {("1", "", ""): 1, ("2", "", ""): None}
    assert set(day.counts(R2).values()) == {None}


def test_what_an_earlier_process_released_is_not_closed_again() -> None:
    day = Day(started=at(9, 32))
    day.core.resume({"R1/2026-11-23/1"}, hours_spent=1)
    assert list(day.until(at(10, 30)).counts(R1)) == [("2", "", "")]


def test_after_a_restart_no_device_gets_its_cap_anew() -> None:
    day = Day(started=at(9, 15))
    day.core.resume(set(), hours_spent=R1.cap)
    assert day.until(at(18), *use(at(9, 40))).counts(R1)["2", "", ""] is None


def test_what_was_lost_the_day_before_takes_nothing_from_today() -> None:
    """A process that starts on Tuesday morning, after one that ended on Monday at noon."""
    tuesday = MONDAY + timedelta(days=1)
    day = Day(school_snapshot(lessons([MONDAY, tuesday])), started=at(8, day=tuesday))
    day.core.resume({"R1/2026-11-23/1"}, hours_spent=0)
    day.until(at(18, day=tuesday), *use(at(8, 40, tuesday)))
    hours = {cell: count for cell, count in day.cells() if cell.table is R1.name}
    assert hours == {
        R1.cell(MONDAY, ("2",)): None,
        R1.cell(tuesday, ("1",)): 1,
        R1.cell(tuesday, ("2",)): 0,
    }
    layers = {cell: count for cell, count in day.cells() if cell.table is R3.name}
    assert {count for cell, count in layers.items() if cell.day == MONDAY} == {None}
    assert layers[R3.cell(tuesday, ("3 havo",))] == 1


def test_what_was_measured_the_day_before_is_no_floor_of_today() -> None:
    """On Monday every room was measured, and on Tuesday one is: that is one class."""
    tuesday = MONDAY + timedelta(days=1)
    exempted = all_but("101", start=at(0, day=tuesday), end=at(18, day=tuesday))
    held = school_snapshot(lessons([MONDAY, tuesday]), exempted)
    day = Day(held, started=at(8, day=tuesday))
    day.core.resume({"R1/2026-11-23/1"}, hours_spent=0)
    day.until(at(18, day=tuesday), *use(at(8, 40, tuesday)))
    assert {count for cell, count in day.cells() if cell.day == tuesday} == {None}


def test_a_sensor_that_was_blind_in_a_lesson_has_no_figure_for_it() -> None:
    day = Day().until(at(8, 40))
    day.now += MAX_TICK_GAP + 1
    day.closed += day.core.tick(day.now)
    assert day.until(at(18)).counts(R1) == {("1", "", ""): None}
    assert set(day.counts(R3).values()) == {None}


def test_silence_outside_lessons_costs_nothing() -> None:
    night = Core(school_snapshot(), ExactHealth(), at(3))
    night.tick(at(8))
    day = Day()
    day.core = night
    day.now = at(8)
    assert day.until(at(18), *use(at(8, 40))).counts(R1) == {("1", "", ""): 1}
