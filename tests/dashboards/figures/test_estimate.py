"""What figures say together, and when a difference is clear."""

import random
from collections.abc import Iterator
from itertools import batched
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.figures.estimate import (
    Estimate,
    EstimateDifference,
    compare,
    estimate,
    estimate_mean,
)
from dashboards.figures.row import FigureRow, figure_rows
from monitor.release.tables import TableName
from tests.dashboards.cast import WEEK, figure

NUMBERS = st.floats(-500, 500)
HALVES = st.floats(0.1, 200)


def row(
    drawn: int | None, table: TableName = TableName.WEEK_PLATFORMS, parts: int = 5
) -> FigureRow:
    return figure_rows([figure(table, WEEK, drawn, parts=parts, platform="x")])[0]


def drawn(
    true: int, weeks: int, pairs: int, seed: int
) -> Iterator[tuple[list[FigureRow], list[FigureRow]]]:
    """Draw a truth's weekly figures over and over, as pairs of periods of some weeks."""
    chance = random.Random(seed)

    def noise() -> float:
        return sum(chance.expovariate(1 / 16) - chance.expovariate(1 / 16) for _ in range(5))

    table = TableName.WEEK_PLATFORMS
    found = figure_rows(
        figure(table, WEEK, true + round(noise()), parts=5, platform="x")
        for _ in range(2 * weeks * pairs)
    )
    periods = list(batched(found, weeks))
    for now, before in batched(periods, 2):
        yield list(now), list(before)


@pytest.mark.parametrize("weeks", [1, 4, 12])
@pytest.mark.parametrize("true", [0, 12, 40, 150, 900])
def test_what_did_not_change_is_seldom_called_a_difference(true: int, weeks: int) -> None:
    """At most one pair in twenty: the rule's promise, for a figure, some weeks, and small ones."""
    pairs = drawn(true, weeks, 400, seed=true * 100 + weeks)
    found = [
        compare(estimate_mean(now, by_part=True), estimate_mean(then, by_part=True))
        for now, then in pairs
    ]
    clear = sum(difference.is_clear for difference in found if difference)
    assert len(found) == 400
    assert clear <= 0.05 * 400 + 3 * (400 * 0.05 * 0.95) ** 0.5


@pytest.mark.parametrize("true", [0, 12, 40, 150, 900])
def test_the_mean_of_weeks_holds_the_truth(true: int) -> None:
    """Also where weeks are below 20: such a week says the same every time, and nothing is won."""
    held = 0
    for now, _ in drawn(true, 8, 400, seed=true):
        found = estimate_mean(now)
        assert found is not None
        held += abs(found.value - true) <= found.half_width
    assert held >= 0.93 * 400


def test_what_halved_is_called_a_difference() -> None:
    clear = compare(Estimate(400, 60), Estimate(800, 60))
    assert clear is not None
    assert clear.is_clear
    assert clear.value == -400


@given(NUMBERS, HALVES, NUMBERS, HALVES)
def test_the_rule_is_the_same_both_ways(a: float, half: float, b: float, other: float) -> None:
    there = compare(Estimate(a, half), Estimate(b, other))
    back = compare(Estimate(b, other), Estimate(a, half))
    assert there is not None
    assert back is not None
    assert there.is_clear == back.is_clear == (abs(a - b) > hypot(half, other))


@given(NUMBERS, HALVES)
def test_nothing_differs_from_itself(value: float, half: float) -> None:
    found = compare(Estimate(value, half), Estimate(value, half))
    assert found == EstimateDifference(0, hypot(half, half))
    assert not found.is_clear


@given(st.integers(-200, 5_000), st.integers(1, 60))
def test_a_figure_says_at_least_what_its_interval_does(drawn: int, parts: int) -> None:
    one = row(drawn, parts=parts)
    said = estimate(one)
    assert said is not None
    assert one.low is not None
    assert one.high is not None
    assert said.value + said.half_width >= one.high - 5
    assert said.value - said.half_width <= one.low + 5


def test_no_figure_says_nothing_and_is_left_out() -> None:
    assert estimate(row(None)) is None
    assert estimate_mean([row(None)]) is None
    assert estimate_mean([row(None), row(100)]) == estimate_mean([row(100)])
    assert compare(None, Estimate(1, 1)) is None


def test_a_total_is_spread_over_the_parts_that_have_a_figure() -> None:
    whole = figure(TableName.WEEK, WEEK, 400, parts=4, missing=1)
    found = estimate_mean(figure_rows([whole]), by_part=True)
    assert found is not None
    assert found.value == 100
