"""Was one device there? Asked by somebody who knows what all others did.

The likelihood ratio of two exact counts, of a world with the device and one without it, is the
strongest test there is. It is run on real draws of the tables, so what it gains is what the noise
as it is drawn lets through, and not what a formula says of it.
"""

from collections.abc import Iterable, Sequence
from math import sqrt, tanh
from typing import NamedTuple

from monitor.release.noise import draw_figures
from monitor.release.tables import SCHOOL_DAYS, TableSpec

MAX_DRAWS = 150_000
"""Of all trials together, in each of the two worlds; but at least so many trials are made:"""
MIN_TRIALS, MAX_TRIALS = 400, 10_000
STRAY = 4.0
"""Standard deviations by which a gain that was measured strays from the true one, at most."""
OTHERS = 80
"""In each cell; what it is does not matter to the attacker, who knows it."""


class Change(NamedTuple):
    """What the presence of somebody changes in a table."""

    table: TableSpec
    cells: int
    """How many cells it changes."""
    amount: int
    """By how much, each."""


class MeasuredGain(NamedTuple):
    """By how much somebody did better than a guess: true positives less false ones."""

    share: float
    stray: float
    """How far it is from the true one, at most."""

    def is_within(self, most: float) -> bool:
        """Whether the true one can be no more than this."""
        return self.share - self.stray <= most


def heaviest_changes(tables: Iterable[TableSpec]) -> list[Change]:
    """Return the most that one device can change in each table on one day."""
    return [
        Change(table, table.cap // table.points, table.points * table.units)
        if table.dimensions
        else Change(table, 1, table.sensitivity)
        for table in tables
    ]


def largest_gain(epsilon: float, days: int) -> float:
    """Return the most that anybody can gain of one device in some days."""
    return tanh(days * epsilon / 2)


def measure_gain_of_days(tables: Sequence[TableSpec], days: int) -> MeasuredGain:
    """Measure what is gained of the heaviest device by whoever keeps the figures of some days.

    A weekly table is drawn once for all days of its week, so they add up under one noise.
    """
    weeks, in_week = -(-days // SCHOOL_DAYS), min(days, SCHOOL_DAYS)
    heaviest = heaviest_changes(tables)
    daily = [change for change in heaviest if not change.table.is_weekly]
    weekly = [
        change._replace(amount=change.amount * in_week)
        for change in heaviest
        if change.table.is_weekly
    ]
    return measure_gain([*repeat(daily, days), *repeat(weekly, weeks)])


def repeat(changes: Iterable[Change], times: int) -> list[Change]:
    """Return the changes of several releases of the same tables."""
    return [change._replace(cells=change.cells * times) for change in changes]


def measure_gain(changes: Sequence[Change]) -> MeasuredGain:
    """Measure what is gained by whoever adds up the evidence of all cells that are changed."""
    draws = max(1, sum(change.cells for change in changes))
    trials = min(MAX_TRIALS, max(MIN_TRIALS, MAX_DRAWS // draws))
    rates = [
        sum(evidence > 0 for evidence in draw_evidence(changes, trials, is_present=is_present))
        / trials
        for is_present in (True, False)
    ]
    # As if there had been two more of each kind: of few trials none is certain (Agresti, Coull).
    likely = [(rate * trials + 2) / (trials + 4) for rate in rates]
    stray = STRAY * sqrt(sum(rate * (1 - rate) for rate in likely) / (trials + 4))
    return MeasuredGain(rates[0] - rates[1], stray)


def draw_evidence(changes: Iterable[Change], trials: int, *, is_present: bool) -> list[float]:
    """Draw the changed cells, and say how much the figures of each trial tell for the presence."""
    evidence = [0.0] * trials
    for table, cells, amount in changes:
        with_amount = OTHERS + amount
        exact = [with_amount if is_present else OTHERS] * (cells * trials)
        for number, figure in enumerate(draw_figures(table, exact)):
            told = abs(figure - OTHERS) - abs(figure - with_amount)
            evidence[number // cells] += told / table.scale
    return evidence
