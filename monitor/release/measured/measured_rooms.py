"""Floors of what is measured: rooms that have a place, a lesson, and no exemption.

A floor on the roster alone would hold for a school of which all rooms but one are exempted, or have
no place. So what counts is which part of the lessons is measured, by the configuration, the
timetable and the exemptions. Traffic decides nothing here.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from monitor.release.layers import Layers
from monitor.release.tables import MIN_LAYER_PUPILS, MIN_ROOMS, MIN_SCHOOL_PUPILS
from schedules.exemption import Exemptions, TimeSpan
from schedules.timetable import DatedPeriod, Timetable

type PlacedRooms = Mapping[str, frozenset[str]]
"""The rooms that have a place, each with the year layers that the place itself is of."""


class LessonRoom(NamedTuple):
    """A room in a lesson hour, with the released layer of its lesson."""

    room: str
    layer: str


@dataclass(frozen=True, slots=True)
class MeasuredHour:
    """What is measured of a lesson hour."""

    scheduled: frozenset[LessonRoom]
    """The rooms that have a lesson."""
    by_platform: Mapping[str, frozenset[LessonRoom]]
    """Those of which a platform is measured for the whole hour."""

    @property
    def rooms(self) -> frozenset[LessonRoom]:
        """The rooms of which every platform is measured."""
        return frozenset.intersection(self.scheduled, *self.by_platform.values())

    @property
    def is_enough(self) -> bool:
        """Whether there are enough of them for a figure of the hour."""
        return len(self.rooms) >= MIN_ROOMS

    def both(self, other: "MeasuredHour") -> "MeasuredHour":
        """Return what is measured by both of two views of an hour, of its start and of its end."""
        return MeasuredHour(
            self.scheduled | other.scheduled,
            {
                platform: rooms & other.by_platform.get(platform, frozenset())
                for platform, rooms in self.by_platform.items()
            },
        )


def measure_hour(
    hour: DatedPeriod,
    timetable: Timetable,
    exemptions: Exemptions,
    *,
    placed: PlacedRooms,
    layers: Layers,
    platforms: Collection[str],
) -> MeasuredHour:
    """Find what is measured of a lesson hour, as things are known now."""
    time = TimeSpan(hour.start, hour.end)
    scheduled: set[LessonRoom] = set()
    measured: dict[str, set[LessonRoom]] = {platform: set() for platform in platforms}
    for room in timetable.rooms:
        lessons = timetable.lessons_at(room, (hour.start + hour.end) / 2)
        if not lessons or lessons[0].period != hour.period:
            continue
        layer = layers.layer_of_groups(lessons[0].groups)
        lesson_room = LessonRoom(room, layers.released_layer(layer))
        scheduled.add(lesson_room)
        if room not in placed:
            continue
        for platform, rooms in measured.items():
            if not exemptions.touch(lessons, room, {layer, *placed[room]}, platform, time):
                rooms.add(lesson_room)
    return MeasuredHour(
        frozenset(scheduled), {platform: frozenset(rooms) for platform, rooms in measured.items()}
    )


@dataclass(slots=True)
class MeasuredDay:
    """What is measured of a day: in which part of the rooms that have a lesson at the same time.

    Whoever is not measured in one lesson hour is in another, so the best hour of the day counts.
    """

    layers: Layers
    _scheduled: dict[str, int] = field(default_factory=dict)
    """Rooms in the fullest hour, by released layer; the whole school's under an empty name."""
    _measured: dict[tuple[str, str], int] = field(default_factory=dict)
    """Rooms that are measured in the best hour, by layer and platform; an empty platform is every
    one."""

    def add(self, hour: MeasuredHour) -> None:
        """Add a lesson hour."""
        for layer, count in _count_by_layer(hour.scheduled).items():
            self._scheduled[layer] = max(count, self._scheduled.get(layer, 0))
        for platform, rooms in (*hour.by_platform.items(), ("", hour.rooms)):
            for layer, count in _count_by_layer(rooms).items():
                key = layer, platform
                self._measured[key] = max(count, self._measured.get(key, 0))

    def is_enough(self, layer: str = "", platform: str = "") -> bool:
        """Say whether what is measured is of enough pupils.

        Args:
            layer: a released layer; empty for the whole school.
            platform: the platform; empty for all together.
        """
        scheduled = self._scheduled.get(layer, 0)
        measured = self._measured.get((layer, platform), 0)
        pupils = self.layers.pupils_of(layer) if layer else self.layers.pupils
        floor = MIN_LAYER_PUPILS if layer else MIN_SCHOOL_PUPILS
        return bool(scheduled) and pupils * measured >= floor * scheduled


def _count_by_layer(rooms: Collection[LessonRoom]) -> Counter[str]:
    """Count rooms by layer, and under an empty name all of them."""
    counts = Counter(room.layer for room in rooms if room.layer)
    counts[""] = len(rooms)
    return counts
