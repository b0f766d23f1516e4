"""One thing that `lesrust check`, `lesrust doctor` and the page of IT have to say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What can be found; each has its words and its remedy in every language."""

    NO_LESSONS = "no_lessons"
    HOLIDAY = "holiday"
    NO_SOURCE = "no_source"
    NEVER_READ = "never_read"
    SOURCE_TROUBLE = "source_trouble"
    STALE_SOURCE = "stale_source"
    NO_BELLS = "no_bells"
    LESSONS_WITHOUT_ROOM = "lessons_without_room"
    ROOMS_WITHOUT_PLACE = "rooms_without_place"
    PLACES_WITHOUT_LESSON = "places_without_lesson"
    GROUPS_WITHOUT_LAYER = "groups_without_layer"
    SCHOOL_TOO_SMALL = "school_too_small"
    SCHOOL_WEEKLY = "school_weekly"
    LAYER_TOO_SMALL = "layer_too_small"
    HOUR_TOO_SMALL = "hour_too_small"
    FEED_WITHOUT_MAPPING = "feed_without_mapping"
    NO_SENDER = "no_sender"
    SECRET = "secret"  # noqa: S105 (a kind of finding)
    NOT_RUNNING = "not_running"
    FEED_SILENT = "feed_silent"
    UNKNOWN_ATTACHMENTS = "unknown_attachments"
    UNMAPPED = "unmapped"
    CLOCKS_DIFFER = "clocks_differ"
    NAMES_SOMEONE = "names_someone"
    NOT_TRUSTED = "not_trusted"
    UNKNOWN_PLACES = "unknown_places"
    SHARED_ADDRESSES = "shared_addresses"
    MAPPING = "mapping"
    STORE_AWAY = "store_away"
    DISK_FULL = "disk_full"
    STORE_SLOW = "store_slow"
    NO_SENSOR = "no_sensor"
    SENSOR_SILENT = "sensor_silent"
    SENSOR_BEHIND = "sensor_behind"
    SNAPSHOT_STALE = "snapshot_stale"
    CORE_BEHIND = "core_behind"
    SNAPSHOT_FAILURES = "snapshot_failures"
    RELEASE_FAILURES = "release_failures"
    FEED_FAILURES = "feed_failures"
    ADDON_ERRORS = "addon_errors"
    DROPPED_PACKETS = "dropped_packets"
    MUCH_HIDDEN = "much_hidden"
    CLOCK_WRONG = "clock_wrong"
    PAUSED = "paused"


NOTES = frozenset(
    {
        Kind.SCHOOL_WEEKLY,
        Kind.LAYER_TOO_SMALL,
        Kind.HOUR_TOO_SMALL,
        Kind.PLACES_WITHOUT_LESSON,
        Kind.HOLIDAY,
        Kind.NO_SOURCE,
        Kind.SHARED_ADDRESSES,
        Kind.PAUSED,
        Kind.SNAPSHOT_FAILURES,
        Kind.RELEASE_FAILURES,
        Kind.FEED_FAILURES,
    }
)
"""What is good to know, and nothing that has to be mended."""


class Part(StrEnum):
    """A part of Lesrust that can be well or not, the most urgent first."""

    STORE = "store"
    SENSORS = "sensors"
    SNAPSHOT = "snapshot"
    CLOCK = "clock"
    TIMETABLE = "timetable"
    PLACES = "places"
    FEEDS = "feeds"
    VISIBILITY = "visibility"
    RELEASES = "releases"


PARTS: Mapping[Kind, Part] = {
    Kind.NO_LESSONS: Part.TIMETABLE,
    Kind.HOLIDAY: Part.TIMETABLE,
    Kind.NO_SOURCE: Part.TIMETABLE,
    Kind.NEVER_READ: Part.TIMETABLE,
    Kind.SOURCE_TROUBLE: Part.TIMETABLE,
    Kind.STALE_SOURCE: Part.TIMETABLE,
    Kind.NO_BELLS: Part.TIMETABLE,
    Kind.LESSONS_WITHOUT_ROOM: Part.TIMETABLE,
    Kind.ROOMS_WITHOUT_PLACE: Part.PLACES,
    Kind.PLACES_WITHOUT_LESSON: Part.PLACES,
    Kind.GROUPS_WITHOUT_LAYER: Part.TIMETABLE,
    Kind.SCHOOL_TOO_SMALL: Part.RELEASES,
    Kind.SCHOOL_WEEKLY: Part.RELEASES,
    Kind.LAYER_TOO_SMALL: Part.RELEASES,
    Kind.HOUR_TOO_SMALL: Part.RELEASES,
    Kind.FEED_WITHOUT_MAPPING: Part.FEEDS,
    Kind.NO_SENDER: Part.FEEDS,
    Kind.SECRET: Part.FEEDS,
    Kind.NOT_RUNNING: Part.SENSORS,
    Kind.FEED_SILENT: Part.FEEDS,
    Kind.UNKNOWN_ATTACHMENTS: Part.FEEDS,
    Kind.UNMAPPED: Part.FEEDS,
    Kind.CLOCKS_DIFFER: Part.CLOCK,
    Kind.NAMES_SOMEONE: Part.FEEDS,
    Kind.NOT_TRUSTED: Part.FEEDS,
    Kind.UNKNOWN_PLACES: Part.PLACES,
    Kind.SHARED_ADDRESSES: Part.PLACES,
    Kind.MAPPING: Part.PLACES,
    Kind.STORE_AWAY: Part.STORE,
    Kind.DISK_FULL: Part.STORE,
    Kind.STORE_SLOW: Part.STORE,
    Kind.NO_SENSOR: Part.SENSORS,
    Kind.SENSOR_SILENT: Part.SENSORS,
    Kind.SENSOR_BEHIND: Part.SNAPSHOT,
    Kind.SNAPSHOT_STALE: Part.SNAPSHOT,
    Kind.CORE_BEHIND: Part.SENSORS,
    Kind.SNAPSHOT_FAILURES: Part.SNAPSHOT,
    Kind.RELEASE_FAILURES: Part.RELEASES,
    Kind.FEED_FAILURES: Part.FEEDS,
    Kind.ADDON_ERRORS: Part.SENSORS,
    Kind.DROPPED_PACKETS: Part.VISIBILITY,
    Kind.MUCH_HIDDEN: Part.VISIBILITY,
    Kind.CLOCK_WRONG: Part.CLOCK,
    Kind.PAUSED: Part.RELEASES,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, about what, and how much of it."""

    kind: Kind
    about: tuple[str, ...] = ()
    """Rooms, groups, layers, sources or feeds."""
    count: int = 0

    @property
    def is_note(self) -> bool:
        """Whether nothing has to be done about it."""
        return self.kind in NOTES

    @property
    def is_named_whole(self) -> bool:
        """Whether it is no use without every name: each is a line to write."""
        return self.kind is Kind.UNMAPPED

    @property
    def part(self) -> Part:
        """Which part it is about."""
        return PARTS[self.kind]


def about(kind: Kind, found: Iterable[str]) -> Iterable[Finding]:
    """Give one finding about all that was found; none when nothing was."""
    names = tuple(sorted(found))
    if names:
        yield Finding(kind, names, len(names))
