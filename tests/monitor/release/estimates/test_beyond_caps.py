"""What caps cut away, from how many devices went beyond them."""

from itertools import combinations
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.release.estimates.beyond_caps import (
    NOTHING_BEYOND,
    UNEVENNESS,
    ShareBeyond,
    WeekBeyond,
    add_up_beyond,
    estimate_share,
    weigh_hour,
    weigh_total,
)

DAYS = st.integers(1, 10).flatmap(lambda hours: st.tuples(st.just(hours), st.integers(1, hours)))
SHARES = st.builds(ShareBeyond, st.floats(0, 1), st.floats(0, 0.2))
FIGURES = st.floats(-100, 1000)
WIDTHS = st.floats(0, 100)
WEEKS = st.lists(
    st.builds(WeekBeyond, st.floats(-200, 1000), st.floats(500, 5000), st.floats(500, 5000)),
    min_size=1,
    max_size=20,
)


@given(DAYS)
def test_an_hour_weighs_what_is_cut_away_over_all_days_a_device_can_have(
    day: tuple[int, int],
) -> None:
    hours, cap = day
    for hour in range(1, hours + 1):
        for beyond, weight in enumerate(weigh_hour(hour, hours=hours, cap=cap), 1):
            ways = list(combinations(range(1, hours + 1), cap + beyond))
            cut = sum(hour in way[cap:] for way in ways)
            assert weight == pytest.approx(cut / len(ways))


@given(DAYS)
def test_the_hours_of_a_day_add_up_to_what_is_cut_away_of_it(day: tuple[int, int]) -> None:
    hours, cap = day
    of_hours = [weigh_hour(hour, hours=hours, cap=cap) for hour in range(1, hours + 1)]
    total = [sum(weights) for weights in zip(*of_hours, strict=True)]
    assert total == pytest.approx(weigh_total(hours=hours, cap=cap))


def test_nothing_is_cut_away_before_a_cap_can_be_full() -> None:
    assert weigh_hour(6, hours=9, cap=6) == [0, 0, 0]
    assert weigh_hour(9, hours=9, cap=6) == pytest.approx([7 / 9, 8 / 9, 1])


def test_a_histogram_adds_up_to_the_hours_that_were_cut_away() -> None:
    assert add_up_beyond([50, 20, 10], weigh_total(hours=9, cap=6)) == 50 + 2 * 20 + 3 * 10


def test_without_a_released_week_nothing_is_added() -> None:
    assert estimate_share([], 100) == NOTHING_BEYOND


def test_one_week_says_its_share_and_how_noisy_that_is() -> None:
    share = estimate_share([WeekBeyond(200, 2000, 1500)], 100)
    assert (share.value, share.deviation) == pytest.approx((0.1, 0.05))


def test_more_weeks_make_it_surer() -> None:
    week = WeekBeyond(200, 2000, 1500)
    one, many = (estimate_share([week] * number, 100) for number in (1, 30))
    assert many.value == pytest.approx(one.value)
    assert many.deviation < one.deviation / sqrt(10)


def test_where_use_falls_less_is_cut_away() -> None:
    week = WeekBeyond(200, 2000, 1500)
    assert estimate_share([week], 100, use=0.7 * 1500).value == pytest.approx(0.1 * 0.7**2)


def test_where_use_is_not_known_the_interval_is_wider() -> None:
    week = WeekBeyond(200, 2000, 1500)
    assert estimate_share([week], 100).unevenness > UNEVENNESS
    assert estimate_share([week], 100, use=1500).unevenness == UNEVENNESS


@given(WEEKS, st.none() | st.floats(0, 10_000))
def test_a_share_is_never_below_nothing(weeks: list[WeekBeyond], use: float | None) -> None:
    share = estimate_share(weeks, 100, use)
    assert share.value >= 0
    assert share.deviation > 0


@given(SHARES, FIGURES, WIDTHS)
def test_an_interval_is_as_wide_as_the_noise_at_least(
    share: ShareBeyond, drawn: float, width: float
) -> None:
    low, high = share.widen(drawn, width)
    assert 0 <= low <= high
    assert high >= max(0, drawn + width) - 1e-9


@given(FIGURES, WIDTHS)
def test_an_interval_of_what_no_cap_cuts_is_that_of_its_noise(drawn: float, width: float) -> None:
    assert NOTHING_BEYOND.widen(drawn, width) == pytest.approx(
        (max(0, drawn - width), max(0, drawn + width))
    )
