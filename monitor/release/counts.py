"""A day's exact counts, with the caps on what one device can add to them.

The caps are what the noise is scaled to: whatever a device does, adding or removing it changes a
table by no more than its cap in one day.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from monitor.release.tables import R1, R2, R3, R4


class ActiveDevice(NamedTuple):
    """A device that was active in one lesson hour."""

    device: int
    platforms: tuple[str, ...]
    """In the order in which it used them."""
    layer: str
    """Empty when it is not known."""
    sent: frozenset[str] = frozenset()
    """Those of the platforms to which it sent a photo, a film or a sound recording."""


@dataclass(slots=True)
class _DeviceDay:
    hours: int = 0
    platforms: tuple[str, ...] = ()
    layer: str = ""


class DayCounts:
    """What all devices add to the tables of one day."""

    def __init__(self, hours_cap: int = R1.cap) -> None:
        self._hours_cap = hours_cap
        self._devices: dict[int, _DeviceDay] = {}

    @property
    def can_count_hours(self) -> bool:
        """Whether a device may still add a lesson hour to R1."""
        return self._hours_cap > 0

    def add_hour(self, active: Iterable[ActiveDevice], *, is_released: bool) -> int:
        """Add a lesson hour's devices to the day, and give R1's count for the hour.

        Args:
            active: each device once.
            is_released: whether the hour has a figure of its own; one that has not uses up
                nobody's cap.
        """
        counted = 0
        for device, platforms, layer, _ in active:  # no released table has what is sent
            day = self._devices.setdefault(device, _DeviceDay())
            day.platforms = tuple(dict.fromkeys(day.platforms + platforms))
            day.layer = day.layer or layer
            if is_released and day.hours < self._hours_cap:
                day.hours += 1
                counted += 1
        return counted

    def platforms(self) -> Counter[str]:
        """Count devices by platform, for R2."""
        return Counter(
            platform for day in self._devices.values() for platform in day.platforms[: R2.cap]
        )

    def layers(self) -> Counter[str]:
        """Count devices by year layer, for R3."""
        return Counter(
            layer for day in self._devices.values() for layer in (day.layer,)[: R3.cap] if layer
        )

    def layer_platforms(self) -> Counter[tuple[str, str]]:
        """Count devices by year layer and platform, for the week's R4."""
        return Counter(
            (day.layer, platform)
            for day in self._devices.values()
            if day.layer
            for platform in day.platforms[: R4.cap]
        )
