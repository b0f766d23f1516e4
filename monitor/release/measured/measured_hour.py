"""What is measured of a lesson hour: rooms that have a place, a lesson, and no exemption.

A floor on the roster alone would hold for a school of which all rooms but one are exempted, or have
no place. So what counts is what is measured, by the configuration, the timetable and the
exemptions. Traffic decides nothing here.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from statistics import median_low
from typing import NamedTuple

from monitor.release.layers import Layers
from monitor.release.measured.pupils import (
    GroupSizes,
    LessonRoom,
    count_classes,
    count_pupils,
)
from monitor.release.tables import MIN_ROOMS, MIN_SCHOOL_PUPILS
from schedules.exemption import Exemptions, TimeSpan
from schedules.lesson import Lesson
from schedules.timetable import DatedPeriod, Timetable

MAX_LENGTH = 3
"""A lesson that is so many times as long as most in its hour is not inside the hour."""

type PlacedRooms = Mapping[str, frozenset[str]]
"""The rooms that have a place, each with the year layers that the place itself is of."""


def join_rooms(*placed: PlacedRooms) -> PlacedRooms:
    """Join rooms that have a place by several ways, each with the layers of all its places."""
    return {
        room: frozenset[str]().union(*(rooms.get(room, ()) for rooms in placed))
        for room in dict.fromkeys(chain.from_iterable(placed))
    }


class HeldLesson(NamedTuple):
    """The lesson that is held in a room, and when."""

    instance: str
    start: datetime
    end: datetime


class AllowedUse(NamedTuple):
    """What an exemption by the leadership takes out of a lesson hour."""

    span: TimeSpan
    """When it is in force."""
    room: LessonRoom
    platform: str


@dataclass(frozen=True, slots=True)
class MeasuredHour:
    """What is measured of a lesson hour."""

    scheduled: frozenset[LessonRoom]
    """The rooms that have a lesson in it."""
    by_platform: Mapping[str, frozenset[LessonRoom]]
    """Those of which a platform is measured for the whole hour."""
    lesson_of: Mapping[LessonRoom, HeldLesson] = field(default_factory=dict)
    """The lesson of each room that is inside the hour: no others count in it."""
    allowed: frozenset[AllowedUse] = frozenset()
    """What the leadership allows in it."""
    changed: frozenset[AllowedUse] = frozenset()
    """What of that was not so when it began, or is not so any more."""
    sizes: GroupSizes | None = None
    """Of groups; None: they are not known."""
    placed: frozenset[LessonRoom] = frozenset()
    """The rooms that have a place and a lesson, whatever is exempt in them."""

    @property
    def lessons(self) -> frozenset[str]:
        """The lessons that count."""
        return frozenset(lesson.instance for lesson in self.lesson_of.values())

    @property
    def rooms(self) -> frozenset[LessonRoom]:
        """The rooms of which every platform is measured."""
        return frozenset.intersection(self.scheduled, *self.by_platform.values())

    @property
    def is_enough(self) -> bool:
        """Whether enough is measured for a figure of the hour."""
        return (
            count_classes(self.rooms) >= MIN_ROOMS
            and self.count_pupils(self.rooms) >= MIN_SCHOOL_PUPILS
        )

    def count_pupils(self, rooms: Collection[LessonRoom]) -> int:
        """Count the pupils in some of its rooms, at the least."""
        return count_pupils(rooms, self.scheduled, self.sizes)

    def rooms_of(self, layer: str, platform: str) -> frozenset[LessonRoom]:
        """Return the rooms that are measured.

        Args:
            layer: a released layer; empty for the whole school.
            platform: the platform; empty for every one.
        """
        rooms = self.by_platform.get(platform, frozenset()) if platform else self.rooms
        return _of_layer(rooms, layer)

    def scheduled_of(self, layer: str) -> frozenset[LessonRoom]:
        """Return the rooms of a layer, or of the whole school, that have a lesson."""
        return _of_layer(self.scheduled, layer)

    def both(self, other: "MeasuredHour") -> "MeasuredHour":
        """Return what is measured by both of two views of an hour, such as of its start and end.

        A room that has another lesson by now is not, nor one whose lesson has other times: what was
        seen before is dropped, or is of less than it seems.
        """
        allowed = self.allowed | other.allowed
        spans = {use.span for use in self.allowed} & {use.span for use in other.allowed}
        lesson_of = dict(self.lesson_of.items() & other.lesson_of.items())
        replaced = self.lesson_of.keys() - lesson_of.keys()
        return MeasuredHour(
            self.scheduled | other.scheduled,
            {
                platform: (rooms & other.by_platform.get(platform, frozenset())) - replaced
                for platform, rooms in self.by_platform.items()
            },
            lesson_of,
            allowed,
            self.changed | other.changed | {use for use in allowed if use.span not in spans},
            self.sizes,
            (self.placed & other.placed) - replaced,
        )


def measure_hour(
    hour: DatedPeriod,
    timetable: Timetable,
    exemptions: Exemptions,
    *,
    placed: PlacedRooms,
    layers: Layers,
    platforms: Collection[str],
    sizes: GroupSizes | None = None,
) -> MeasuredHour:
    """Find what is measured of a lesson hour, as things are known now."""
    time = TimeSpan(hour.start, hour.end)
    scheduled: set[LessonRoom] = set()
    measured: dict[str, set[LessonRoom]] = {platform: set() for platform in platforms}
    allowed: set[AllowedUse] = set()
    inside = _lessons_inside(hour, timetable)
    lesson_of: dict[LessonRoom, HeldLesson] = {}
    for room, lessons in inside.items():
        layer = layers.layer_of_groups(lessons[0].groups)
        groups = frozenset(lessons[0].groups or (lessons[0].instance,))
        lesson_room = LessonRoom(room, layers.released_layer(layer), groups)
        scheduled.add(lesson_room)
        lesson_of[lesson_room] = HeldLesson(lessons[0].instance, lessons[0].start, lessons[0].end)
        if room not in placed:
            continue
        for platform, rooms in measured.items():
            of_layers = {layer, *placed[room]}
            if not exemptions.touch(lessons, room, of_layers, platform, time):
                rooms.add(lesson_room)
                continue
            spans = exemptions.spans_by_leadership(room, of_layers, platform, time)
            allowed.update(AllowedUse(span, lesson_room, platform) for span in spans)
    return MeasuredHour(
        frozenset(scheduled),
        {platform: frozenset(rooms) for platform, rooms in measured.items()},
        lesson_of,
        frozenset(allowed),
        sizes=sizes,
        placed=frozenset(room for room in scheduled if room.room in placed),
    )


def _lessons_inside(hour: DatedPeriod, timetable: Timetable) -> Mapping[str, tuple[Lesson, ...]]:
    """Find the lessons of each room at the hour's fullest moment.

    A label can stand at lessons that are never held together: those outside the fullest moment, and
    those that go on far longer than most, would be counted by themselves when the floor is reached
    by others.
    """
    views = [_lessons_at(start, hour, timetable) for start in _starts(hour, timetable)]
    fullest = max(views, key=len, default={})
    if not fullest:
        return {}
    usual = median_low(_duration(lessons[0]) for lessons in fullest.values())
    return {
        room: lessons
        for room, lessons in fullest.items()
        if _duration(lessons[0]) <= MAX_LENGTH * usual
    }


def _starts(hour: DatedPeriod, timetable: Timetable) -> list[float]:
    starts = {
        lesson.start.timestamp()
        for lesson in timetable.lessons
        if lesson.is_held and lesson.rooms and lesson.period == hour.period
    }
    return sorted(start for start in starts if hour.start <= start < hour.end)


def _lessons_at(
    timestamp: float, hour: DatedPeriod, timetable: Timetable
) -> dict[str, tuple[Lesson, ...]]:
    at_room = {room: timetable.lessons_at(room, timestamp) for room in timetable.rooms}
    return {
        room: lessons
        for room, lessons in at_room.items()
        if lessons and lessons[0].period == hour.period
    }


def _duration(lesson: Lesson) -> float:
    return (lesson.end - lesson.start).total_seconds()


def _of_layer(rooms: frozenset[LessonRoom], layer: str) -> frozenset[LessonRoom]:
    return frozenset(room for room in rooms if room.layer == layer) if layer else rooms
