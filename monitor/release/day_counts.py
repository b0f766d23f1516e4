"""A day's exact counts, with the caps on what one device can add to them.

The caps are what the noise is scaled to: whatever a device does, adding or removing it changes a
table by no more than its cap in one day. What is counted follows from the tables' declarations.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from math import inf
from types import MappingProxyType
from typing import NamedTuple

from monitor.release.tables import (
    BEYOND,
    DRAWN,
    CellValues,
    Counted,
    Dimension,
    ReleaseInterval,
    TableName,
    TableSpec,
)
from monitor.release.visibility import split_vote


class ActiveDevice(NamedTuple):
    """A device that was seen in one lesson hour."""

    device: int
    platforms: tuple[str, ...]
    """In the order in which it used them; none when it was not active."""
    layer: str
    """Empty when it is not known."""
    seen: Mapping[str, int] = MappingProxyType({})
    """Connections that it opened, by the kind of visibility."""
    has_uploaded: bool = False
    """Whether it sent a photo, a film or sound."""
    is_staff: bool = False
    """Whether all that it did was at places of staff."""


type CountsIn = Callable[[str, str], Collection[str]]
"""Gives the lesson hours that count for a layer and a platform, both empty for all of them."""


@dataclass(slots=True)
class _DeviceDay:
    platforms: dict[str, set[str]] = field(default_factory=dict)
    """In the order in which it used them, each with its lesson hours."""
    layer: str = ""
    hours: Counter[TableName] = field(default_factory=Counter)
    """Lesson hours that it has added to each table of lesson hours."""
    released_hours: int = 0
    """Lesson hours with a figure that it was active in, also beyond a cap."""
    seen: dict[str, Counter[str]] = field(default_factory=dict)
    """Connections that it opened in each lesson hour, by the kind of visibility."""
    upload_hours: set[str] = field(default_factory=set)
    """Lesson hours in which it sent something."""
    is_staff: bool = True
    """Whether it was a pupil's at no time; else the tables by layer and visibility may have it."""

    @property
    def active_hours(self) -> set[str]:
        """The lesson hours in which it used a platform."""
        return set().union(*self.platforms.values())

    def platforms_in(self, layer: str, counts_in: CountsIn, *, by_platform: bool) -> list[str]:
        """List the platforms that count, which it used in a lesson hour that counts for them.

        Args:
            layer: the layer of the cell; empty for the whole school.
            counts_in: which hours count.
            by_platform: whether the cell is of one platform, rather than of any.
        """
        return [
            platform
            for platform, hours in self.platforms.items()
            if not hours.isdisjoint(counts_in(layer, platform if by_platform else ""))
        ]


