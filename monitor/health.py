"""The health of Lesrust itself: for the administrator, on an endpoint of its own.

Counts are of all connections, whatever they lead to. They are published once an hour, of the hour
before, in two digits and from a floor on: nobody sees in them what one device does, or that it is
there. What counts only faults of our own is shown as it is.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf
from typing import Protocol

from monitor.evidence import Evidence, HidingMethod

PUBLISH_INTERVAL = 3600.0
"""Seconds between two publications, on the hour."""
MAGNITUDES = (0, 1, 10, 100)
"""Of errors it is told whether there are none, or so many or more."""


@dataclass(frozen=True, slots=True)
class HealthFloors:
    """How many there are in an hour at least, before a number is told."""

    connections: int = 1_000
    """Connections, all together: an hour with fewer has none of any kind."""
    kind: int = 100
    """Connections of one kind, of unknown places, of devices without a name; packets dropped."""
    messages: int = 100
    """Messages of a feed with one outcome; and of any, for the feed to have been heard. One device
    whose session is updated each minute sends 60."""
    shared: int = 5
    """Devices that turned out to be several: only that there are some is told."""


FLOORS = HealthFloors()
NO_FLOORS = HealthFloors(connections=0, kind=0, messages=1, shared=1)
"""For a capture, which its owner has anyway."""
HOURLY_COUNTS = (
    "unknown_place",
    "unnamed",
    "dropped_packets",
    "addon_errors",
    "shared_addresses",
)


class FeedOutcome(StrEnum):
    """What became of a message, a line or a lease of a feed of places."""

    TAKEN = "taken"
    MALFORMED = "malformed"
    NOT_TRUSTED = "not_trusted"
    """An unknown sender, a wrong secret, or a wrong authenticator."""
    WITHOUT_AUTHENTICATOR = "without_authenticator"
    """Signed, but by no Message-Authenticator, which its sender has to send."""
    OVER_BUDGET = "over_budget"
    """More than is read of one sender, or of all, in that time."""
    REPEATED = "repeated"
    WITHOUT_ADDRESS = "without_address"
    WITHOUT_ROOM = "without_room"
    """The attachment map has no line for what the client is attached to."""
    WITHOUT_NAME = "without_name"
    """A lease of an IPv6 address that does not say which device has it."""
    NAMES_SOMEONE = "names_someone"
    """It still had a user name or a MAC address in it, which was dropped."""
    CLOCK_DIFFERS = "clock_differs"
    IGNORED = "ignored"
    """Of a kind that does not say where anybody is."""


class FeedStatus(Protocol):
    """What a feed of places reports of itself."""

    name: str
    """As its counts are labelled: `radius`, `kea`."""
    counts: Counter[FeedOutcome]
    is_asked: bool
    """Whether it answers when it is asked, also where nothing is new: that it was heard tells of no
    device then."""
    heard_at: float
    """When it last heard anything, in seconds since 1970-01-01 UTC; 0 for never."""


class ConnectionCounter(Protocol):
    """Counts what `locate` sees of connections."""

    def count_connection(self, evidence: Evidence, *, place_is_known: bool) -> None:
        """Count a connection by how its name was learned, and whether its place is known."""

    def count_hidden_connection(self, method: HidingMethod) -> None:
        """Count a connection that hides where it goes, or leads to a server that hides others."""

    def count_unnamed(self) -> None:
        """Count a sighting in a lesson of a device that nothing names; it is counted nowhere."""


@dataclass(frozen=True, slots=True)
class PublishedCounts:
    """Counts of the last whole hour, coarse."""

    evidence: Mapping[Evidence, int]
    """Connections, by how their name was learned."""
    hidden: Mapping[HidingMethod, int]
    """Connections that hide, by method."""
    counts: Mapping[str, int]
    feeds: Mapping[str, Mapping[FeedOutcome, int]]
    """What became of each feed's messages."""
    heard_at: Mapping[str, float]
    """The end of the last hour in which each feed was heard, in seconds since 1970-01-01 UTC: by
    enough messages, or because it answers anyway."""


@dataclass(frozen=True, slots=True)
class SourceFreshness:
    """When one source of the timetable was last read whole."""

    name: str
    is_server: bool
    """Whether a server is asked every few minutes; else a file is written now and then."""
    read_at: float
    """Seconds since 1970-01-01 UTC; 0 for never."""


