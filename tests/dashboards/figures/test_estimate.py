"""What figures say together, and when a difference is clear."""

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import batched

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from dashboards.figures.estimate import Estimate, estimate, estimate_mean, is_clearly_less
from dashboards.figures.row import FigureRow, figure_rows
from monitor.release.figures import CountInterval, half_width
from monitor.release.tables import TableName
from tests.dashboards.cast import WEEK, figure


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


@pytest.mark.parametrize("true", [0, 12, 40, 150, 900])
def test_the_mean_of_weeks_holds_the_truth(true: int) -> None:
    """Also where weeks are below 20: such a week says the same every time, and nothing is won."""
    held = 0
    for now, _ in drawn(true, 8, 400, seed=true):
        found = estimate_mean(now)
        assert found is not None
        held += found.high is not None and found.low <= true <= found.high
    assert held >= 0.93 * 400


def test_the_share_that_caps_cut_away_does_not_shrink_with_the_number_of_weeks() -> None:
    """It may be wrong on the same side every week; the noise is not."""
    weekly = figure(TableName.WEEK_PLATFORMS, WEEK, 400, parts=5, platform="x")
    wider = replace(weekly, interval=CountInterval(270, 630))
    noise, cut = estimate_mean(figure_rows([weekly] * 16)), estimate_mean(figure_rows([wider] * 16))
    assert noise is not None
    assert cut is not None
    assert (noise.value, cut.value) == (400, 400)
    assert noise.high is not None
    assert cut.high is not None
    assert cut.high - noise.high == pytest.approx(630 - 400 - half_width(weekly.noise_scale, 5), 5)


def test_where_one_week_says_at_least_the_mean_does() -> None:
    weekly = figure(TableName.WEEK_PLATFORMS, WEEK, 400, parts=5, platform="x")
    at_least = replace(weekly, interval=CountInterval(270, None))
    mean = estimate_mean(figure_rows([weekly, at_least]))
    assert mean is not None
    assert mean.high is None
    with override("nl"):
        assert mean.format_interval() == f"ten minste {mean.low}"


def test_what_is_less_by_more_than_both_noises_is_clearly_less() -> None:
    assert is_clearly_less(Estimate(400, 60), Estimate(800, 60))
    assert not is_clearly_less(Estimate(720, 60), Estimate(800, 60))


@given(st.integers(-200, 5_000), st.integers(1, 60))
def test_a_figure_says_at_least_what_its_interval_does(drawn: int, parts: int) -> None:
    one = row(drawn, parts=parts)
    said = estimate(one)
    assert said is not None
    assert one.low is not None
    assert one.high is not None
    assert said.high is not None
    assert said.high >= one.high
    assert said.low <= one.low


def test_no_figure_says_nothing_and_is_left_out() -> None:
    assert estimate(row(None)) is None
    assert estimate_mean([row(None)]) is None
    assert estimate_mean([row(None), row(100)]) == estimate_mean([row(100)])


def test_a_total_is_spread_over_the_parts_that_have_a_figure() -> None:
    whole = figure(TableName.WEEK, WEEK, 400, parts=4, missing=1)
    found = estimate_mean(figure_rows([whole]), by_part=True)
    assert found is not None
    assert found.value == 100
