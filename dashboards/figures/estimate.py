"""What released figures say together, how sure that is, and when a difference is clear.

The rule of a difference: two figures that were drawn independently, of which the first holds the
truth within a and the second within b in 95 % of cases, differ clearly when they are further apart
than √(a² + b²). Where nothing differs that is said of at most one pair in twenty; anything less
clear is called 'no clear difference'.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot

from dashboards.figures.row import Line
from monitor.release.figures import ROUNDING_STEP, SCALES, SMALLEST_SHOWN, half_width

SMALL = SMALLEST_SHOWN // 2
MOST_ROUNDED = ROUNDING_STEP // 2
"""A figure is at most this far from what was drawn."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number, and how far it can be from the truth in 95 % of cases."""

    value: float
    half: float

    @property
    def low(self) -> int:
        """The lower end of the interval."""
        return max(0, round(self.value - self.half))

    @property
    def high(self) -> int:
        """The upper end of the interval."""
        return round(self.value + self.half)

    def __truediv__(self, parts: int) -> "Estimate":
        """Spread it evenly over some parts."""
        return Estimate(self.value / parts, self.half / parts)


@dataclass(frozen=True, slots=True)
class Difference:
    """How much more (or less, below 0) there was than before."""

    value: float
    half: float

    @property
    def is_clear(self) -> bool:
        """Whether it is more than the noise of both can be."""
        return abs(self.value) > self.half


def estimate(line: Line) -> Estimate | None:
    """Say what one figure says; None when there is none.

    Of a figure below 20 only that is known, and its interval: it is taken for 10.
    """
    if line.low is None or line.high is None:
        return None
    if line.value is None:
        return Estimate(SMALL, max(SMALL, line.high - SMALL))
    width = half_width(SCALES[line.cell.table], line.parts - line.missing)
    return Estimate(line.value, width + MOST_ROUNDED)


def mean(lines: Iterable[Line], *, by_part: bool = False) -> Estimate | None:
    """Give the mean of figures that were drawn independently; None when there is none.

    Args:
        lines: figures; those that say 'no figure' are left out.
        by_part: of what each is the sum of (a lesson hour, a day), and not of each figure.
    """
    total, drawn, small, parts = 0.0, 0.0, 0.0, 0
    for line in lines:
        found = estimate(line)
        if found is not None:
            total += found.value
            parts += line.parts - line.missing if by_part else 1
            if line.value is None:
                # It may lie on the same side of 10 every week, so nothing averages out.
                small += found.half
            else:
                drawn = hypot(drawn, found.half)
    return Estimate(total, drawn + small) / parts if parts else None


def difference(now: Estimate | None, before: Estimate | None) -> Difference | None:
    """Hold two estimates against each other; None when one of them is not there."""
    if now is None or before is None:
        return None
    return Difference(now.value - before.value, hypot(now.half, before.half))
