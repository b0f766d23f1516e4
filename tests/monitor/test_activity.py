"""What makes a device active, and what does not."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.activity import BYTES, HALF_MINUTES, KEEP_ALIVE_BYTES, SPREAD, Use


def used(*sightings: tuple[float, int, bool]) -> Use:
    use = Use("")
    for moment, carried, opens in sightings:
        use.see(moment, carried, opens=opens)
    return use


def test_a_single_contact_is_not_use() -> None:
    assert not used((0, 5_000, True)).is_active


def test_contacts_spread_over_two_minutes_are_use() -> None:
    assert used((0, 900, True), (60, 900, True), (120, 900, True)).is_active


def test_a_burst_of_contacts_is_not_use() -> None:
    """An app that wakes up opens many connections within seconds."""
    assert not used(*((second, 900, True) for second in range(20))).is_active


def test_two_polls_far_apart_are_not_use() -> None:
    """Each is seen twice: as its connection opens, and as it closes with a handshake's bytes."""
    polls = [(0, 900, True), (2, 6_000, False), (1_500, 900, True), (1_502, 6_000, False)]
    assert not used(*polls).is_active


def test_many_bytes_are_use_at_once() -> None:
    assert used((0, BYTES + 1, True)).is_active
    assert not used((0, BYTES, True)).is_active


def test_a_connection_in_use_is_seen_again_and_again() -> None:
    assert used((0, 900, True), (60, 5_000, False), (120, 5_000, False)).is_active


def test_keep_alives_of_an_idle_connection_are_not_use() -> None:
    idle = [(30.0 * n, KEEP_ALIVE_BYTES - 1, False) for n in range(1, 60)]
    assert not used((0, 900, True), *idle).is_active


@given(
    st.lists(
        st.tuples(st.floats(0, 3_000), st.integers(0, 2 * BYTES // HALF_MINUTES), st.booleans()),
        min_size=1,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_sightings_does_not_matter(
    sightings: list[tuple[float, int, bool]], random: Random
) -> None:
    shuffled = random.sample(sightings, len(sightings))
    assert used(*sightings).is_active == used(*shuffled).is_active


@pytest.mark.parametrize("spread", [SPREAD - 1, SPREAD])
def test_the_spread_counts_from_the_first_to_the_last(spread: float) -> None:
    seen = used((spread, 900, True), (0, 900, True), (spread / 2, 900, True))
    assert seen.is_active == (spread >= SPREAD)