class Health:
    """What one sensor process counts of itself.

    Args:
        floors: below which no number is told.
        interval: seconds between two publications; infinite for whatever runs after the fact.
    """

    def __init__(self, floors: HealthFloors = FLOORS, interval: float = PUBLISH_INTERVAL) -> None:
        self._floors = floors
        self._interval = interval
        self._faults = Counter(release_failures=0, snapshot_failures=0, feed_failures=0)
        self.snapshot_read_at = 0.0
        """When the schedules were last read from the store, by the sensor's clock."""
        self.unconfirmed_settings = 0
        self.is_on_trial = False
        self.feeds: Sequence[FeedStatus] = ()
        """The feeds of places, each with its own counts."""
        self.sources: Sequence[SourceFreshness] = ()
        """The configured sources of the timetable, as the store had them at most a minute ago."""
        self.watermark = 0.0
        """Up to when the core has seen everything, by the sensor's clock."""
        self._first_tick = 0.0
        self._heard_at: dict[str, float] = {}
        self._feeds_before: dict[str, Counter[FeedOutcome]] = {}
        self._begin_period()
        self.published = PublishedCounts(
            evidence=dict.fromkeys(Evidence, 0),
            hidden=dict.fromkeys(HidingMethod, 0),
            counts=dict.fromkeys(HOURLY_COUNTS, 0),
            feeds={},
            heard_at={},
        )

    def count_connection(self, evidence: Evidence, *, place_is_known: bool) -> None:
        """Count a connection by how its name was learned, and whether its place is known."""
        self._evidence[evidence] += 1
        if not place_is_known:
            self._counts["unknown_place"] += 1

    def count_hidden_connection(self, method: HidingMethod) -> None:
        """Count a connection that hides where it goes, or leads to a server that hides others."""
        self._hidden[method] += 1

    def count_unnamed(self) -> None:
        """Count a sighting in a lesson of a device that nothing names; it is counted nowhere."""
        self._counts["unnamed"] += 1

    def count_dropped_packets(self, packets: int) -> None:
        """Count packets that came faster than a passive sensor read them."""
        self._counts["dropped_packets"] += packets

    def count_addon_error(self) -> None:
        """Count an error in a sensor; what the error was is not kept."""
        self._counts["addon_errors"] += 1

    def count_shared_address(self) -> None:
        """Count what turned out to be several devices in a lesson; it is left out."""
        self._counts["shared_addresses"] += 1

    def count_release_failure(self) -> None:
        """Count a release that the store did not take; it is tried again."""
        self._faults["release_failures"] += 1

    def count_snapshot_failure(self) -> None:
        """Count a time that timetable and exemptions could not be read; the last ones stay."""
        self._faults["snapshot_failures"] += 1

    def count_feed_failure(self) -> None:
        """Count a time that RADIUS or DHCP could not be read; it is asked again."""
        self._faults["feed_failures"] += 1

    def tick(self, timestamp: float) -> None:
        """Note how far the core is, and publish the counts of an hour when it is over."""
        before, self.watermark = self.watermark, timestamp
        if not self._first_tick:
            self._first_tick = timestamp
        elif before // self._interval != timestamp // self._interval:
            self.publish()

    def publish(self) -> None:
        """Publish the counts now, and begin anew; for whatever runs after the fact."""
        floors = self._floors
        kind = floors.kind if sum(self._evidence.values()) >= floors.connections else inf
        counts = {name: coarse(self._counts[name], floors.kind) for name in HOURLY_COUNTS}
        counts["addon_errors"] = magnitude(self._counts["addon_errors"])
        counts["shared_addresses"] = int(self._counts["shared_addresses"] >= floors.shared)
        messages = {feed.name: self._messages_of(feed) for feed in self.feeds}
        for feed, outcomes in zip(self.feeds, messages.values(), strict=True):
            if outcomes.total() >= floors.messages or self._has_answered(feed):
                self._heard_at[feed.name] = self.watermark
        self.published = PublishedCounts(
            evidence={name: coarse(self._evidence[name], kind) for name in Evidence},
            hidden={name: coarse(self._hidden[name], kind) for name in HidingMethod},
            counts=counts,
            feeds={
                name: {kind: coarse(outcomes[kind], floors.messages) for kind in FeedOutcome}
                for name, outcomes in messages.items()
            },
            heard_at=dict(self._heard_at),
        )
        self._begin_period()

    def feed_age(self, feed: str, now: float) -> float:
        """Return for how long a feed was not heard, in seconds; infinite when it never was.

        Until the first hour is over it counts as heard when the process began.
        """
        if feed in self.published.heard_at:
            return now - self.published.heard_at[feed]
        return inf if self.published.feeds else max(0.0, now - (self._first_tick or now))

    @property
    def evidence(self) -> Mapping[Evidence, int]:
        """Connections by evidence, of the last whole hour."""
        return self.published.evidence

    @property
    def hidden(self) -> Mapping[HidingMethod, int]:
        """Connections that hide, by how they do, of the last whole hour."""
        return self.published.hidden

    @property
    def counts(self) -> Mapping[str, int]:
        """The other counts: of the last whole hour, and the faults of our own since the start."""
        return {**self.published.counts, **self._faults}

    @property
    def faults(self) -> Mapping[str, int]:
        """Faults of our own since the start, which depend on no device."""
        return self._faults

    def _messages_of(self, feed: FeedStatus) -> Counter[FeedOutcome]:
        return feed.counts - self._feeds_before.get(feed.name, Counter())

    def _has_answered(self, feed: FeedStatus) -> bool:
        return feed.is_asked and feed.heard_at > self.watermark - self._interval

    def _begin_period(self) -> None:
        self._evidence = dict.fromkeys(Evidence, 0)
        self._hidden = dict.fromkeys(HidingMethod, 0)
        self._counts = dict.fromkeys(HOURLY_COUNTS, 0)
        self._feeds_before = {feed.name: Counter(feed.counts) for feed in self.feeds}


def coarse(count: int, floor: float) -> int:
    """Round a number down to two digits; 0 below a floor."""
    if count < floor or not count:
        return 0
    step: int = 10 ** max(0, len(str(count)) - 2)
    return count // step * step


def magnitude(count: int) -> int:
    """Return the largest of `MAGNITUDES` that there are."""
    return max(step for step in MAGNITUDES if step <= count)
