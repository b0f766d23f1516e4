"""What released figures say together, how sure that is, and when a difference is clear.

The rule of a difference: two figures that were drawn independently, of which the first holds the
truth within a and the second within b in 95 % of cases, differ clearly when they are further apart
than √(a² + b²). Where nothing differs that is said of at most one pair in twenty; anything less
clear is called 'no clear difference'.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot

from dashboards.figures.row import FigureRow
from monitor.release.figures import MIN_SHOWN, ROUNDING_STEP

SMALL_FIGURE = MIN_SHOWN // 2
"""What a figure is taken for that is below the smallest that is shown."""
ROUNDING_ERROR = ROUNDING_STEP // 2
"""A figure is at most this far from what was drawn."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number, and how far it can be from the truth in 95 % of cases."""

    value: float
    half_width: float

    @property
    def low(self) -> int:
        """The lower end of the interval."""
        return max(0, round(self.value - self.half_width))

    @property
    def high(self) -> int:
        """The upper end of the interval."""
        return round(self.value + self.half_width)

    def __truediv__(self, parts: int) -> "Estimate":
        """Spread it evenly over some parts."""
        return Estimate(self.value / parts, self.half_width / parts)


@dataclass(frozen=True, slots=True)
class EstimateDifference:
    """How much more (or less, below 0) there was than before."""

    value: float
    half_width: float

    @property
    def is_clear(self) -> bool:
        """Whether it is more than the noise of both can be."""
        return abs(self.value) > self.half_width


def estimate(row: FigureRow) -> Estimate | None:
    """Estimate from one figure; None when there is no figure.

    Of a figure below 20 only that is known, and its interval: it is taken for 10.
    """
    if row.low is None or row.high is None:
        return None
    if row.value is None:
        return Estimate(SMALL_FIGURE, max(SMALL_FIGURE, row.high - SMALL_FIGURE))
    return Estimate(row.value, row.noise + ROUNDING_ERROR)


def estimate_mean(rows: Iterable[FigureRow], *, by_part: bool = False) -> Estimate | None:
    """Estimate the mean of figures that were drawn independently; None when there is no figure.

    Args:
        rows: figures; those that say 'no figure' are left out.
        by_part: the mean of the parts that each is the sum of (a lesson hour, a day), and not of
            the figures.
    """
    total, drawn, small, parts = 0.0, 0.0, 0.0, 0
    for row in rows:
        one = estimate(row)
        if one is not None:
            total += one.value
            parts += row.measured_parts if by_part else 1
            if row.value is None:
                # It may lie on the same side of 10 every week, so nothing averages out.
                small += one.half_width
            else:
                drawn = hypot(drawn, one.half_width)
    return Estimate(total, drawn + small) / parts if parts else None


def compare(now: Estimate | None, before: Estimate | None) -> EstimateDifference | None:
    """Subtract an earlier estimate from a later one; None when one of them is not there."""
    if now is None or before is None:
        return None
    return EstimateDifference(now.value - before.value, hypot(now.half_width, before.half_width))
