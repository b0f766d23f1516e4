"""Which lesson is held in a room at a moment: asked for every sighting, and so always quick.

Each room's day is cut where lessons start and end, and for each piece the lessons held in it are
known beforehand. Asking is one dictionary lookup and one binary search, whatever the size.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from schedules.lesson import Lesson

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True)
class Hour:
    """A lesson hour of the bell schedule on one day, and how many rooms have a lesson in it."""

    day: date
    period: str
    start: float
    """Seconds since 1970-01-01 UTC: the first start of a lesson held in it."""
    end: float
    """The last end of a lesson held in it."""
    rooms: int


@dataclass(frozen=True, slots=True)
class _Pieces:
    """A room's time, cut at `edges`; `held[i]` is what is held before `edges[i]`."""

    edges: list[float]
    held: list[tuple[Lesson, ...]]


class Timetable:
    """An immutable snapshot of the lessons of some days.

    A cancelled lesson is no lesson, and one without a room is known but held against nobody:
    neither is in `at`, `hours` or `days`.
    """

    def __init__(self, lessons: Iterable[Lesson] = (), zone: ZoneInfo = AMSTERDAM) -> None:
        self.zone = zone
        self._lessons = {lesson.instance: lesson for lesson in lessons}
        located = [each for each in self._lessons.values() if each.is_held and each.rooms]
        self._rooms = {room: _cut(held) for room, held in _by_room(located).items()}
        self._hours = _hours_by_day(located, zone)
        self.days = tuple(sorted(self._hours))

    def at(self, room: str, moment: float) -> tuple[Lesson, ...]:
        """Give the lessons held in a room at a moment, the lesson of record first.

        That is the one that began first, so that a lesson that overlaps its end does not take a
        device from it halfway.
        """
        pieces = self._rooms.get(room)
        if pieces is None:
            return ()
        return pieces.held[bisect_right(pieces.edges, moment)]

    def hours(self, day: date) -> tuple[Hour, ...]:
        """Give the lesson hours of a day, in the order in which they start."""
        return self._hours.get(day, ())

    def lesson(self, instance: str) -> Lesson | None:
        """Give a lesson by its name, also when it is cancelled."""
        return self._lessons.get(instance)

    @property
    def lessons(self) -> Iterable[Lesson]:
        """All lessons, also those that are cancelled or have no room."""
        return self._lessons.values()

    @property
    def rooms(self) -> tuple[str, ...]:
        """Every room that has a lesson."""
        return tuple(sorted(self._rooms))


def _by_room(lessons: Iterable[Lesson]) -> dict[str, list[Lesson]]:
    rooms: defaultdict[str, list[Lesson]] = defaultdict(list)
    for lesson in lessons:
        for room in set(lesson.rooms):
            rooms[room].append(lesson)
    return rooms


def _cut(lessons: list[Lesson]) -> _Pieces:
    """Cut a room's time; lessons that touch share an edge, and the later one holds from it."""
    lessons.sort(key=lambda lesson: lesson.instance)
    starting: defaultdict[float, list[Lesson]] = defaultdict(list)
    ending: defaultdict[float, set[str]] = defaultdict(set)
    for lesson in lessons:
        starting[lesson.start.timestamp()].append(lesson)
        ending[lesson.end.timestamp()].add(lesson.instance)
    edges = sorted(starting.keys() | ending.keys())
    held: list[tuple[Lesson, ...]] = [()]
    for edge in edges:
        left = ending.get(edge, ())
        held.append((*(e for e in held[-1] if e.instance not in left), *starting.get(edge, ())))
    return _Pieces(edges, held)


def _hours_by_day(lessons: Iterable[Lesson], zone: ZoneInfo) -> dict[date, tuple[Hour, ...]]:
    periods: defaultdict[tuple[date, str], list[Lesson]] = defaultdict(list)
    for lesson in lessons:
        periods[lesson.start.astimezone(zone).date(), lesson.period].append(lesson)
    days: defaultdict[date, list[Hour]] = defaultdict(list)
    for (day, period), held in periods.items():
        days[day].append(_hour(day, period, held))
    return {day: tuple(sorted(hours, key=_order)) for day, hours in days.items()}


def _hour(day: date, period: str, lessons: list[Lesson]) -> Hour:
    start = min(lesson.start for lesson in lessons).timestamp()
    end = max(lesson.end for lesson in lessons).timestamp()
    return Hour(day, period, start, end, len(set(_rooms(lessons))))


def _rooms(lessons: Iterable[Lesson]) -> Iterator[str]:
    for lesson in lessons:
        yield from lesson.rooms


def _order(hour: Hour) -> tuple[float, float, str]:
    return hour.start, hour.end, hour.period
