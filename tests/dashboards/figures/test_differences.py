"""When a week differs clearly from the weeks before."""

import random
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.figures.differences import MIN_WEEKS, WeekDifference, compare_weeks

SEED = 20261201
NOISE = 55.0
PLATFORMS = [1600.0, 1400.0, 1300.0, 1100.0, 600.0, 500.0, 600.0, 400.0, 700.0]
HISTORIES = st.lists(st.lists(st.floats(0, 1000), min_size=3, max_size=3), max_size=20)


def week(chance: random.Random, figures: list[float], change: float = 1) -> list[float]:
    level = change * chance.gauss(1, 0.05)
    return [figure * level * chance.gauss(1, 0.03) + chance.gauss(0, NOISE) for figure in figures]


def call_share(figures: list[float], change: float = 1) -> float:
    """Give how often any of a week's figures is called different from twelve weeks before it."""
    chance = random.Random(SEED)
    calls = []
    for _ in range(600):
        before = [week(chance, figures) for _ in range(12)]
        differences = compare_weeks(week(chance, figures, change), before, [NOISE] * len(figures))
        assert differences
        calls.append(any(difference.is_clear for difference in differences))
    return fmean(calls)


@pytest.mark.parametrize("count", [1, 9])
def test_a_week_like_the_others_is_seldom_called_different(count: int) -> None:
    assert call_share(PLATFORMS[:count]) <= 0.05


def test_a_week_with_a_third_less_is_mostly_called_different() -> None:
    assert call_share(PLATFORMS[:1], change=0.67) > 0.8


def test_with_too_few_weeks_nothing_is_said() -> None:
    assert compare_weeks([100], [[100]] * (MIN_WEEKS - 1), [NOISE]) is None


def test_the_more_are_looked_at_the_more_unlike_each_has_to_be() -> None:
    before = [[1000.0 + number, 1000.0 - number] for number in range(12)]
    alone = compare_weeks([1000], [figures[:1] for figures in before], [NOISE])
    together = compare_weeks([1000, 1000], before, [NOISE, NOISE])
    assert alone
    assert together
    assert together[0].half_width > alone[0].half_width


def test_a_difference_is_clear_beyond_its_half_width() -> None:
    assert WeekDifference(-11, 10).is_clear
    assert not WeekDifference(-10, 10).is_clear


@given(HISTORIES, st.lists(st.floats(0, 1000), min_size=3, max_size=3))
def test_noise_alone_is_never_clear_at_twice_its_deviation(
    before: list[list[float]], now: list[float]
) -> None:
    for difference in compare_weeks(now, before, [NOISE] * 3) or []:
        assert difference.half_width > 2 * NOISE
