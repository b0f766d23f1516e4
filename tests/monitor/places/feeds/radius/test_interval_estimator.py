"""How often a session is told of, as its own messages show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.places.feeds.radius import interval_estimator
from monitor.places.feeds.radius.interval_estimator import IntervalEstimator

NOON = 1_792_396_800.0
TEN_HOURS = 36_000.0


def learned(*gaps: float) -> float | None:
    """Give what is known after a Start and updates with these seconds between."""
    rhythms = IntervalEstimator(TEN_HOURS)
    moment, found = NOON, rhythms.record_update(b"phone", NOON)
    for gap in gaps:
        moment += gap
        found = rhythms.record_update(b"phone", moment)
    return found


def test_a_start_and_two_updates_are_a_rhythm() -> None:
    assert learned() is learned(600) is None
    assert learned(600, 603) == 603


def test_gaps_that_differ_are_none() -> None:
    assert learned(600, 200) is None
    assert learned(200, 600, 590) == 600


def test_what_comes_within_a_minute_is_about_an_address_and_no_update() -> None:
    assert learned(5, 6, 7) is None
    assert learned(5, 595, 5, 590) == 600


def test_a_longer_gap_makes_it_slower_and_a_shorter_one_not_faster() -> None:
    assert learned(300, 300, 900) == 900
    assert learned(300, 300, 120, 120) == 300


def test_each_session_has_its_own_and_a_new_one_begins_anew() -> None:
    rhythms = IntervalEstimator(TEN_HOURS)
    for moment in (NOON, NOON + 600, NOON + 1200):
        rhythms.record_update(b"phone", moment)
    assert rhythms.record_update(b"laptop", NOON + 1200) is None
    rhythms.forget(b"phone")
    assert rhythms.record_update(b"phone", NOON + 1800) is None


def test_what_is_not_heard_of_is_forgotten() -> None:
    rhythms = IntervalEstimator(TEN_HOURS)
    rhythms.record_update(b"phone", NOON)
    rhythms.record_update(b"laptop", NOON + TEN_HOURS)
    assert len(rhythms) == 1


def test_there_is_no_room_for_sessions_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interval_estimator, "MAX_SESSIONS", 2)
    rhythms = IntervalEstimator(TEN_HOURS)
    for number in range(4):
        rhythms.record_update(bytes((number,)), NOON)
    assert len(rhythms) == 2


@given(st.lists(st.floats(-600, 7200), max_size=20))
def test_whatever_the_gaps_it_is_none_or_one_that_was_seen(gaps: list[float]) -> None:
    found = learned(*gaps)
    assert found is None or found >= interval_estimator.MIN_GAP
