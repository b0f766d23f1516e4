"""One device that looks at itself: what is recognised of it from the moment that it looks.

The sensor's thread gives it sightings and nothing else; the page's thread holds them as the core
does, with the core's own functions, but in counts that are this look's alone. They go with it.
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
from monitor.health import Health
from monitor.identity import DayKey
from monitor.locate import DropReason, LessonUse, locate, locate_client
from monitor.place import Place
from monitor.places.bindings import BindingSource
from monitor.sighting import Sighting
from schedules.pause import is_paused

MOST_WAITING = 256
"""Sightings that wait to be shown; when there are more, the oldest are not."""
LOOKS_BACK = 31.0
"""Seconds: a sighting of a connection that is open tells of at most as much before it."""


class Ending(StrEnum):
    """Why a device does not, or no longer, see itself."""

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


class Line(NamedTuple):
    """One sighting of a platform."""

    moment: float
    hostname: str
    match: Match
    evidence: Evidence
    opens: bool
    carried: int
    """Bytes up and down."""
    dropped: DropReason | None
    """Why it is not counted; None: it is held in a lesson."""
    is_active: bool
    """Whether it was held, and the device is active on the platform by now."""


class Overview(NamedTuple):
    """Where the device is, and all that was seen of it since it looks."""

    place: Place | None
    period: str
    """The lesson hour in which a lesson is held there; empty when none is."""
    lesson_ends: float
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
    """Whether measuring is interrupted: then nothing is seen, here neither."""


type _Session = tuple[BindingSource, bytes] | None


class Look:
    """From the moment that a device opens the page until it closes it.

    Args:
        core: of the sensor; it is asked, and never changed.
        client: the packed address from which the page was opened.
        moment: when, by the sensor's clock.
        browser: what the browser calls itself.
    """

    def __init__(self, core: Core, client: bytes, moment: float, browser: str = "") -> None:
        self.ending: Ending | None = None
        self.browser = browser
        self._core = core
        self._client = client
        self._began = moment
        self._exemptions = core.snapshot.exemptions
        self._session = self._session_of(client, moment)
        self.device = self._device(moment)
        """The address that names the device, for as long as it looks."""
        self._key = DayKey(datetime.fromtimestamp(moment, core.snapshot.zone).date())
        self._health = Health()
        self._seen = DeviceUse()
        """How many connections to platforms it opened, in lessons and outside them."""
        self._lessons: dict[str, DeviceUse] = {}
        self._active: dict[str, frozenset[str]] = {}
        self._waiting: deque[Sighting] = deque(maxlen=MOST_WAITING)
        self._given = 0
        self._taken = 0

    def give(self, sighting: Sighting) -> None:
        """Let a sighting of the device wait; for the sensor's thread."""
        self._waiting.append(sighting)
        self._given += 1

    def take(self, moment: float) -> list[Line]:
        """Hold what waits, and give what is to be shown of it; `ending` may be set by it."""
        if self._device(moment) != self.device or not self._is_its_own(self._client, moment):
            self.ending = self.ending or Ending.MOVED
        taken = [(one, self._recognise(one), self._hold(one)) for one in self._own_sightings()]
        if not self._seen.is_one_device:
            self.ending = Ending.SHARED
            return []
        self._forget()
        self._judge()
        return [self._line(one, match, outcome) for one, match, outcome in taken if match]

    def overview(self, moment: float) -> Overview:
        """Say where the device is now, and what was seen of it."""
        snapshot = self._core.snapshot
        place, _ = locate_client(self._client, moment, snapshot.prefixes, self._core.bindings)
        lessons = snapshot.timetable.lessons_at(place.room, moment) if place else ()
        self._health.publish()
        evidence = {how: count for how, count in self._health.evidence.items() if count}
        return Overview(
            place=place,
            period=lessons[0].period if lessons else "",
            lesson_ends=lessons[0].end.timestamp() if lessons else 0.0,
            active=tuple(sorted(self._active.get(lessons[0].instance, ()))) if lessons else (),
            connections=sum(evidence.values()),
            to_platforms=self._seen.connections,
            evidence=evidence,
            hidden={how: count for how, count in self._health.hidden.items() if count},
            missed=max(0, self._given - self._taken - len(self._waiting)),
            is_paused=is_paused(snapshot.pauses, moment),
        )

    def _own_sightings(self) -> Iterator[Sighting]:
        """Take what waits, up to what may be another's, and leave out what tells of before."""
        while self.ending is None and self._waiting:
            sighting = self._waiting.popleft()
            self._taken += 1
            if not self._is_its_own(sighting.client, sighting.timestamp):
                self.ending = Ending.MOVED
            elif not self._is_of_before(sighting) and not self._is_in_pause(sighting):
                yield sighting

    def _is_its_own(self, client: bytes, moment: float) -> bool:
        return self._session_of(client, moment) == self._session

    def _is_in_pause(self, sighting: Sighting) -> bool:
        return is_paused(self._core.snapshot.pauses, sighting.timestamp)

    def _is_of_before(self, sighting: Sighting) -> bool:
        """Whether it tells, or may tell, of what was before the page was opened."""
        # A name that did not come is given up after as long as an open connection is silent about.
        was_given_up = sighting.evidence is Evidence.HIDDEN and sighting.hiding_method is None
        looks_back = LOOKS_BACK if was_given_up or not sighting.opens_connection else 0.0
        return sighting.timestamp < self._began + looks_back

    def _recognise(self, sighting: Sighting) -> Match | None:
        if sighting.evidence is Evidence.HIDDEN:
            return None
        match = self._core.snapshot.catalogue.recognise(sighting.hostname, sighting.cname)
        if match is not None:
            self._seen.connections += sighting.opens_connection
        return match

    def _hold(self, sighting: Sighting) -> LessonUse | DropReason:
        """Hold a sighting as `Core.see` does, in counts of the look's own."""
        use = locate(sighting, self._core.snapshot, self._core.bindings, self._key, self._health)
        if not isinstance(use, DropReason):
            device = self._lessons.setdefault(use.lesson.instance, DeviceUse())
            device.add(use.candidates, use.role, use.timestamp, use.up, use.down)
            self._active.pop(use.lesson.instance, None)
        return use

    def _forget(self) -> None:
        """Drop what a new exemption covers from the start of its lesson, as the core does."""
        before, self._exemptions = self._exemptions, self._core.snapshot.exemptions
        if before is self._exemptions:
            return
        for instance, platforms in self._exemptions.newly_retroactive(before):
            for record in self._core.recorded_lessons(instance):
                if record in self._lessons:
                    self._lessons[record].forget(platforms)
                    self._active.pop(record, None)

    def _judge(self) -> None:
        """Say anew on what the device is active, in each lesson of which more was seen."""
        for instance, device in self._lessons.items():
            if instance not in self._active:
                # To judge uses up what is judged.
                used = deepcopy(device).used_platforms()
                self._active[instance] = frozenset(use.platform for use in used)

    def _line(self, sighting: Sighting, match: Match, outcome: LessonUse | DropReason) -> Line:
        dropped = outcome if isinstance(outcome, DropReason) else None
        active = () if isinstance(outcome, DropReason) else self._active[outcome.lesson.instance]
        return Line(
            moment=sighting.timestamp,
            hostname=sighting.hostname,
            match=match,
            evidence=sighting.evidence,
            opens=sighting.opens_connection,
            carried=sighting.up + sighting.down,
            dropped=dropped,
            is_active=any(platform in active for platform in match.candidates),
        )

    def _device(self, moment: float) -> bytes:
        snapshot, bindings = self._core.snapshot, self._core.bindings
        return locate_client(self._client, moment, snapshot.prefixes, bindings)[1]

    def _session_of(self, client: bytes, moment: float) -> _Session:
        bound = self._core.bindings.find(client, moment)
        return (bound.source, bound.session) if bound else None
