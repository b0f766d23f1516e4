"""A released figure, and how it is shown: the same everywhere.

A figure is kept as it was drawn, noise included. What is shown is made from it: rounded to 5,
clipped at 0, `<20` below 20, with the interval that holds the true count in 95 % of cases. Beside
it may stand an estimate from the school's own history, which never replaces it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil, exp, log, sqrt

from monitor.release.tables import TABLES, Cell, TableName

ROUNDING_STEP = 5
MIN_SHOWN = 20
CONFIDENCE = 95
"""Percent of intervals that hold the exact count."""
NORMAL_95 = 1.959964
"""The normal distribution's 97.5 % point."""

SCALES: Mapping[TableName, float] = {name: table.scale for name, table in TABLES.items()}
"""The declared scale of the noise in each part of a figure; a week's total is a sum of parts."""


@dataclass(frozen=True, slots=True)
class CountInterval:
    """What holds a true count in 95 % of cases, whatever caps cut away."""

    low: int
    high: int | None
    """None: it may be more, and how much more is not known."""


@dataclass(frozen=True, slots=True)
class CountEstimate:
    """What the history of a school makes of a figure, with an interval of its own."""

    value: int
    interval: CountInterval


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure as people see it."""

    value: int | None
    """None below `MIN_SHOWN`."""
    low: int
    high: int | None
    """None: at least so many."""

    @property
    def text(self) -> str:
        """The figure as it is written in a table: `85`, or `<20`."""
        return f"<{MIN_SHOWN}" if self.value is None else str(self.value)

    def holds(self, count: int) -> bool:
        """Say whether a count is in the interval."""
        return self.low <= count and (self.high is None or count <= self.high)


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell's figure: released once, never changed."""

    cell: Cell
    drawn: int | None
    """None: 'geen cijfer', because what it counts was not seen whole."""
    released_at: datetime
    parts: int = 1
    """How many draws it is the sum of."""
    missing: int = 0
    """How many parts had no figure and are not in the sum; of a table that is drawn by the week,
    how many days are not in it."""
    is_public: bool = True
    """False for the daily figures of a school that publishes by the week only."""
    scale: float | None = None
    """Of the noise in each part, where it is not the one that its table declares."""
    interval: CountInterval | None = None
    """Of the true count, as it was worked out at the release; None: only the noise is known."""
    estimate: CountEstimate | None = None
    """None: the cell has no history."""

    @property
    def noise_scale(self) -> float:
        """The scale of the noise in each part."""
        return SCALES[self.cell.table] if self.scale is None else self.scale

    @property
    def shown(self) -> ShownFigure | None:
        """The figure as people see it; None is 'geen cijfer'."""
        if self.drawn is None:
            return None
        width = half_width(self.noise_scale, self.parts)
        of_noise = CountInterval(self.drawn - width, self.drawn + width)
        return self._round(self.drawn, self.interval or of_noise)

    @property
    def shown_estimate(self) -> ShownFigure | None:
        """The estimate as people see it; None: there is none."""
        if self.estimate is None:
            return None
        return self._round(self.estimate.value, self.estimate.interval)

    def _round(self, value: int, interval: CountInterval) -> ShownFigure:
        step = ROUNDING_STEP * TABLES[self.cell.table].points
        rounded = max(0, ROUNDING_STEP * ((value + step // 2) // step))
        low = max(0, ROUNDING_STEP * (interval.low // step))
        if interval.high is None:
            high = None
        else:
            high = max(ROUNDING_STEP, ROUNDING_STEP * -(-interval.high // step))
        return ShownFigure(None if rounded < MIN_SHOWN else rounded, low, high)


def half_width(scale: float, parts: int = 1) -> int:
    """Return the half width of a 95 % interval around a sum of discrete Laplace draws.

    For one draw it is exact: with p = exp(-1/scale), P(|noise| > k) = 2 p^(k+1) / (1 + p). For a
    sum it is the normal approximation, with the variance 2 p / (1 - p)^2 of each draw.
    """
    p = exp(-1 / scale)
    if parts == 1:
        return ceil(log((100 - CONFIDENCE) / 100 * (1 + p) / 2) / log(p)) - 1
    return ceil(NORMAL_95 * sqrt(parts * 2 * p) / (1 - p))


def add_up(
    cell: Cell, parts: Iterable[Figure], released_at: datetime, *, expected: int = 0
) -> Figure:
    """Add up released figures: post-processing, at no loss of privacy.

    Args:
        cell: what they add up to.
        parts: the figures.
        released_at: when the sum is.
        expected: how many there should be, with those that are no figure.
    """
    figures = list(parts)
    drawn = [figure for figure in figures if figure.drawn is not None]
    has_own_scale = any(figure.scale is not None for figure in drawn)
    return Figure(
        cell=cell,
        drawn=sum(figure.drawn or 0 for figure in drawn) if drawn else None,
        released_at=released_at,
        parts=max(1, len(drawn)),
        missing=max(expected, len(figures)) - len(drawn),
        # Where the configuration changed within the week, the interval is the wider one.
        scale=max(figure.noise_scale for figure in drawn) if has_own_scale else None,
    )
