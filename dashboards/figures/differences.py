"""When a week differs clearly from the weeks before, among several that are looked at together.

Two things make a week unlike another though nothing changed: the noise, whose size is known, and
how unlike a school's weeks are anyway, which its released history tells. Holding a week against the
noise alone calls half of all weeks different. Who looks at nine platforms looks nine times, so each
has to be nine times as unlikely. What is clear is that the counts differ, and not why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean, variance

MIN_WEEKS = 6
"""With fewer weeks before it nothing is said of a week."""
FALSE_CALLS = 0.025
"""What a test allows itself, so that at most one in twenty weeks in which nothing changed is called
different: weeks resemble the ones before, and noise has longer tails than the distribution has."""
SHARED = 4
"""Figures that are looked at together vary together, so each tells less of how much: so many tell
what one would that varies alone."""
LEAST_VARIATION = 0.03
"""By which part of itself a week differs from others in any school."""


@dataclass(frozen=True, slots=True)
class WeekDifference:
    """How much more (or less, below 0) there was than in the weeks before."""

    value: float
    half_width: float
    """A difference beyond it is clear."""

    @property
    def is_clear(self) -> bool:
        """Whether the counts differ by more than weeks in which nothing changes."""
        return abs(self.value) > self.half_width


def compare_weeks(
    now: Sequence[float],
    before: Sequence[Sequence[float]],
    noise: Sequence[float],
    *,
    count: int = 1,
) -> list[WeekDifference] | None:
    """Hold the figures of weeks against the mean of those before them; None with too few of those.

    Args:
        now: figures that are looked at together, such as those of all platforms; of several weeks
            their mean.
        before: the same figures of each earlier week.
        noise: standard deviation of the noise in each of them, of one week.
        count: of how many weeks `now` is.
    """
    weeks = len(before)
    if weeks < MIN_WEEKS or not now:
        return None
    histories = list(zip(*before, strict=True))
    means = [fmean(history) for history in histories]
    variation = _estimate_variation(histories, means, noise)
    freedom = (weeks - 1) * (1 + (len(now) - 1) / SHARED)
    quantile = _student(1 - FALSE_CALLS / 2 / len(now), freedom)
    return [
        WeekDifference(
            figure - mean,
            quantile * sqrt((own**2 + (variation * mean) ** 2) * (1 / count + 1 / weeks)),
        )
        for figure, mean, own in zip(now, means, noise, strict=True)
    ]


def _estimate_variation(
    histories: Sequence[Sequence[float]], means: Sequence[float], noise: Sequence[float]
) -> float:
    """Estimate by which part of itself a figure differs between weeks, beyond its noise.

    Of one figure a few weeks tell little, so all that are looked at together are taken together.
    """
    beyond = sum(variance(history) - own**2 for history, own in zip(histories, noise, strict=True))
    squares = sum(mean**2 for mean in means)
    return max(LEAST_VARIATION, sqrt(max(0.0, beyond) / squares)) if squares else LEAST_VARIATION


def _student(probability: float, freedom: float) -> float:
    """Return a quantile of Student's distribution, by the series of Cornish and Fisher."""
    z = NormalDist().inv_cdf(probability)
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
    )