class DayCounts:
    """What all devices add to the tables of one day.

    Args:
        tables: what is counted.
        hours_spent: lesson hours that any of the devices may have added before.
    """

    def __init__(self, tables: Sequence[TableSpec] = DRAWN, *, hours_spent: int = 0) -> None:
        self._caps = {table.name: table.cap for table in (*DRAWN, *tables)}
        self._hourly = [table for table in tables if table.interval is ReleaseInterval.LESSON_HOUR]
        self._hours_spent: float = hours_spent
        self._devices: dict[int, _DeviceDay] = {}
        self._exempt: dict[int, set[str]] = {}
        """The lesson hours in which devices used a platform under an exemption."""

    def can_count(self, table: TableSpec) -> bool:
        """Whether a device may still add a lesson hour to a table of lesson hours."""
        return self._hours_spent < table.cap

    def close(self) -> None:
        """End the day: no device adds anything to it any more."""
        self._hours_spent = inf
        self._devices = {}
        self._exempt = {}

    def exclude(self, device: int) -> None:
        """Forget a device, of which nothing is in the tables that have closed already."""
        self._devices.pop(device, None)
        self._exempt.pop(device, None)

    def add_exempt(self, period: str, devices: Iterable[int]) -> None:
        """Add the devices that used a platform under an exemption in a lesson hour."""
        for device in devices:
            self._exempt.setdefault(device, set()).add(period)

    def add_hour(
        self, period: str, active: Iterable[ActiveDevice], *, is_released: bool
    ) -> Mapping[TableSpec, Counter[CellValues]]:
        """Add a lesson hour's devices to the day, and return the hour's own counts.

        Args:
            period: the lesson hour.
            active: each device once.
            is_released: whether the hour has figures of its own; one that has not uses up
                nobody's cap.
        """
        counted: Mapping[TableSpec, Counter[CellValues]] = {
            table: Counter() for table in self._hourly
        }
        for device, platforms, layer, seen, has_uploaded, is_staff in active:
            day = self._devices.setdefault(device, _DeviceDay())
            day.seen.setdefault(period, Counter()).update(seen)
            day.is_staff = day.is_staff and is_staff
            if not platforms:
                continue
            if has_uploaded:
                day.upload_hours.add(period)
            for platform in platforms:
                day.platforms.setdefault(platform, set()).add(period)
            day.layer = day.layer or layer
            day.released_hours += is_released
            for table in self._hourly if is_released else ():
                if self._hours_spent + day.hours[table.name] < table.cap:
                    of_hour = {Dimension.PERIOD: (period,), Dimension.LAYER: _known(day.layer)}
                    values = _cells(table, of_hour, max_cells=1)
                    counted[table].update(values)
                    day.hours[table.name] += len(values)
        return counted

    def count(self, table: TableSpec, counts_in: CountsIn) -> Counter[CellValues]:
        """Count devices for a table of a day or a week, or what their votes are worth.

        Args:
            table: the table.
            counts_in: the lesson hours that count; what was done in any other is left out.
        """
        counted = Counter[CellValues]()
        if table.counted.has_one_cell:
            counts = set(counts_in("", ""))
            own_hours = self._hours_of(table.counted)
            counted[()] = sum(min(table.cap, len(own & counts)) for own in own_hours)
            return counted
        for day in self._devices.values():
            if table.beyond:
                counted.update(self._cell_beyond(table, table.beyond, day, counts_in))
            elif Dimension.EVIDENCE in table.dimensions:
                hours = counts_in("", "")
                seen = sum((day.seen[hour] for hour in hours if hour in day.seen), Counter[str]())
                for kind, worth in split_vote(seen, table.cap).items():
                    counted[kind,] += worth
            else:
                counted.update(_cells_of_day(table, day, counts_in))
        return counted

    def _hours_of(self, counted: Counted) -> Iterator[set[str]]:
        """Yield each device's lesson hours of which a table of one cell is."""
        match counted:
            case Counted.EXEMPT_USE:
                yield from self._exempt.values()
            case Counted.UPLOADS:
                yield from (day.upload_hours for day in self._devices.values())
            case Counted.STAFF_USE:
                yield from (day.active_hours for day in self._devices.values() if day.is_staff)
            case Counted.USE:
                raise ValueError("a table of use has cells")

    def _cell_beyond(
        self, table: TableSpec, other: TableName, day: _DeviceDay, counts_in: CountsIn
    ) -> list[CellValues]:
        """List by how much a device goes beyond the cap of another table, the most first."""
        if other is TableName.LESSON_HOURS:
            number = int(self._hours_spent) + day.released_hours if counts_in("", "") else 0
        else:
            number = len(day.platforms_in("", counts_in, by_platform=True))
        reached = BEYOND[: max(0, number - self._caps[other])]
        return _cells(table, {Dimension.BEYOND: reached[::-1]}, max_cells=table.cap)


def _cells_of_day(table: TableSpec, day: _DeviceDay, counts_in: CountsIn) -> list[CellValues]:
    by_platform = Dimension.PLATFORM in table.dimensions
    layer = day.layer if Dimension.LAYER in table.dimensions else ""
    platforms = tuple(day.platforms_in(layer, counts_in, by_platform=by_platform))
    if not platforms:
        return []
    values = {Dimension.LAYER: _known(day.layer), Dimension.PLATFORM: platforms}
    return _cells(table, values, max_cells=table.cap)


def _known(layer: str) -> tuple[str, ...]:
    return (layer,) if layer else ()


def _cells(
    table: TableSpec, values: Mapping[Dimension, tuple[str, ...]], *, max_cells: int
) -> list[CellValues]:
    """List the cells that one device adds to, no more than so many."""
    return list(islice(product(*(values[name] for name in table.dimensions)), max_cells))
