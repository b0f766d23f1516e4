"""What figures say together, and when a difference is clear."""

import random
from collections.abc import Iterator
from itertools import batched
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.figures.estimate import Difference, Estimate, difference, estimate, mean
from dashboards.figures.frame import frame
from dashboards.figures.row import Line, lines
from monitor.release.tables import TableName
from tests.dashboards.cast import WEEK, figure

NUMBERS = st.floats(-500, 500)
HALVES = st.floats(0.1, 200)


def line(drawn: int | None, table: TableName = TableName.WEEK_PLATFORMS, parts: int = 5) -> Line:
    return lines(frame([figure(table, WEEK, drawn, parts=parts, platform="x")]))[0]


def drawn(true: int, weeks: int, pairs: int, seed: int) -> Iterator[tuple[list[Line], list[Line]]]:
    """Draw a truth's weekly figures over and over, as pairs of periods of some weeks."""
    chance = random.Random(seed)

    def noise() -> float:
        return sum(chance.expovariate(1 / 16) - chance.expovariate(1 / 16) for _ in range(5))

    table = TableName.WEEK_PLATFORMS
    found = lines(
        frame(
            figure(table, WEEK, true + round(noise()), parts=5, platform="x")
            for _ in range(2 * weeks * pairs)
        )
    )
    periods = list(batched(found, weeks))
    for now, before in batched(periods, 2):
        yield list(now), list(before)


@pytest.mark.parametrize("weeks", [1, 4, 12])
@pytest.mark.parametrize("true", [0, 12, 40, 150, 900])
def test_what_did_not_change_is_seldom_called_a_difference(true: int, weeks: int) -> None:
    """At most one pair in twenty: the rule's promise, for a figure, some weeks, and small ones."""
    pairs = drawn(true, weeks, 400, seed=true * 100 + weeks)
    found = [difference(mean(now, by_part=True), mean(then, by_part=True)) for now, then in pairs]
    clear = sum(one.is_clear for one in found if one)
    assert len(found) == 400
    assert clear <= 0.05 * 400 + 3 * (400 * 0.05 * 0.95) ** 0.5


@pytest.mark.parametrize("true", [0, 12, 40, 150, 900])
def test_the_mean_of_weeks_holds_the_truth(true: int) -> None:
    """Also where weeks are below 20: such a week says the same every time, and nothing is won."""
    held = 0
    for now, _ in drawn(true, 8, 400, seed=true):
        found = mean(now)
        assert found is not None
        held += abs(found.value - true) <= found.half
    assert held >= 0.93 * 400


def test_what_halved_is_called_a_difference() -> None:
    clear = difference(Estimate(400, 60), Estimate(800, 60))
    assert clear is not None
    assert clear.is_clear
    assert clear.value == -400


@given(NUMBERS, HALVES, NUMBERS, HALVES)
def test_the_rule_is_the_same_both_ways(a: float, half: float, b: float, other: float) -> None:
    there = difference(Estimate(a, half), Estimate(b, other))
    back = difference(Estimate(b, other), Estimate(a, half))
    assert there is not None
    assert back is not None
    assert there.is_clear == back.is_clear == (abs(a - b) > hypot(half, other))


@given(NUMBERS, HALVES)
def test_nothing_differs_from_itself(value: float, half: float) -> None:
    found = difference(Estimate(value, half), Estimate(value, half))
    assert found == Difference(0, hypot(half, half))
    assert not found.is_clear


@given(st.integers(-200, 5_000), st.integers(1, 60))
def test_a_figure_says_at_least_what_its_interval_does(drawn: int, parts: int) -> None:
    one = line(drawn, parts=parts)
    said = estimate(one)
    assert said is not None
    assert one.low is not None
    assert one.high is not None
    assert said.value + said.half >= one.high - 5
    assert said.value - said.half <= one.low + 5


def test_no_figure_says_nothing_and_is_left_out() -> None:
    assert estimate(line(None)) is None
    assert mean([line(None)]) is None
    assert mean([line(None), line(100)]) == mean([line(100)])
    assert difference(None, Estimate(1, 1)) is None


def test_a_total_is_spread_over_the_parts_that_have_a_figure() -> None:
    whole = figure(TableName.WEEK, WEEK, 400, parts=4, missing=1)
    found = mean(lines(frame([whole])), by_part=True)
    assert found is not None
    assert found.value == 100
