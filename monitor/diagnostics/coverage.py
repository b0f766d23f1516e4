"""How much of a week's lessons can be counted: what has a room, a place and a year layer."""

from dataclasses import dataclass

from monitor.release.layers import Layers
from schedules.timetable import Timetable


@dataclass(frozen=True, slots=True)
class CoverageShare:
    """How many of some things have what they need, and which have not."""

    whole: int
    missing: tuple[str, ...]

    @property
    def percent(self) -> float:
        """What share has what it needs, from 0 to 100; of nothing, all has."""
        return 100 * (1 - len(self.missing) / self.whole) if self.whole else 100.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of one week."""

    lessons: CoverageShare
    """That have a room; a lesson is named by its groups, lesson hour and day."""
    rooms: CoverageShare
    """That something leads to."""
    groups: CoverageShare
    """That are of a year layer."""


def compute_coverage(timetable: Timetable, placed: frozenset[str], layers: Layers) -> Coverage:
    """Hold a week's lessons against places and roster.

    Args:
        timetable: the week's lessons.
        placed: the rooms that something leads to.
        layers: the roster's.
    """
    held = [each for each in timetable.lessons if each.is_held]
    roomless = [
        f"{', '.join(each.groups)} ({each.start.astimezone(timetable.zone):%d-%m}, {each.period})"
        for each in sorted(held, key=lambda each: each.start)
        if not each.rooms
    ]
    rooms = set(timetable.rooms)
    groups = {group for each in held for group in each.groups}
    without = {group for group in groups if not layers.layer_of_groups([group])}
    return Coverage(
        lessons=CoverageShare(len(held), tuple(roomless)),
        rooms=CoverageShare(len(rooms), tuple(sorted(rooms - placed))),
        groups=CoverageShare(len(groups), tuple(sorted(without))),
    )
