"""Someone who knows what all other devices did cannot tell whether one device was there.

The strongest test there is, the likelihood ratio, is run on real draws of a day's tables, with and
without the device that adds the most it can. Its advantage (true positives less false positives)
is at most tanh(ε/2) for whatever anybody does with what was released.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import tanh

import pytest

from monitor.release.noise import draw_figures
from monitor.release.tables import DRAWN, EPSILON_A_DAY, TableSpec

DAYS = 4_000
OTHERS = 80
"""In each cell; what it is does not matter to the attacker, who knows it."""
OFTEN = 0.17
"""Measured was 0.11 for the heaviest device, and four standard errors of this many days."""


def log_likelihood_ratio(table: TableSpec, drawn: Sequence[int]) -> float:
    """How much likelier the drawn cells are with the device in them than without."""
    without, within = OTHERS, OTHERS + table.points
    return sum(abs(figure - without) - abs(figure - within) for figure in drawn) / table.scale


def days(tables: Sequence[TableSpec], devices: int) -> list[float]:
    """Give the attacker's evidence for some days in which it is there, or is not."""
    evidence = [0.0] * DAYS
    for table in tables:
        changed = table.cap // table.points
        drawn = draw_figures(table, [OTHERS + devices * table.points] * (changed * DAYS))
        for day in range(DAYS):
            cells = drawn[day * changed : (day + 1) * changed]
            evidence[day] += log_likelihood_ratio(table, cells)
    return evidence


def advantage(tables: Sequence[TableSpec]) -> float:
    present = sum(evidence > 0 for evidence in days(tables, 1)) / DAYS
    absent = sum(evidence > 0 for evidence in days(tables, 0)) / DAYS
    return present - absent


def test_the_heaviest_device_of_a_day_cannot_be_told() -> None:
    assert advantage(DRAWN) < OFTEN < tanh(EPSILON_A_DAY / 2)


def test_the_attack_works_where_there_is_little_noise() -> None:
    little = [
        replace(table, epsilon=table.cap / table.points, scale=float(table.points))
        for table in DRAWN
    ]
    assert advantage(little) > tanh(EPSILON_A_DAY / 2)


@pytest.mark.parametrize("table", DRAWN, ids=lambda table: table.name)
def test_no_table_alone_tells_more_than_its_share(table: TableSpec) -> None:
    assert advantage([table]) < tanh(table.epsilon / 2) + 0.05
