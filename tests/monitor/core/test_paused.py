"""While measuring is interrupted nothing is seen, and what that touches has no figure."""

from datetime import date, timedelta

import pytest

from monitor.evidence import Evidence, HidingMethod
from monitor.release.tables import R1, R2, R3, R4, Cell
from monitor.snapshot import Snapshot
from schedules.exemption import TimeSpan
from tests.cast import MONDAY, at, lessons, school_snapshot, sighting, use
from tests.monitor.core.living import Day

NEXT_WEEK = MONDAY + timedelta(days=7)
TUESDAY = MONDAY + timedelta(days=1)


def paused(*spans: tuple[float, float], days: tuple[date, ...] = (MONDAY,)) -> Snapshot:
    """Give the school with interruptions of the measuring."""
    return school_snapshot(lessons(days), pauses=tuple(TimeSpan(*span) for span in spans))


def test_what_happens_while_measuring_is_interrupted_is_seen_nowhere_not_even_in_health() -> None:
    hiding = sighting(
        at(8, 46), hostname="", evidence=Evidence.HIDDEN, hiding_method=HidingMethod.VPN
    )
    unplaced = use(at(8, 46), b"\xc0\x00\x02\x01")
    day = Day(paused((at(8, 45), at(8, 55)))).until(at(9), *use(at(8, 46)), hiding, *unplaced)
    day.core.health.publish()
    assert set(day.core.health.evidence.values()) == {0}
    assert set(day.core.health.hidden.values()) == {0}
    assert set(day.core.health.counts.values()) == {0}
    day.until(at(9, 30), *use(at(9, 1)))
    day.core.health.publish()
    assert day.core.health.evidence[Evidence.SNI] == 4


def test_a_pause_holds_for_the_moment_of_a_sighting_and_not_for_when_it_came_in() -> None:
    """Sightings of before it and of after it come in with those of its own minutes."""
    day = Day(paused((at(8, 45), at(8, 46))))
    for moment in (at(8, 45) - 1, at(8, 45), at(8, 46) - 1, at(8, 46)):
        day.core.receive_sighting(sighting(moment))
    day.core.health.publish()
    assert day.core.health.evidence[Evidence.SNI] == 2


def test_what_a_pause_touches_has_no_figure_and_what_it_does_not_touch_has() -> None:
    held = paused((at(8, 45), at(8, 50)))
    day = Day(held).until(at(7, 30, NEXT_WEEK), *use(at(8, 35)), *use(at(9, 40)))
    assert day.counts(R1) == {("1", "", ""): None, ("2", "", ""): 1}
    assert set(day.counts(R2).values()) == set(day.counts(R3).values()) == {None}
    assert set(day.counts(R4).values()) == {None}


@pytest.mark.parametrize("span", [(at(7), at(8, 30)), (at(10, 10), at(12))])
def test_a_pause_that_ends_at_the_bell_or_begins_at_it_touches_nothing(
    span: tuple[float, float],
) -> None:
    day = Day(paused(span)).until(at(7, 30, NEXT_WEEK), *use(at(8, 30)), *use(at(10, 5)))
    assert day.counts(R1) == {("1", "", ""): 1, ("2", "", ""): 1}
    assert day.counts(R3) == {("", "3 havo", ""): 1}
    assert day.counts(R4) == {("", "3 havo", "instagram"): 1}


def test_a_pause_that_is_ordered_in_a_lesson_takes_what_was_seen_before_it_along() -> None:
    day = Day().until(at(8, 45), *use(at(8, 35)))
    day.core.snapshot = paused((at(8, 45), at(12)))
    assert day.until(at(18), *use(at(9, 40))).counts(R1) == {
        ("1", "", ""): None,
        ("2", "", ""): None,
    }


def test_a_pause_that_was_ended_early_costs_no_more_than_it_touched() -> None:
    day = Day(paused((at(8, 45), at(12)))).until(at(9))
    day.core.snapshot = paused((at(8, 45), at(9)))
    day.until(at(18), *use(at(9, 5)), *use(at(9, 40)))
    assert day.counts(R1) == {("1", "", ""): None, ("2", "", ""): 1}
    assert set(day.counts(R2).values()) == {None}


def test_a_pause_may_last_over_midnight() -> None:
    held = paused((at(9, 30), at(9, 20, TUESDAY)), days=(MONDAY, TUESDAY))
    seen = [*use(at(8, 40)), *use(at(9, 40)), *use(at(8, 40, TUESDAY)), *use(at(9, 40, TUESDAY))]
    day = Day(held).until(at(18, 0, TUESDAY), *seen)
    by_hour = {
        (cell.day, cell.period): count
        for closed in day.closed
        for cell, count in (closed.counts.get(R1) or {}).items()
    }
    assert by_hour == {
        (MONDAY, "1"): 1,
        (MONDAY, "2"): None,
        (TUESDAY, "1"): None,
        (TUESDAY, "2"): 1,
    }
    assert set(day.counts(R3).values()) == {None}


def test_a_night_s_pause_outside_lessons_costs_nothing() -> None:
    held = paused((at(18), at(8, 0, TUESDAY)), days=(MONDAY, TUESDAY))
    day = Day(held).until(at(18, 0, TUESDAY), *use(at(8, 40)), *use(at(8, 40, TUESDAY)))
    layers = [closed.counts[R3] for closed in day.closed if R3 in closed.counts]
    assert [
        counts[Cell(R3.name, on, layer="3 havo")]
        for on, counts in zip((MONDAY, TUESDAY), layers, strict=True)
    ] == [1, 1]


def test_each_closing_comes_once_whatever_was_interrupted() -> None:
    """So nothing is drawn a second time: what a pause takes away is not made up for later."""
    day = Day(paused((at(8, 45), at(8, 50)))).until(at(12))
    day.core.snapshot = paused((at(8, 45), at(8, 46)))
    day.until(at(13))
    day.core.snapshot = school_snapshot()
    day.until(at(7, 30, NEXT_WEEK))
    keys = [closed.slot.key for closed in day.closed]
    assert len(keys) == len(set(keys))
    assert day.counts(R1) == {("1", "", ""): None}
