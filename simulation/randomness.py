"""Random draws that can be repeated: the same seed gives the same school."""

from math import log
from random import Random


def seeded_random(seed: int, *subject: object) -> Random:
    """Make a generator for one subject, independent of all others."""
    # A simulation needs no secrecy, and one that cannot be repeated proves nothing.
    return Random("/".join(map(str, (seed, *subject))))  # noqa: S311


def happens(random: Random, probability: float) -> bool:
    """Decide whether something happens: never at 0, always at 1."""
    return random.random() < probability


def draw_lognormal(
    random: Random, median: float, spread: float, least: float, most: float
) -> float:
    """Draw from a log-normal distribution, cut off at two bounds.

    Args:
        random: the generator.
        median: half of the draws are below it.
        spread: the standard deviation of its logarithm: with 0.7, two in three are between half
            the median and twice it.
        least: the lower bound.
        most: the upper bound.
    """
    return min(most, max(least, random.lognormvariate(log(median), spread)))
