"""One value of a part of Lesrust, such as the age of its snapshot."""

from dataclasses import dataclass
from enum import StrEnum


class ReadingKind(StrEnum):
    """What a reading measures."""

    STORE_ANSWER = "store_answer"
    STORE_SIZE = "store_size"
    DISK_FREE = "disk_free"
    SENSOR_SPOKE = "sensor_spoke"
    SENSOR_HOLDS_NEWEST = "sensor_holds_newest"
    CORE_BEHIND = "core_behind"
    ADDON_ERRORS = "addon_errors"
    SNAPSHOT_AGE = "snapshot_age"
    SNAPSHOT_FAILURES = "snapshot_failures"
    CLOCK_AHEAD = "clock_ahead"
    SOURCE_READ = "source_read"
    TIMETABLE_CHANGED = "timetable_changed"
    LESSONS_WITH_ROOM = "lessons_with_room"
    GROUPS_WITH_LAYER = "groups_with_layer"
    ROOMS_WITH_PLACE = "rooms_with_place"
    UNKNOWN_PLACE = "unknown_place"
    UNNAMED = "unnamed"
    SHARED_ADDRESSES = "shared_addresses"
    FEED_HEARD = "feed_heard"
    FEED_MESSAGES = "feed_messages"
    FEED_FAILURES = "feed_failures"
    SEEN_BY = "seen_by"
    HIDDEN = "hidden"
    DROPPED_PACKETS = "dropped_packets"
    RELEASE_FAILURES = "release_failures"
    PAUSED_UNTIL = "paused_until"
    FIRST_FIGURE = "first_figure"


class ReadingUnit(StrEnum):
    """The unit of a reading's value, which decides how it is written."""

    AGO = "ago"
    """Seconds ago; None: never."""
    SECONDS = "seconds"
    MILLISECONDS = "milliseconds"
    BYTES = "bytes"
    PERCENT = "percent"
    COUNT = "count"
    YES_OR_NO = "yes_or_no"
    """1: yes, 0: no."""
    TIMESTAMP = "timestamp"
    """Seconds since 1970-01-01 UTC; None: never."""


@dataclass(frozen=True, slots=True)
class PartReading:
    """One value of a part."""

    kind: ReadingKind
    value: float | None
    unit: ReadingUnit
    about: str = ""
    """The sensor, source or feed."""
    detail: str = ""
    """An outcome, an evidence or a way of hiding, by its own name."""
    missing: tuple[str, ...] = ()
    """For a share: the names of those that lack what they need."""
