"""Whether use grows or shrinks over months and years."""

import random
from math import pi, sin
from statistics import fmean

import pytest

from dashboards.figures.trend import MIN_WEEKS_OF_TREND, Trend, estimate_trend

SEED = 20261201
NOISE = 200.0
WEEKS = [week for week in range(3 * 52) if week % 52 < 42]


def figures(chance: random.Random, slope: float = 0, wandering: float = 0) -> list[float]:
    """Give three years of a figure with seasons, of which the level may wander."""
    wandered, levels = 0.0, {}
    for week in range(WEEKS[-1] + 1):
        wandered += chance.gauss(0, wandering)
        levels[week] = 1 + slope * week / 52.18 + wandered + 0.06 * sin(2 * pi * week / 52.18)
    return [8000 * levels[week] * chance.gauss(1, 0.05) + chance.gauss(0, NOISE) for week in WEEKS]


def trends(slope: float, wandering: float = 0) -> list[Trend]:
    chance = random.Random(SEED)
    estimated = (estimate_trend(WEEKS, figures(chance, slope, wandering), NOISE) for _ in range(20))
    return [trend for trend in estimated if trend]


@pytest.mark.parametrize("wandering", [0, 0.005])
def test_no_trend_is_seldom_called_one(wandering: float) -> None:
    assert sum(trend.is_clear for trend in trends(0, wandering)) <= 1


def test_a_tenth_less_a_year_is_seen_after_three() -> None:
    found = trends(-0.1)
    assert all(trend.is_clear for trend in found)
    assert fmean(trend.a_year for trend in found) == pytest.approx(-0.1 / 0.86, abs=0.02)


def test_the_more_a_level_wanders_the_less_sure_is_its_trend() -> None:
    still, wandering = (
        fmean(trend.half_width for trend in trends(0, wandering)) for wandering in (0, 0.02)
    )
    assert wandering > 2 * still


def test_of_few_weeks_nothing_is_said() -> None:
    few = MIN_WEEKS_OF_TREND - 1
    assert estimate_trend(WEEKS[:few], [100.0] * few, NOISE) is None


def test_of_no_use_nothing_is_said() -> None:
    assert estimate_trend(WEEKS, [0.0] * len(WEEKS), NOISE) is None
