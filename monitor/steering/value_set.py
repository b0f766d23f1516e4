"""Numbers in ranges: addresses or ports that a rule is about."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator


class ValueSet:
    """A set of numbers, as ranges that do not overlap.

    Args:
        ranges: first and last number of each.
    """

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        self._ranges = tuple(_merge(sorted(ranges)))
        self._firsts = [first for first, _ in self._ranges]

    def __contains__(self, number: int) -> bool:
        index = bisect_right(self._firsts, number) - 1
        return index >= 0 and number <= self._ranges[index][1]

    @property
    def boundaries(self) -> Iterator[int]:
        """The numbers at which membership changes."""
        for first, last in self._ranges:
            yield first
            yield last + 1


def _merge(ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    pending: tuple[int, int] | None = None
    for first, last in ranges:
        if pending is None:
            pending = first, last
        elif first <= pending[1] + 1:
            pending = pending[0], max(last, pending[1])
        else:
            yield pending
            pending = first, last
    if pending is not None:
        yield pending


def find_representatives(sets: Iterable[ValueSet], last: int) -> list[int]:
    """Find numbers from 0 to `last`, one for each way of being in some sets and not in others."""
    distinct = list(sets)
    starts = {0, *(number for values in distinct for number in values.boundaries)}
    by_membership = {
        tuple(number in values for values in distinct): number
        for number in sorted(starts, reverse=True)
        if number <= last
    }
    return sorted(by_membership.values())
