"""Which lesson hours were known before they began."""

from datetime import date, timedelta

import pytest

from monitor.release.measured.known_hours import KnownHours
from monitor.release.schedule import ReleaseSlot
from monitor.release.tables import RELEASE_DELAY, ReleaseInterval
from schedules.timetable import DatedPeriod

MONDAY = date(2026, 11, 23)
HOUR = 3_600.0
FIRST = DatedPeriod(MONDAY, "1", 9 * HOUR, 10 * HOUR, 24)
SECOND = DatedPeriod(MONDAY, "2", 10 * HOUR, 11 * HOUR, 24)
LATER = DatedPeriod(MONDAY, "1", 12 * HOUR, 13 * HOUR, 24)


def schedule(*hours: DatedPeriod) -> list[ReleaseSlot]:
    return [
        ReleaseSlot(
            hour.end + RELEASE_DELAY, ReleaseInterval.LESSON_HOUR, hour.day, hour.period, (hour,)
        )
        for hour in hours
    ]


@pytest.fixture
def known() -> KnownHours:
    """Give two hours that have been known since before school."""
    known = KnownHours()
    known.note(schedule(FIRST, SECOND), 8 * HOUR, 8 * HOUR)
    return known


def test_an_hour_is_known_that_was_there_before_it_began(known: KnownHours) -> None:
    assert known.are_known([FIRST, SECOND])


def test_one_that_came_after_it_began_is_not(known: KnownHours) -> None:
    third = DatedPeriod(MONDAY, "3", 11 * HOUR, 12 * HOUR, 24)
    known.note(schedule(FIRST, SECOND, third), 11.5 * HOUR, 11.5 * HOUR)
    assert not known.are_known([third])
    assert not known.are_known([FIRST, third])


def test_one_that_was_away_while_it_went_on_is_not(known: KnownHours) -> None:
    known.note(schedule(SECOND), 9.5 * HOUR, 9.5 * HOUR)
    known.note(schedule(FIRST, SECOND), 9.6 * HOUR, 9.6 * HOUR)
    assert not known.are_known([FIRST])
    assert known.are_known([SECOND])


def test_other_bounds_do_not_matter(known: KnownHours) -> None:
    longer = DatedPeriod(MONDAY, "1", 9 * HOUR, 10.2 * HOUR, 23)
    known.note(schedule(longer, SECOND), 9.5 * HOUR, 9.5 * HOUR)
    assert known.are_known([longer])


def test_labels_that_are_swapped_are_of_a_time_that_nothing_was_held_against(
    known: KnownHours,
) -> None:
    swapped = DatedPeriod(MONDAY, "2", FIRST.start, FIRST.end, 24)
    other = DatedPeriod(MONDAY, "1", SECOND.start, SECOND.end, 24)
    known.note(schedule(swapped, other), 9.9 * HOUR, 9.9 * HOUR)
    assert not known.are_known([swapped])
    assert not known.are_known([other])


def test_a_label_that_moves_once_it_was_measured_stays_unknown(known: KnownHours) -> None:
    """What comes under it later is dropped, because it has closed: the day is not whole."""
    known.note(schedule(SECOND, LATER), 10.5 * HOUR, 10.5 * HOUR)
    assert not known.are_known([LATER])
    still_later = DatedPeriod(MONDAY, "1", 14 * HOUR, 15 * HOUR, 24)
    known.note(schedule(SECOND, still_later), 11 * HOUR, 11 * HOUR)
    assert not known.are_known([still_later])


def test_one_that_moves_before_it_begins_is_known(known: KnownHours) -> None:
    known.note(schedule(LATER, SECOND), 8.5 * HOUR, 8.5 * HOUR)
    assert known.are_known([LATER, SECOND])


def test_days_that_no_figure_can_be_of_are_forgotten(known: KnownHours) -> None:
    known.forget_before(MONDAY + timedelta(days=1))
    assert not known.are_known([FIRST])
