"""The session of one device that sees itself: what is recognised of it while its page is open.

The sensor's thread queues its sightings and does nothing else. The page's thread judges them as the
core does, with the core's own functions, but in counts of the session's own, which end with it.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from monitor.activity.device_use import DeviceUse
from monitor.catalogue import Match
from monitor.core import Core
from monitor.evidence import Evidence, HidingMethod
from monitor.identity import DayKey
from monitor.locate import DropReason, LessonUse, locate, locate_client
from monitor.own_device.seen_connections import SeenConnections
from monitor.place import Place, plain_address
from monitor.sighting import Sighting
from schedules.pause import is_paused

MAX_QUEUED = 256
"""Sightings in the queue; when there are more, the oldest are not shown."""
MAX_REPORT_INTERVAL = 31.0
"""Seconds before a sighting of an open connection that its bytes may come from, at most."""


class EndReason(StrEnum):
    """Why a device may not, or no longer, see itself."""

    PROXIED = "proxied"
    """It asks through a proxy, which hides its address."""
    SHARED = "shared"
    """There are several devices behind its address."""
    HERE = "here"
    """It asks from the sensor's own machine, which no place knows."""
    FULL = "full"
    MOVED = "moved"
    """Its address may be another device's by now."""
    REPLACED = "replaced"
    """It has opened the page anew."""
    OVER = "over"
    """The time is up."""


class SightingLine(NamedTuple):
    """One sighting of a platform."""

    timestamp: float
    hostname: str
    match: Match
    evidence: Evidence
    opens_connection: bool
    bytes_carried: int
    """Bytes up and down."""
    drop_reason: DropReason | None
    """Why it is not counted; None where it is counted in a lesson."""
    is_active: bool
    """Whether it was counted, and the device is active on the platform by now."""


class DeviceOverview(NamedTuple):
    """Where the device is, and all that was seen of it in this session."""

    place: Place | None
    period: str
    """The lesson hour in which a lesson is held there; empty when none is."""
    lesson_end: float
    active: tuple[str, ...]
    """Platforms on which it is active in that lesson."""
    connections: int
    to_platforms: int
    evidence: Mapping[Evidence, int]
    """Connections of any kind."""
    hidden: Mapping[HidingMethod, int]
    missed: int
    """Sightings that came faster than they could be shown."""
    is_paused: bool = False
    """Whether measuring is paused: then nothing is seen here either."""
    is_on_trial: bool = False
    """Whether the school has not approved of counting yet: all is seen here, and nothing counts."""


