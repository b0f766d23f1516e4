"""What every device does in the lessons that are going on; it ends when their hour closes."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from monitor.activity.attribution import Candidates
from monitor.activity.device_use import DeviceUse, UsedPlatform, is_with
from monitor.evidence import ConnectionKind
from monitor.exempt_use import ExemptUse
from monitor.locate import LessonUse
from monitor.release.day_counts import ActiveDevice
from monitor.snapshot import LessonFacts


@dataclass(slots=True)
class _OpenLesson:
    facts: LessonFacts
    devices: dict[int, DeviceUse] = field(default_factory=dict)
    exempt: dict[int, DeviceUse] = field(default_factory=dict)
    """What devices do under an exemption: apart, so that nothing else can come to know of it."""
    seen: dict[tuple[Candidates, ConnectionKind], dict[DeviceUse, int]] = field(
        default_factory=dict
    )
    """Connections that devices opened, for visibility: by platforms (none where they are with no
    platform) and by how they were recognised or hidden. The devices come last, because a lesson has
    more of them than of anything else: so it takes the least memory."""

    def add_connection(
        self, device: DeviceUse, candidates: Candidates, kind: ConnectionKind
    ) -> None:
        """Add a connection that a device opened."""
        key = (candidates, kind)
        opened = self.seen.get(key)
        if opened is None:
            opened = self.seen[key] = {}
        opened[device] = opened.get(device, 0) + 1

    def forget(self, platforms: Collection[str] | None) -> None:
        """Take what is, or may be, with these platforms to what is exempt; None means all."""
        for device, use in self.devices.items():
            if forgotten := use.forget(platforms):
                self.exempt.setdefault(device, DeviceUse()).add_forgotten(forgotten)
        for key in [*self.seen]:
            if is_with(key[0], platforms):
                del self.seen[key]

    def seen_by_device(self) -> dict[DeviceUse, Counter[str]]:
        """Add up the connections of each device by how they were recognised or hidden."""
        by_device = {device: Counter[str]() for device in self.devices.values()}
        for (_, kind), opened in self.seen.items():
            for device, count in opened.items():
                by_device[device][kind.value] += count
        return by_device


class HourOfDevices(NamedTuple):
    """What the lessons of an hour leave when they close."""

    active: Sequence[ActiveDevice]
    """Each device that was seen in them, once."""
    shared: Sequence[int]
    """Pseudonyms that were found to be of several devices, once for each lesson."""
    exempt: Collection[int] = ()
    """Each device that used a platform under an exemption in some of them, once."""


class OpenLessons:
    """The devices in the lessons of one day whose hour has not closed."""

    def __init__(self) -> None:
        self._lessons: dict[str, _OpenLesson] = {}
        self._shared: set[int] = set()
        """What was found today to be several devices: it is counted in no table any more."""

    def has(self, instance: str) -> bool:
        """Whether a lesson was opened, and its hour has not closed."""
        return instance in self._lessons

    def open(self, lesson: LessonFacts) -> None:
        """Begin to count in a lesson."""
        self._lessons[lesson.instance] = _OpenLesson(lesson)

    def count(self, use: LessonUse) -> bool:
        """Count what a device does in a lesson, and return whether the lesson is open."""
        lesson = self._lessons.get(use.lesson.instance)
        if lesson is None:
            return False
        device = lesson.devices.get(use.device)
        if device is None:
            device = lesson.devices[use.device] = DeviceUse(use.layer, is_staff=use.is_staff)
        elif device.is_staff and not use.is_staff:
            device.is_staff = False
        if not device.layer:
            device.layer = use.layer
        if use.origin is not None:
            device.add_origin(use.origin)
        match = use.match
        if use.kind is not None:
            lesson.add_connection(device, match.candidates if match else (), use.kind)
        if match is not None and use.dropped is None:
            device.connections += use.opens_connection
            device.add(match.candidates, match.role, use.timestamp, use.up, use.down)
        return True

    def count_exempt(self, use: ExemptUse) -> None:
        """Count what a device does under an exemption, in a lesson that is open."""
        lesson = self._lessons[use.lesson.instance]
        device = lesson.exempt.setdefault(use.device, DeviceUse())
        if use.origin is not None:
            device.add_origin(use.origin)
        device.connections += use.opens_connection
        device.add(use.match.candidates, use.match.role, use.timestamp, use.up, use.down)

    def forget(self, instance: str, platforms: Collection[str] | None) -> None:
        """Take what was counted of platforms in a lesson to what is exempt; None means all."""
        lesson = self._lessons.get(instance)
        if lesson is not None:
            lesson.forget(platforms)

    def is_one_device(self, device: int) -> bool:
        """Say whether nothing of today shows that several devices share a pseudonym.

        Other threads than the sensor's may call it.
        """
        if device in self._shared:
            return False
        uses = [lesson.devices.get(device) for lesson in list(self._lessons.values())]
        return all(use is None or use.is_one_device for use in uses)

    def close_hour(
        self, day: date, period: str, is_counted: Callable[[LessonFacts], bool]
    ) -> HourOfDevices:
        """Close the lessons of an hour.

        Args:
            day: the day of the hour.
            period: its label.
            is_counted: whether a lesson counts; what was seen in any other is dropped.
        """
        used: dict[int, list[UsedPlatform]] = {}
        seen: dict[int, Counter[str]] = {}
        layers: dict[int, str] = {}
        pupils: set[int] = set()
        shared: list[int] = []
        exempt: set[int] = set()
        # In the timetable's order: who was first in a lesson may decide nothing for others.
        for instance, lesson in sorted(self._lessons.items(), key=itemgetter(0)):
            if (lesson.facts.day, lesson.facts.period) != (day, period):
                continue
            del self._lessons[instance]
            if not is_counted(lesson.facts):
                continue
            exempt.update(_find_active(lesson.exempt))
            seen_by_device = lesson.seen_by_device()
            for device, use in lesson.devices.items():
                if not use.is_one_device:
                    shared.append(device)
                else:
                    platforms = list(use.used_platforms())
                    used.setdefault(device, []).extend(platforms)
                    seen.setdefault(device, Counter()).update(seen_by_device[use])
                    layers[device] = layers.get(device) or (use.layer if platforms else "")
                    if not use.is_staff:
                        pupils.add(device)
        self._shared.update(shared)
        active = [
            ActiveDevice(
                device,
                tuple(_in_order_of_use(used[device])),
                layer,
                seen[device],
                has_uploaded=any(platform.has_uploaded for platform in used[device]),
                is_staff=device not in pupils,
            )
            for device, layer in layers.items()
            if device not in self._shared
        ]
        return HourOfDevices(active, shared, exempt - self._shared)


def _find_active(uses: Mapping[int, DeviceUse]) -> Iterator[int]:
    """Yield the devices that used a platform, and are no more than one."""
    for device, use in uses.items():
        if use.is_one_device and next(use.used_platforms(), None) is not None:
            yield device


def _in_order_of_use(platforms: Collection[UsedPlatform]) -> dict[str, None]:
    return dict.fromkeys(platform.platform for platform in sorted(platforms))
