"""The health of Lesrust itself: for the administrator, on an endpoint of its own.

Counts are of all connections, whatever they lead to, and are published once a minute: they do not
show what anybody does.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from monitor.evidence import Evidence, HidingMethod

PUBLISH_INTERVAL = 60.0
"""Seconds between two publications."""


class FeedOutcome(StrEnum):
    """What became of a message, a line or a lease of a feed of places."""

    TAKEN = "taken"
    MALFORMED = "malformed"
    NOT_TRUSTED = "not_trusted"
    """An unknown sender, a wrong secret, or a wrong authenticator."""
    REPEATED = "repeated"
    WITHOUT_ADDRESS = "without_address"
    WITHOUT_ROOM = "without_room"
    """The attachment map has no line for what the client is attached to."""
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
    heard_at: float
    """When it last heard anything, in seconds since 1970-01-01 UTC; 0 for never."""


@dataclass(frozen=True, slots=True)
class PublishedCounts:
    """Counts as of the last whole minute."""

    evidence: Mapping[Evidence, int]
    """Connections, by how their name was learned."""
    hidden: Mapping[HidingMethod, int]
    """Connections that hide, by method."""
    counts: Mapping[str, int]
    feeds: Mapping[str, Mapping[FeedOutcome, int]]
    """What became of each feed's messages."""


@dataclass(frozen=True, slots=True)
class SourceFreshness:
    """When one source of the timetable was last read whole."""

    name: str
    is_server: bool
    """Whether a server is asked every few minutes; else a file is written now and then."""
    read_at: float
    """Seconds since 1970-01-01 UTC; 0 for never."""


class Health:
    """Counts since the start, and ages, of one sensor process."""

    def __init__(self) -> None:
        self._evidence = dict.fromkeys(Evidence, 0)
        self._hidden = dict.fromkeys(HidingMethod, 0)
        self._counts = Counter[str](
            unknown_place=0,
            addon_errors=0,
            dropped_packets=0,
            release_failures=0,
            snapshot_failures=0,
            feed_failures=0,
            shared_addresses=0,
        )
        self.snapshot_read_at = 0.0
        """When the schedules were last read from the store, by the sensor's clock."""
        self.feeds: Sequence[FeedStatus] = ()
        """The feeds of places, each with its own counts."""
        self.sources: Sequence[SourceFreshness] = ()
        """The configured sources of the timetable, as the store had them at most a minute ago."""
        self.watermark = 0.0
        """Up to when the core has seen everything, by the sensor's clock."""
        self._published_at = 0.0
        self.publish()

    def count_connection(self, evidence: Evidence, *, place_is_known: bool) -> None:
        """Count a connection by how its name was learned, and whether its place is known."""
        self._evidence[evidence] += 1
        if not place_is_known:
            self._counts["unknown_place"] += 1

    def count_hidden_connection(self, method: HidingMethod) -> None:
        """Count a connection that hides where it goes, or leads to a server that hides others."""
        self._hidden[method] += 1

    def count_dropped_packets(self, packets: int) -> None:
        """Count packets that came faster than a passive sensor read them."""
        self._counts["dropped_packets"] += packets

    def count_addon_error(self) -> None:
        """Count an error in a sensor; what the error was is not kept."""
        self._counts["addon_errors"] += 1

    def count_release_failure(self) -> None:
        """Count a release that the store did not take; it is tried again."""
        self._counts["release_failures"] += 1

    def count_snapshot_failure(self) -> None:
        """Count a time that timetable and exemptions could not be read; the last ones stay."""
        self._counts["snapshot_failures"] += 1

    def count_feed_failure(self) -> None:
        """Count a time that RADIUS or DHCP could not be read; it is asked again."""
        self._counts["feed_failures"] += 1

    def count_shared_address(self) -> None:
        """Count an address that opened more in a lesson than one device can; it is left out."""
        self._counts["shared_addresses"] += 1

    def tick(self, timestamp: float) -> None:
        """Note how far the core is, and publish the counts at most once a minute."""
        self.watermark = timestamp
        if not 0 <= timestamp - self._published_at < PUBLISH_INTERVAL:
            self._published_at = timestamp
            self.publish()

    def publish(self) -> None:
        """Publish the counts now; for whatever runs after the fact."""
        self.published = PublishedCounts(
            evidence=dict(self._evidence),
            hidden=dict(self._hidden),
            counts=Counter(self._counts),
            feeds={feed.name: dict(feed.counts) for feed in self.feeds},
        )

    @property
    def evidence(self) -> Mapping[Evidence, int]:
        """Connections by evidence, as of the last whole minute."""
        return self.published.evidence

    @property
    def hidden(self) -> Mapping[HidingMethod, int]:
        """Connections that hide, by how they do, as of the last whole minute."""
        return self.published.hidden

    @property
    def counts(self) -> Mapping[str, int]:
        """The other counts, as of the last whole minute."""
        return self.published.counts