class DeviceSession:
    """One device's view of itself, from when it opens the page until it closes it.

    Args:
        core: of the sensor; it is only read.
        address: the packed address from which the page was opened.
        timestamp: when, by the sensor's clock.
        browser: what the browser calls itself.
    """

    def __init__(self, core: Core, address: bytes, timestamp: float, browser: str = "") -> None:
        self.end_reason: EndReason | None = None
        self.browser = browser
        self._core = core
        self._address = plain_address(address)
        self._began = timestamp
        self._exemptions = core.snapshot.exemptions
        self._binding_session = core.bindings.session_of(address, timestamp)
        self._hardware = core.bindings.observed_hardware_of(address, timestamp)
        """The name of the device's MAC address, as the network saw it of exactly this address:
        never by a prefix, which may be a neighbour's too. Empty until it is known."""
        self._told = core.bindings.hardware_of(address, timestamp)
        """The same, or as DHCP was told; it only shows when the address is another's."""
        self.names = tuple(filter(None, (self._address, self._hardware)))
        """What the device's sightings are known by."""
        self._key = DayKey(datetime.fromtimestamp(timestamp, core.snapshot.zone).date())
        self._seen = SeenConnections()
        self._contacts = DeviceUse()
        """How many connections to platforms it opened, in lessons and outside them."""
        self._lessons: dict[str, DeviceUse] = {}
        self._active: dict[str, frozenset[str]] = {}
        self._queue: deque[Sighting] = deque(maxlen=MAX_QUEUED)
        self._queued = 0
        self._taken = 0

    def queue_sighting(self, sighting: Sighting) -> None:
        """Queue a sighting of the device; called by the sensor's thread."""
        self._queue.append(sighting)
        self._queued += 1

    def new_lines(self, timestamp: float) -> list[SightingLine]:
        """Judge the queued sightings, and return the lines to show; this may set `end_reason`."""
        if not self._has_address(timestamp):
            self.end_reason = self.end_reason or EndReason.MOVED
        judged = [
            (sighting, self._recognise(sighting), self._count_use(sighting))
            for sighting in self._take_sightings()
        ]
        if not self._contacts.is_one_device:
            self.end_reason = EndReason.SHARED
            return []
        self._forget_exempted()
        self._judge_lessons()
        return [self._line(sighting, match, use) for sighting, match, use in judged if match]

    def overview(self, timestamp: float) -> DeviceOverview:
        """Return where the device is now, and what was seen of it."""
        snapshot = self._core.snapshot
        place, _ = locate_client(
            self._address, self._hardware, timestamp, snapshot, self._core.bindings
        )
        lessons = snapshot.timetable.lessons_at(place.room, timestamp) if place else ()
        return DeviceOverview(
            place=place,
            period=lessons[0].period if lessons else "",
            lesson_end=lessons[0].end.timestamp() if lessons else 0.0,
            active=tuple(sorted(self._active.get(lessons[0].instance, ()))) if lessons else (),
            connections=self._seen.evidence.total(),
            to_platforms=self._contacts.connections,
            evidence=dict(self._seen.evidence),
            hidden=dict(self._seen.hidden),
            missed=max(0, self._queued - self._taken - len(self._queue)),
            is_paused=is_paused(snapshot.pauses, timestamp),
            is_on_trial=snapshot.is_on_trial,
        )

    def _take_sightings(self) -> Iterator[Sighting]:
        """Yield the queued sightings of this device that are not of before the session."""
        while self.end_reason is None and self._queue:
            sighting = self._queue.popleft()
            self._taken += 1
            if not self._is_its_own(sighting):
                self.end_reason = EndReason.MOVED
            elif not self._may_be_of_before(sighting) and not self._is_in_pause(sighting):
                yield sighting

    def _is_its_own(self, sighting: Sighting) -> bool:
        """Say whether a sighting is still this device's: its frame says so, or else its address."""
        if sighting.hardware:
            self._hardware = self._hardware or sighting.hardware
            return sighting.hardware == self._hardware
        if plain_address(sighting.client) == self._address:
            return self._has_address(sighting.timestamp)
        seen = self._core.bindings.observed_hardware_of(sighting.client, sighting.timestamp)
        return bool(seen) and seen == self._hardware

    def _has_address(self, timestamp: float) -> bool:
        """Say whether nothing tells that the address is another device's by now."""
        bindings = self._core.bindings
        told = bindings.hardware_of(self._address, timestamp)
        seen = bindings.observed_hardware_of(self._address, timestamp)
        self._told, self._hardware = self._told or told, self._hardware or seen
        return (
            told in {b"", self._told, self._hardware}
            and seen in {b"", self._hardware}
            and bindings.session_of(self._address, timestamp) == self._binding_session
        )

    def _is_in_pause(self, sighting: Sighting) -> bool:
        return is_paused(self._core.snapshot.pauses, sighting.timestamp)

    def _may_be_of_before(self, sighting: Sighting) -> bool:
        """Say whether a sighting is, or may be, of before the page was opened."""
        # A name that did not come is given up after as long as an open connection is silent about.
        was_given_up = sighting.evidence is Evidence.HIDDEN and sighting.hiding_method is None
        before = MAX_REPORT_INTERVAL if was_given_up or not sighting.opens_connection else 0.0
        return sighting.timestamp < self._began + before

    def _recognise(self, sighting: Sighting) -> Match | None:
        if sighting.evidence is Evidence.HIDDEN:
            return None
        match = self._core.snapshot.catalogue.recognise(sighting.hostname, sighting.cname)
        if match is not None:
            self._contacts.connections += sighting.opens_connection
        return match

    def _count_use(self, sighting: Sighting) -> LessonUse | DropReason:
        """Count a sighting as `Core.receive_sighting` does, in the session's own counts."""
        use = locate(sighting, self._core.snapshot, self._core.bindings, self._key, self._seen)
        if isinstance(use, DropReason):
            return use
        match = use.match
        if match is not None and use.dropped is None:
            device = self._lessons.setdefault(use.lesson.instance, DeviceUse())
            device.add(match.candidates, match.role, use.timestamp, use.up, use.down)
            self._active.pop(use.lesson.instance, None)
        return use

    def _forget_exempted(self) -> None:
        """Drop what a new exemption covers from the start of its lesson, as the core does."""
        before, self._exemptions = self._exemptions, self._core.snapshot.exemptions
        if before is self._exemptions:
            return
        for instance, platforms in self._exemptions.newly_retroactive(before):
            for recorded in self._core.recorded_lessons(instance):
                if recorded in self._lessons:
                    self._lessons[recorded].forget(platforms)
                    self._active.pop(recorded, None)

    def _judge_lessons(self) -> None:
        """Judge the lessons anew of which more was seen."""
        for instance, device in self._lessons.items():
            if instance not in self._active:
                # Judging changes what is judged.
                used = deepcopy(device).used_platforms()
                self._active[instance] = frozenset(use.platform for use in used)

    def _line(self, sighting: Sighting, match: Match, use: LessonUse | DropReason) -> SightingLine:
        drop_reason = use if isinstance(use, DropReason) else use.dropped
        active = (
            self._active[use.lesson.instance]
            if isinstance(use, LessonUse) and use.dropped is None
            else frozenset()
        )
        return SightingLine(
            timestamp=sighting.timestamp,
            hostname=sighting.hostname,
            match=match,
            evidence=sighting.evidence,
            opens_connection=sighting.opens_connection,
            bytes_carried=sighting.up + sighting.down,
            drop_reason=drop_reason,
            is_active=any(platform in active for platform in match.candidates),
        )
