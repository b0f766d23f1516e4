"""What released figures say together, and how sure that is.

Noise of one week has nothing to do with that of another, so in a mean it shrinks. How much caps cut
away is known as a share, which may be wrong on the same side every week, so that does not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot

from dashboards.figures.row import FigureRow
from monitor.release.figures import MIN_SHOWN, ROUNDING_STEP
from schedules.language import gettext, writing

SMALL_FIGURE = MIN_SHOWN // 2
"""What a figure is taken for that is below the smallest that is shown."""
ROUNDING_ERROR = ROUNDING_STEP // 2
"""A figure is at most this far from what was drawn."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number of what was drawn, and the interval that holds the truth in 95 % of cases."""

    value: float
    noise: float
    """How far noise and rounding reach on either side."""
    below: float = 0.0
    """How much further the interval reaches below, or less far where it is negative."""
    above: float | None = 0.0
    """The same above it; None: how far is not known."""

    @property
    def low(self) -> int:
        """The lower end of the interval."""
        return max(0, round(self.value - self.noise - self.below))

    @property
    def high(self) -> int | None:
        """The upper end of the interval; None: it may be more."""
        if self.above is None:
            return None
        return max(self.low, round(self.value + self.noise + self.above))

    def __truediv__(self, parts: int) -> "Estimate":
        """Spread it evenly over some parts."""
        above = None if self.above is None else self.above / parts
        return Estimate(self.value / parts, self.noise / parts, self.below / parts, above)

    def format_interval(self) -> str:
        """Write the interval."""
        if self.high is None:
            return gettext("at least {count}", count=writing.number(self.low))
        return writing.interval(self.low, self.high)


def estimate(row: FigureRow) -> Estimate | None:
    """Estimate from one figure; None when there is no figure.

    Of a figure below 20 only that is known, and its interval: it is taken for 10.
    """
    if row.low is None:
        return None
    if row.value is None:
        high = row.high
        reach = SMALL_FIGURE if high is None else max(SMALL_FIGURE, high - SMALL_FIGURE)
        return Estimate(SMALL_FIGURE, reach, above=None if high is None else 0.0)
    noise = row.noise + ROUNDING_ERROR
    below = row.value - row.low - noise
    return Estimate(
        row.value,
        noise,
        below if row.low else max(0.0, below),  # an end that was clipped at 0 is not nearer
        None if row.high is None else row.high - row.value - noise,
    )


def estimate_mean(rows: Iterable[FigureRow], *, by_part: bool = False) -> Estimate | None:
    """Estimate the mean of figures that were drawn independently; None when there is no figure.

    Args:
        rows: figures; those that say 'no figure' are left out.
        by_part: the mean of the parts that each is the sum of (a lesson hour, a day), and not of
            the figures.
    """
    total, drawn, small, below, parts = 0.0, 0.0, 0.0, 0.0, 0
    above: float | None = 0.0
    for row in rows:
        one = estimate(row)
        if one is not None:
            total += one.value
            below += one.below
            above = None if above is None or one.above is None else above + one.above
            parts += row.measured_parts if by_part else 1
            if row.value is None:
                # It may lie on the same side of 10 every week, so nothing averages out.
                small += one.noise
            else:
                drawn = hypot(drawn, one.noise)
    return Estimate(total, drawn + small, below, above) / parts if parts else None


def is_clearly_less(mean: Estimate, largest: Estimate) -> bool:
    """Say whether a mean is less than another by more than the noise of both.

    At most one pair in twenty that does not differ is called clearly different.
    """
    return largest.value - mean.value > hypot(largest.noise, mean.noise)
