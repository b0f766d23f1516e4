"""A day's exact counts, with the caps on what one device can add to them.

The caps are what the noise is scaled to: whatever a device does, adding or removing it changes a
table by no more than its cap in one day. What is counted follows from the tables' declarations.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from math import inf
from types import MappingProxyType
from typing import NamedTuple

from monitor.release.tables import (
    DRAWN,
    CellValues,
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


@dataclass(slots=True)
class _DeviceDay:
    platforms: tuple[str, ...] = ()
    layer: str = ""
    hours: Counter[TableName] = field(default_factory=Counter)
    """Lesson hours that it has added to each table of lesson hours."""
    seen: Counter[str] = field(default_factory=Counter)
    """Connections that it opened, by the kind of visibility."""

    @property
    def values(self) -> Mapping[Dimension, tuple[str, ...]]:
        """What of each dimension the device was active in on this day."""
        return {
            Dimension.LAYER: (self.layer,) if self.layer else (),
            Dimension.PLATFORM: self.platforms,
        }


class DayCounts:
    """What all devices add to the tables of one day.

    Args:
        tables: what is counted.
        hours_spent: lesson hours that any of the devices may have added before.
    """

    def __init__(self, tables: Sequence[TableSpec] = DRAWN, *, hours_spent: int = 0) -> None:
        self._hourly = [table for table in tables if table.interval is ReleaseInterval.LESSON_HOUR]
        self._hours_spent: float = hours_spent
        self._devices: dict[int, _DeviceDay] = {}

    def can_count(self, table: TableSpec) -> bool:
        """Whether a device may still add a lesson hour to a table of lesson hours."""
        return self._hours_spent < table.cap

    def close(self) -> None:
        """End the day: no device adds anything to it any more."""
        self._hours_spent = inf
        self._devices = {}

    def exclude(self, device: int) -> None:
        """Forget a device, of which nothing is in the tables that have closed already."""
        self._devices.pop(device, None)

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
        for device, platforms, layer, seen in active:
            day = self._devices.setdefault(device, _DeviceDay())
            day.seen.update(seen)
            if not platforms:
                continue
            day.platforms = tuple(dict.fromkeys(day.platforms + platforms))
            day.layer = day.layer or layer
            for table in self._hourly if is_released else ():
                if self._hours_spent + day.hours[table.name] < table.cap:
                    values = _cells(table, {**day.values, Dimension.PERIOD: (period,)}, max_cells=1)
                    counted[table].update(values)
                    day.hours[table.name] += len(values)
        return counted

    def count(self, table: TableSpec) -> Counter[CellValues]:
        """Count devices for a table of a day or a week, or what their votes are worth."""
        if Dimension.EVIDENCE in table.dimensions:
            votes = Counter[CellValues]()
            for day in self._devices.values():
                for kind, worth in split_vote(day.seen, table.cap).items():
                    votes[kind,] += worth
            return votes
        return Counter(
            values
            for day in self._devices.values()
            if day.platforms
            for values in _cells(table, day.values, max_cells=table.cap)
        )


def _cells(
    table: TableSpec, values: Mapping[Dimension, tuple[str, ...]], *, max_cells: int
) -> list[CellValues]:
    """List the cells that one device adds to, no more than so many."""
    return list(islice(product(*(values[name] for name in table.dimensions)), max_cells))
