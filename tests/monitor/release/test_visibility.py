"""What is kept of the connections of a day: shares in whole percents, and nothing finer."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import store
from monitor.core import Core
from monitor.evidence import Evidence, HidingMethod
from monitor.health import Health
from monitor.release.visibility import MIN_CONNECTIONS, Visibility, combine_days, visibility_of_day
from tests.cast import MONDAY, at, school_snapshot, sighting

COUNTS = st.dictionaries(st.sampled_from([each.value for each in Evidence]), st.integers(0, 10**7))


def day(connections: int = 1_000, sni: int = 80, hidden: int = 10) -> Visibility:
    return Visibility(connections, {"sni": sni}, {"vpn": hidden}, hidden)


def test_a_day_in_whole_percents_and_two_digits() -> None:
    seen = visibility_of_day(
        {Evidence.SNI: 9_137, Evidence.HIDDEN: 1_001}, {HidingMethod.NAMELESS: 1_001}
    )
    assert seen == Visibility(10_000, {"sni": 90, "hidden": 10}, {"nameless": 10}, 10)


def test_of_a_day_with_few_connections_nothing_is_known() -> None:
    assert visibility_of_day({Evidence.SNI: MIN_CONNECTIONS - 1}, {}) is None
    assert visibility_of_day({Evidence.SNI: MIN_CONNECTIONS}, {}) is not None


@given(COUNTS)
def test_one_connection_more_changes_a_share_by_a_percent_at_most(
    counts: dict[str, int],
) -> None:
    """So what is kept says nothing of one connection: a percent is ten of them at least."""
    before = visibility_of_day(counts, {})
    after = visibility_of_day({**counts, "sni": counts.get("sni", 0) + 1}, {})
    if before is None or after is None:
        return
    for name, share in before.shares.items():
        assert abs(after.shares[name] - share) <= 1


def test_days_weigh_as_much_as_their_connections() -> None:
    assert combine_days([day(1_000, 80, 10), day(3_000, 60, 30)]) == day(4_000, 65, 25)


@given(st.integers(1_000, 10**7), st.integers(0, 100), st.integers(0, 100), st.integers(1, 5))
def test_equal_days_together_are_as_one_of_them(
    connections: int, sni: int, hidden: int, number: int
) -> None:
    together = combine_days([day(connections, sni, hidden)] * number)
    assert together is not None
    assert (together.shares, together.hidden) == ({"sni": sni}, hidden)


def test_no_days_are_nothing() -> None:
    assert combine_days([]) is None


def test_the_core_gives_it_with_the_day_and_begins_anew_at_midnight() -> None:
    core, now, closed = Core(school_snapshot(), Health(), at(7, 30)), at(7, 30), []
    for number in range(2_000):
        core.receive_sighting(
            sighting(at(8, 40), evidence=Evidence.QUIC if number % 4 else Evidence.SNI)
        )
    while now < at(23, 59) + 120:
        now += 60
        closed += core.tick(now)
    [seen] = [one.visibility for one in closed if one.visibility]
    assert (seen.connections, seen.shares["quic"], seen.shares["sni"]) == (2_000, 75, 25)
    assert core.health.visibility_of_today() is None


@pytest.mark.django_db
@pytest.mark.store
def test_it_is_kept_with_the_release_of_its_day() -> None:
    store.record_release("R3/1", MONDAY, [], day(1_000, 80, 10))
    store.record_release("R3/2", MONDAY + timedelta(days=1), [], day(1_000, 60, 30))
    store.record_release("R3/3", MONDAY + timedelta(days=2), [])
    friday = MONDAY + timedelta(days=4)
    assert store.load_visibility(MONDAY, friday) == day(2_000, 70, 20)
    assert store.load_visibility(MONDAY, MONDAY) == day(1_000, 80, 10)
    assert store.load_visibility(friday, friday) is None


@pytest.mark.django_db
@pytest.mark.store
def test_it_is_deleted_like_weekly_figures() -> None:
    store.record_release("R3/1", MONDAY, [], day())
    assert store.count_visibility_before(MONDAY + timedelta(days=1)) == 1
    assert store.delete_visibility_before(MONDAY) == 0
    assert store.delete_visibility_before(MONDAY + timedelta(days=1)) == 1
    assert store.load_visibility(MONDAY, MONDAY) is None
