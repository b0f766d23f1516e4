"""Is the noise there? Asked of figures alone, without knowing what is true.

What a platform has in all layers together is what it has in the whole school, but for devices
without a layer and staff. Both are drawn, each with noise of its own. So how far they are apart
varies at least as much as the noise that is claimed. Figures that fit each other better than
that have less noise, or the same.
"""

from collections.abc import Iterable, Mapping
from math import exp, sqrt
from typing import NamedTuple

from monitor.attacks.margins import find_margins
from monitor.release.figures import Figure
from monitor.release.tables import Cell

DEVIATIONS = 3.09
"""Right noise is found too small once in a thousand times or less."""
_KURTOSIS = 3.0
"""Of Laplace noise, in excess of the normal distribution's."""
MIN_MARGINS = 9
"""With fewer, nothing is said."""


class MarginAudit(NamedTuple):
    """How well the figures of overlapping tables fit each other."""

    margins: int
    spread: float
    """The mean squared distance, as a part of what the noise alone gives."""
    floor: float
    """What it has to be, at least."""

    @property
    def is_enough(self) -> bool:
        """Whether there are enough of them to say anything."""
        return self.margins >= MIN_MARGINS

    @property
    def is_held(self) -> bool:
        """Whether the noise that is claimed is there."""
        return not self.is_enough or self.spread >= self.floor


def audit_margins(figures: Iterable[Figure]) -> MarginAudit:
    """Lay what each platform has in all layers beside what it has in the whole school."""
    drawn = {figure.cell: figure for figure in figures if figure.drawn is not None}
    squares, variances = list[float](), list[float]()
    for margin in find_margins(drawn):
        if margin.is_exact:
            apart, variance, draws = _distance(drawn, margin.less, margin.more)
            squares.append(apart**2 / variance)
            variances.append(2 + _KURTOSIS / draws)
    if not squares:
        return MarginAudit(0, 0.0, 0.0)
    freedom = 2 * len(squares) ** 2 / sum(variances)
    return MarginAudit(len(squares), sum(squares) / len(squares), _lowest_mean(freedom))


def _lowest_mean(freedom: float) -> float:
    """Return what the mean of squared normal deviates is at least (Wilson and Hilferty 1931)."""
    spread = 2 / (9 * freedom)
    lowest: float = max(0.0, 1 - spread - DEVIATIONS * sqrt(spread)) ** 3
    return lowest


def _distance(
    drawn: Mapping[Cell, Figure], less: tuple[Cell, ...], more: tuple[Cell, ...]
) -> tuple[float, float, int]:
    apart = variance = 0.0
    for sign, cells in ((1, less), (-1, more)):
        for cell in cells:
            figure = drawn[cell]
            apart += sign * (figure.drawn or 0)
            p = exp(-1 / figure.noise_scale)
            variance += 2 * p / (1 - p) ** 2
    return apart, variance, len(less) + len(more)
