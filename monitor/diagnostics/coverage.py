"""How much of a week's lessons can be counted: what has a room, a place and a year layer."""

from dataclasses import dataclass

from monitor.release.layers import Layers
from schedules.timetable import Timetable


@dataclass(frozen=True, slots=True)
class CoverageShare:
    """How many of some lessons, rooms or groups have what they need, and which lack it."""

    whole: int
    missing: tuple[str, ...]

    @property
    def percent(self) -> float:
        """The share that has what it needs, from 0 to 100; 100 when there are none."""
        return 100 * (1 - len(self.missing) / self.whole) if self.whole else 100.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage of one week's lessons."""

    lessons: CoverageShare
    """Lessons with a room; a lesson is named by its groups, lesson hour and day."""
    rooms: CoverageShare
    """Rooms with a prefix or an attachment."""
    groups: CoverageShare
    """Groups in a year layer."""


def compute_coverage(
    timetable: Timetable, placed_rooms: frozenset[str], layers: Layers
) -> Coverage:
    """Compare a week's lessons with the places and the roster.

    Args:
        timetable: the week's lessons.
        placed_rooms: the rooms with a prefix or an attachment.
        layers: the year layers of the roster.
    """
    held = [lesson for lesson in timetable.lessons if lesson.is_held]
    roomless = [
        f"{', '.join(lesson.groups)} "
        f"({lesson.start.astimezone(timetable.zone):%d-%m}, {lesson.period})"
        for lesson in sorted(held, key=lambda lesson: lesson.start)
        if not lesson.rooms
    ]
    rooms = set(timetable.rooms)
    groups = {group for lesson in held for group in lesson.groups}
    without = {group for group in groups if not layers.layer_of_groups([group])}
    return Coverage(
        lessons=CoverageShare(len(held), tuple(roomless)),
        rooms=CoverageShare(len(rooms), tuple(sorted(rooms - placed_rooms))),
        groups=CoverageShare(len(groups), tuple(sorted(without))),
    )
