"""Which lesson hours of a day count for a layer and a platform: those of which enough is measured.

A day is not judged by its best hour alone. Whoever exempts all rooms but one in every other hour
would have one class in those.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from monitor.release.layers import Layers
from monitor.release.measured.measured_hour import MeasuredHour
from monitor.release.measured.pupils import GroupSizes, RoomsOfHour, count_pupils_apart
from monitor.release.tables import MIN_LAYER_PUPILS, MIN_SCHOOL_PUPILS

SMALL_HOUR = 2
"""The floor is divided by it in an hour of which most is measured: some have no lesson then."""
MOST = 3, 4
"""Three rooms in four."""


@dataclass(frozen=True, slots=True)
class CountedHours:
    """The hours of a day that count for a layer and a platform."""

    periods: frozenset[str]
    is_enough: bool
    """Whether they reach the floor: otherwise the day has no figure."""


class _PupilsOfHour(NamedTuple):
    declared: int
    """By what is declared."""
    taught: int
    """By the groups that are taught."""
    rooms: RoomsOfHour

    @property
    def pupils(self) -> int:
        """The smaller of both."""
        return min(self.declared, self.taught)


@dataclass
class MeasuredDay:
    """What is measured of a day.

    Args:
        layers: the school's year layers.
    """

    layers: Layers
    _hours: dict[str, MeasuredHour] = field(default_factory=dict)
    _known: dict[tuple[str, str], CountedHours] = field(default_factory=dict)

    def add(self, period: str, hour: MeasuredHour) -> None:
        """Add a lesson hour."""
        self._hours[period] = hour
        self._known.clear()

    def counted_hours(self, layer: str = "", platform: str = "") -> CountedHours:
        """Return the hours that count.

        Args:
            layer: a released layer; empty for the whole school.
            platform: the platform; empty for all together.
        """
        if (layer, platform) not in self._known:
            self._known[layer, platform] = self._count_hours(layer, platform)
        return self._known[layer, platform]

    def placed_hours(self) -> CountedHours:
        """Return the hours that count for what is exempt: by the rooms that have a place."""
        hours = {
            period: replace(hour, by_platform={"": hour.placed})
            for period, hour in self._hours.items()
        }
        return MeasuredDay(self.layers, hours).counted_hours()

    def is_enough(self, layer: str = "", platform: str = "") -> bool:
        """Say whether what is measured is of enough pupils for a figure of the day."""
        return self.counted_hours(layer, platform).is_enough

    def _count_hours(self, layer: str, platform: str) -> CountedHours:
        floor = MIN_LAYER_PUPILS if layer else MIN_SCHOOL_PUPILS
        hours = dict(self._counted(layer, platform, floor))
        is_enough = any(hour.pupils >= floor for hour in hours.values()) or (
            # Where some are free in each hour, none may have them all.
            any(hour.declared >= floor for hour in hours.values())
            and count_pupils_apart([hour.rooms for hour in hours.values()], self._sizes) >= floor
        )
        return CountedHours(frozenset(hours), is_enough)

    @property
    def _sizes(self) -> GroupSizes | None:
        return next((hour.sizes for hour in self._hours.values()), None)

    def _counted(
        self, layer: str, platform: str, floor: int
    ) -> Iterator[tuple[str, _PupilsOfHour]]:
        """Yield each hour that counts, with how many pupils are measured in it at the least."""
        declared = self.layers.pupils_of(layer) if layer else self.layers.pupils
        fullest = max((len(hour.scheduled_of(layer)) for hour in self._hours.values()), default=0)
        for period, hour in self._hours.items():
            rooms, scheduled = hour.rooms_of(layer, platform), hour.scheduled_of(layer)
            if not rooms:
                continue
            found = _PupilsOfHour(
                declared * len(rooms) // fullest,
                hour.count_pupils(rooms),
                RoomsOfHour(scheduled, rooms),
            )
            share, of = MOST
            is_most = of * len(rooms) >= share * len(scheduled)
            if found.pupils >= floor or (is_most and SMALL_HOUR * found.pupils >= floor):
                yield period, found
