"""The noise is the distribution that the guarantee is computed for."""

from collections import Counter
from dataclasses import replace
from math import exp, sqrt

import pytest

from monitor.release.figures import Figure
from monitor.release.noise import draw_figures
from monitor.release.tables import DRAWN, R1, R3, Cell, TableSpec
from tests.cast import MONDAY
from tests.monitor.release.test_figures import NOW

DRAWS = 20_000
WIDEST_ALONE = 100
"""A scale from which neighbours are taken together."""
STRAYS = 3.3
"""Standard deviations: a right sampler strays further in one run in a thousand."""


def probability(noise: int, scale: float) -> float:
    """Of the discrete Laplace distribution (Ghosh, Roughgarden, Sundararajan 2009)."""
    p = exp(-1 / scale)
    return (1 - p) / (1 + p) * p ** abs(noise)


@pytest.mark.parametrize("table", DRAWN, ids=lambda table: table.name)
def test_the_sampler_follows_the_exact_distribution(table: TableSpec) -> None:
    """A right sampler fails twice in a row once in a million times; a wrong one always does."""
    assert strays(table) < STRAYS or strays(table) < STRAYS


def strays(table: TableSpec, drawn_from: TableSpec | None = None) -> float:
    """Give Pearson's chi-squared, in standard deviations from what a right sampler gives.

    Over the noise that is expected at least ten times, and the rest together. Where there is so
    much noise that hardly any is drawn twice, neighbours are taken together.
    """
    width = 1 + round(table.scale) // WIDEST_ALONE
    drawn = Counter(noise // width for noise in draw_figures(drawn_from or table, [0] * DRAWS))

    def likelihood(number: int) -> float:
        together = range(number * width, (number + 1) * width)
        return DRAWS * sum(probability(noise, table.scale) for noise in together)

    common = [number for number in range(-500, 501) if likelihood(number) >= 10]
    expected = [likelihood(number) for number in common]
    squared = sum((drawn[k] - e) ** 2 / e for k, e in zip(common, expected, strict=True))
    rest, rest_expected = DRAWS - sum(drawn[k] for k in common), DRAWS - sum(expected)
    squared += (rest - rest_expected) ** 2 / rest_expected
    freedom = len(common)
    return (squared - freedom) / sqrt(2 * freedom)


def test_another_scale_is_found() -> None:
    """The noise of R1 is not taken for that of R3."""
    assert strays(replace(R1, scale=R3.scale), drawn_from=R1) > STRAYS


@pytest.mark.parametrize("table", DRAWN, ids=lambda table: table.name)
def test_the_interval_holds_the_exact_count_in_95_percent(table: TableSpec) -> None:
    exact = 500
    inside = 0
    for drawn in draw_figures(table, [exact * table.points] * 5_000):
        shown = Figure(Cell(table.name, MONDAY), drawn, NOW).shown
        assert shown is not None
        inside += shown.holds(exact)
    assert inside / 5_000 >= 0.93
