"""Until the school has approved of it nothing is counted and nothing released; health is told."""

from dataclasses import replace
from datetime import timedelta

from monitor.evidence import Evidence
from monitor.release.tables import R1, R2, R3, R4
from monitor.snapshot import Snapshot
from tests.cast import MONDAY, at, lessons, school_snapshot, use
from tests.monitor.core.living import NEXT_MONDAY, Day

TUESDAY = MONDAY + timedelta(days=1)
TABLES = (R1, R2, R3, R4)


def on_trial(held: Snapshot | None = None) -> Snapshot:
    return replace(held or school_snapshot(), is_on_trial=True)


def test_nothing_is_counted_and_nothing_is_released() -> None:
    day = Day(on_trial()).until(NEXT_MONDAY, *use(at(8, 35)), *use(at(9, 40)))
    assert day.closed == []
    assert Day().until(NEXT_MONDAY, *use(at(8, 35))).counts(R4) != {}  # as it is otherwise


def test_health_counts_as_ever() -> None:
    day = Day(on_trial()).until(at(9), *use(at(8, 35)))
    day.core.health.publish()
    assert day.core.health.evidence[Evidence.SNI] == 4


def test_the_first_figure_is_of_the_first_lesson_hour_that_begins_after_the_trial() -> None:
    day = Day(on_trial()).until(at(8, 40), *use(at(8, 35)))
    day.core.snapshot = school_snapshot()
    day.until(NEXT_MONDAY, *use(at(8, 50)), *use(at(9, 40)))
    assert day.counts(R1) == {("1", "", ""): None, ("2", "", ""): 1}
    for table in (R2, R3, R4):
        assert set(day.counts(table).values()) == {None}


def test_a_trial_that_ends_between_two_ticks_leaves_the_hour_that_it_ends_in_without() -> None:
    day = Day(on_trial()).until(at(8, 30))
    day.core.snapshot = school_snapshot()
    day.until(at(18), *use(at(8, 35)))
    assert day.counts(R1) == {("1", "", ""): None}


def test_a_week_that_was_on_trial_is_no_week_without_use() -> None:
    """Its trial ended on Saturday: what was not counted is no figure, and never a low one."""
    day = Day(on_trial()).until(at(12, 0, MONDAY + timedelta(days=5)))
    day.core.snapshot = school_snapshot()
    day.until(NEXT_MONDAY)
    assert day.counts(R1) == day.counts(R2) == {}
    assert set(day.counts(R4).values()) == {None}


def test_a_day_after_the_trial_has_its_figures() -> None:
    held = school_snapshot(lessons([MONDAY, TUESDAY]))
    day = Day(on_trial(held)).until(at(12))
    day.core.snapshot = held
    day.until(at(18, 0, TUESDAY), *use(at(8, 35, TUESDAY)))
    assert day.counts(R3)["", "3 havo", ""] == 1
    assert day.counts(R1) == {("1", "", ""): 1}


def test_what_was_counted_before_a_trial_begins_is_released_neither() -> None:
    day = Day().until(at(8, 50), *use(at(8, 35)))
    day.core.snapshot = on_trial()
    assert day.until(NEXT_MONDAY).closed == []
