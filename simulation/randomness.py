"""Chance that can be had again: the same seed gives the same school, day after day."""

from math import log
from random import Random


def seeded_random(seed: int, *subject: object) -> Random:
    """Give the chance that one thing is decided by, apart from all others."""
    # Nothing here protects anybody, and a simulation that cannot be repeated proves nothing.
    return Random("/".join(map(str, (seed, *subject))))  # noqa: S311


def happens(random: Random, often: float) -> bool:
    """Decide whether something happens that happens so often: never at 0, always at 1."""
    return random.random() < often


def draw_lognormal(
    random: Random, median: float, spread: float, least: float, most: float
) -> float:
    """Draw from a log-normal distribution: half are below the median; none is out of bounds.

    Args:
        random: draws.
        median: of what is drawn.
        spread: the standard deviation of its logarithm: with 0.7, two in three are between half
            the median and twice it.
        least: what is below is this.
        most: what is above is this.
    """
    return min(most, max(least, random.lognormvariate(log(median), spread)))
