"""Which lessons a room has at some time. It is looked up for every sighting, so it has to be fast.

Each room's time is cut where lessons start and end, and the lessons of each piece are worked out
beforehand. A lookup is one dictionary access and one binary search, whatever the size.
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
class DatedPeriod:
    """A period on one day, and how many rooms have a lesson in it."""

    day: date
    period: str
    start: float
    """Seconds since 1970-01-01 UTC: the first start of a lesson held in it."""
    end: float
    """The last end of a lesson held in it."""
    rooms: int


@dataclass(frozen=True, slots=True)
class _RoomTimeline:
    """A room's time, cut at `edges`; `lessons[i]` are those before `edges[i]`."""

    edges: list[float]
    lessons: list[tuple[Lesson, ...]]


class Timetable:
    """An immutable snapshot of the lessons of some days.

    A cancelled lesson is no lesson, and one without a room is known but counts for nobody:
    neither is in `lessons_at`, `periods_on` or `days`.
    """

    def __init__(self, lessons: Iterable[Lesson] = (), zone: ZoneInfo = AMSTERDAM) -> None:
        self.zone = zone
        self._lessons = {lesson.instance: lesson for lesson in lessons}
        located = [lesson for lesson in self._lessons.values() if lesson.is_held and lesson.rooms]
        self._rooms = {room: _timeline(held) for room, held in _by_room(located).items()}
        self._periods = _periods_by_day(located, zone)
        self.days = tuple(sorted(self._periods))

    def lessons_at(self, room: str, timestamp: float) -> tuple[Lesson, ...]:
        """Return the lessons held in a room at some time, the lesson of record first.

        That is the one that began first, so that a lesson that overlaps its end does not take a
        device from it halfway.
        """
        timeline = self._rooms.get(room)
        if timeline is None:
            return ()
        return timeline.lessons[bisect_right(timeline.edges, timestamp)]

    def periods_on(self, day: date) -> tuple[DatedPeriod, ...]:
        """Return the periods of a day, in the order in which they start."""
        return self._periods.get(day, ())

    def lesson(self, instance: str) -> Lesson | None:
        """Return a lesson by its instance, also when it is cancelled."""
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


def _timeline(lessons: list[Lesson]) -> _RoomTimeline:
    """Cut a room's time. Where two lessons touch, the later one holds from the shared edge."""
    lessons.sort(key=lambda lesson: lesson.instance)
    starting: defaultdict[float, list[Lesson]] = defaultdict(list)
    ending: defaultdict[float, set[str]] = defaultdict(set)
    for lesson in lessons:
        starting[lesson.start.timestamp()].append(lesson)
        ending[lesson.end.timestamp()].add(lesson.instance)
    edges = sorted(starting.keys() | ending.keys())
    pieces: list[tuple[Lesson, ...]] = [()]
    for edge in edges:
        ended = ending.get(edge, ())
        going_on = (lesson for lesson in pieces[-1] if lesson.instance not in ended)
        pieces.append((*going_on, *starting.get(edge, ())))
    return _RoomTimeline(edges, pieces)


def _periods_by_day(
    lessons: Iterable[Lesson], zone: ZoneInfo
) -> dict[date, tuple[DatedPeriod, ...]]:
    lessons_by_period: defaultdict[tuple[date, str], list[Lesson]] = defaultdict(list)
    for lesson in lessons:
        lessons_by_period[lesson.start.astimezone(zone).date(), lesson.period].append(lesson)
    days: defaultdict[date, list[DatedPeriod]] = defaultdict(list)
    for (day, period), held in lessons_by_period.items():
        days[day].append(_dated_period(day, period, held))
    return {day: tuple(sorted(periods, key=_order)) for day, periods in days.items()}


def _dated_period(day: date, period: str, lessons: list[Lesson]) -> DatedPeriod:
    start = min(lesson.start for lesson in lessons).timestamp()
    end = max(lesson.end for lesson in lessons).timestamp()
    return DatedPeriod(day, period, start, end, len(set(_rooms(lessons))))


def _rooms(lessons: Iterable[Lesson]) -> Iterator[str]:
    for lesson in lessons:
        yield from lesson.rooms


def _order(period: DatedPeriod) -> tuple[float, float, str]:
    return period.start, period.end, period.period
