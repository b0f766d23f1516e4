"""Visibility: which share of a day's connections was seen by which evidence, and which was hidden.

It covers all connections of a whole school day, wherever they go, and has no place, layer, platform
or hour. Shares are whole percents, and the number of connections is rounded to two digits.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import floor, log10

MIN_CONNECTIONS = 1_000
"""A day with fewer has no visibility: a percent of it would be a few connections."""


@dataclass(frozen=True, slots=True)
class Visibility:
    """What could be seen of the connections of one day, or of several."""

    connections: int
    """Of any kind, rounded to two digits."""
    shares: Mapping[str, int]
    """Percent of the connections, by the value of the `Evidence` that their name was learned by."""
    ways: Mapping[str, int]
    """Percent of the connections that hide, by the value of `Hidden`: how they do."""
    hidden: int
    """Percent of the connections that hide in any way."""


def visibility_of_day(evidence: Mapping[str, int], hidden: Mapping[str, int]) -> Visibility | None:
    """Return a day's visibility; None when there were too few connections.

    Args:
        evidence: connections by evidence; each connection has one.
        hidden: the connections among them that hide, by method.
    """
    total = sum(evidence.values())
    if total < MIN_CONNECTIONS:
        return None
    return Visibility(
        connections=_two_digits(total),
        shares={str(name): _percent(count, total) for name, count in evidence.items()},
        ways={str(name): _percent(count, total) for name, count in hidden.items()},
        hidden=_percent(sum(hidden.values()), total),
    )


def combine_days(days: Iterable[Visibility]) -> Visibility | None:
    """Return the mean of several days, weighted by their connections; None without any day."""
    shares, ways = Counter[str](), Counter[str]()
    total = hidden = 0
    for day in days:
        total += day.connections
        hidden += day.hidden * day.connections
        for sums, percents in ((shares, day.shares), (ways, day.ways)):
            for name, percent in percents.items():
                sums[name] += percent * day.connections
    if not total:
        return None
    return Visibility(
        connections=_two_digits(total),
        shares={name: round(share / total) for name, share in shares.items()},
        ways={name: round(share / total) for name, share in ways.items()},
        hidden=round(hidden / total),
    )


def _percent(count: int, total: int) -> int:
    return round(100 * count / total)


def _two_digits(count: int) -> int:
    return round(count, 1 - floor(log10(count)))
