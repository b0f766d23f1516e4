"""How many pupils are taught at the same time, at the least, by the sizes of groups.

A pupil has one lesson at a time. So what is added up of one moment counts nobody twice, whatever
groups a pupil is in.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

SMALLEST_CLASS = 15
"""Pupils of a class whose size is not known: few classes of a secondary school are smaller."""
LARGEST_CLASS = 35
"""Pupils of whom a lesson in one room counts at most, whatever the size of its groups."""

type GroupSizes = Mapping[str, int]
"""How many pupils each group has, as the timetable names it."""


class LessonRoom(NamedTuple):
    """A room in a lesson hour, with the groups that are taught in it."""

    room: str
    layer: str
    """The released layer of its lesson; empty when it is of none, or of several."""
    groups: frozenset[str]
    """Of a lesson without groups, its instance."""


def count_classes(rooms: Collection[LessonRoom]) -> int:
    """Count classes: no more than there are rooms, and no more than there are groups."""
    groups = {group for room in rooms for group in room.groups}
    return min(len({room.room for room in rooms}), len(groups))


def count_pupils(
    rooms: Collection[LessonRoom], scheduled: Collection[LessonRoom], sizes: GroupSizes | None
) -> int:
    """Count the pupils in some rooms, at the least.

    Args:
        rooms: the rooms.
        scheduled: every room that has a lesson at that moment; a group in two of them is in each
            for a half.
        sizes: of groups, one that it does not have counts for nobody; None: no size is known, and
            each class is the smallest that there may be.
    """
    if sizes is None:
        return SMALLEST_CLASS * count_classes(rooms)
    rooms_of = Counter(group for room in scheduled for group in room.groups)
    return sum(
        min(LARGEST_CLASS, sum(sizes.get(group, 0) // rooms_of[group] for group in room.groups))
        for room in rooms
    )


class RoomsOfHour(NamedTuple):
    """The rooms of one lesson hour that have a lesson, and those of them that are measured."""

    scheduled: Collection[LessonRoom]
    measured: Collection[LessonRoom]


def count_pupils_apart(hours: Sequence[RoomsOfHour], sizes: GroupSizes | None) -> int:
    """Count the pupils of groups that have no pupil in common, over some hours, at the least.

    In each hour some groups may be free. Two groups have nobody in common when they have lessons in
    other rooms at the same time; of groups that never have, one counts.
    """
    taught: dict[str, int] = {}
    for _, measured in hours:
        for group in {group for room in measured for group in room.groups}:
            size = SMALLEST_CLASS if sizes is None else sizes.get(group, 0)
            rooms = [room for room in measured if group in room.groups]
            of_group = count_pupils(rooms, rooms, {group: min(size, LARGEST_CLASS)})
            taught[group] = max(of_group, taught.get(group, 0))
    apart = _find_apart(hours)
    chosen: list[str] = []
    for group in sorted(taught, key=lambda group: (-taught[group], group)):
        if all(frozenset((group, other)) in apart for other in chosen):
            chosen.append(group)
    return sum(taught[group] for group in chosen)


def _find_apart(hours: Sequence[RoomsOfHour]) -> set[frozenset[str]]:
    apart: set[frozenset[str]] = set()
    for scheduled, _ in hours:
        rooms: dict[str, set[str]] = {}
        for room in scheduled:
            for group in room.groups:
                rooms.setdefault(group, set()).add(room.room)
        apart.update(
            frozenset((group, other))
            for group, other in combinations(rooms, 2)
            if rooms[group] - rooms[other] and rooms[other] - rooms[group]
        )
    return apart
