"""Each device has one vote a day on how much could be seen; shares are made of released figures."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.release.figures import Figure
from monitor.release.tables import V1, Cell
from monitor.release.visibility import (
    KINDS,
    MIN_DEVICE_DAYS,
    Visibility,
    estimate_visibility,
    split_vote,
)
from tests.cast import MONDAY

NOW = datetime(2026, 11, 30, 6, tzinfo=UTC)
SEEN = st.dictionaries(st.sampled_from([*KINDS]), st.integers(1, 100_000))


def figures(**device_days: int | None) -> list[Figure]:
    """Give what was drawn of a week, in device-days."""
    return [
        Figure(
            Cell(V1.name, MONDAY, evidence=kind), None if days is None else V1.points * days, NOW
        )
        for kind, days in device_days.items()
    ]


def seen(**device_days: int | None) -> Visibility:
    found = estimate_visibility(figures(**device_days))
    assert found is not None
    return found


def test_a_vote_is_split_over_what_a_device_did() -> None:
    assert split_vote({"sni": 3, "quic": 1}, 100) == {"sni": 75, "quic": 25}
    assert split_vote({"sni": 1, "quic": 1, "vpn": 1}, 100) == {"quic": 34, "sni": 33, "vpn": 33}
    assert split_vote({"sni": 1}, 100) == split_vote({"sni": 90_000}, 100) == {"sni": 100}


@given(SEEN, st.integers(1, 100))
def test_a_vote_is_worth_its_points_however_much_a_device_does(
    found: dict[str, int], points: int
) -> None:
    vote = split_vote(found, points)
    assert vote.total() == (points if found else 0)
    assert all(0 <= worth <= points for worth in vote.values())
    assert vote.keys() <= found.keys()


@given(SEEN)
def test_a_vote_does_not_depend_on_the_order_of_the_connections(found: dict[str, int]) -> None:
    assert split_vote(dict(reversed(found.items())), 100) == split_vote(found, 100)


def test_a_share_stands_in_the_middle_of_its_interval() -> None:
    found = seen(sni=4_000, quic=1_800, vpn=200)
    assert found.recognised.percent == 97
    assert found.shares["vpn"].percent == 3
    assert 0 < found.shares["vpn"].low < 3 < found.shares["vpn"].high


def test_the_interval_is_narrower_in_a_larger_school() -> None:
    small, large = (seen(sni=days, vpn=days // 14).recognised for days in (1_400, 14_000))
    assert large.high - large.low < (small.high - small.low) / 2


@pytest.mark.parametrize("drawn", [{"sni": MIN_DEVICE_DAYS - 1}, {"sni": None, "vpn": None}, {}])
def test_of_too_little_nothing_is_said(drawn: dict[str, int | None]) -> None:
    assert estimate_visibility(figures(**drawn)) is None


def test_nothing_is_said_of_shares_that_are_mostly_noise() -> None:
    barely = dict.fromkeys(KINDS, MIN_DEVICE_DAYS // len(KINDS) + 1)
    assert estimate_visibility(figures(**barely)) is None


def test_noise_below_zero_is_no_share_below_zero() -> None:
    share = seen(sni=6_000, vpn=-40).shares["vpn"]
    assert (share.percent, share.low) == (0, 0)


def test_weeks_are_added_up_before_shares_are_made() -> None:
    later = [
        Figure(Cell(V1.name, MONDAY + timedelta(weeks=1), evidence=kind), drawn, NOW)
        for kind, drawn in (("sni", 100_000), ("vpn", 100_000))
    ]
    both = estimate_visibility([*figures(sni=8_000, vpn=0), *later])
    assert both is not None
    assert both.recognised.percent == 90


def test_the_interval_holds_what_is_true() -> None:
    """As often as it says: in 95 of 100 draws, of a school of 1,500 pupils."""
    from monitor.release.noise import draw_figures

    exact = Counter(sni=4_400, quic=1_500, http=50, address=150, encrypted_hello=400, vpn=200)
    counts = [V1.points * exact[kind] for kind in KINDS]
    draws, held = 400, 0
    for _ in range(draws):
        drawn = zip(KINDS, draw_figures(V1, counts), strict=True)
        found = estimate_visibility(
            Figure(Cell(V1.name, MONDAY, evidence=kind), value, NOW) for kind, value in drawn
        )
        assert found is not None
        held += found.recognised.low <= 91 <= found.recognised.high
    assert held / draws > 0.92
