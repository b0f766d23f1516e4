"""One finding of `lesrust check`, `lesrust doctor` and the page of IT."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """What a check can find; each kind has its text and its remedy in every language."""

    NO_LESSONS = "no_lessons"
    HOLIDAY = "holiday"
    NO_SOURCE = "no_source"
    NEVER_READ = "never_read"
    TIMETABLE_SECRET = "timetable_secret"  # noqa: S105 (a kind of finding)
    SOURCE_FAILED = "source_failed"
    SOURCE_TROUBLE = "source_trouble"
    PARTLY_READ = "partly_read"
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
    LAYER_UNMEASURED = "layer_unmeasured"
    SCHOOL_UNMEASURED = "school_unmeasured"
    NO_GROUP_SIZES = "no_group_sizes"
    GROUP_SIZES = "group_sizes"
    GROUPS_WITHOUT_SIZE = "groups_without_size"
    ON_TRIAL = "on_trial"
    STAFF_UNKNOWN = "staff_unknown"
    FEED_WITHOUT_MAPPING = "feed_without_mapping"
    NO_SENDER = "no_sender"
    SECRET = "secret"  # noqa: S105 (a kind of finding)
    NOT_RUNNING = "not_running"
    HEALTH_TOKEN = "health_token"  # noqa: S105 (a kind of finding)
    STEERING_REACHES = "steering_reaches"
    STEERING_STOPS = "steering_stops"
    STEERING_INCOMPARABLE = "steering_incomparable"
    STEERING_REVIEWED = "steering_reviewed"
    STEERING_FAILED = "steering_failed"
    FEED_SILENT = "feed_silent"
    UNKNOWN_ATTACHMENTS = "unknown_attachments"
    UNMAPPED = "unmapped"
    CLOCKS_DIFFER = "clocks_differ"
    LEASES_WITHOUT_NAME = "leases_without_name"
    NO_LEASES = "no_leases"
    NAMES_SOMEONE = "names_someone"
    NOT_TRUSTED = "not_trusted"
    WITHOUT_AUTHENTICATOR = "without_authenticator"
    MAY_LACK_AUTHENTICATOR = "may_lack_authenticator"
    OVER_BUDGET = "over_budget"
    UNKNOWN_PLACES = "unknown_places"
    SHARED_ADDRESSES = "shared_addresses"
    NO_IDENTITY = "no_identity"
    PROMISE_BY_ADDRESS = "promise_by_address"
    EPSILON = "epsilon"
    TABLES_COUNT_ADDRESSES = "tables_count_addresses"
    TABLES_TOO_NOISY = "tables_too_noisy"
    TABLES_ONLY_IN_TOTAL = "tables_only_in_total"
    MUCH_UNNAMED = "much_unnamed"
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
    UNCONFIRMED = "unconfirmed"
    UNCONFIRMED_SECRET = "unconfirmed_secret"  # noqa: S105 (a kind of finding)
    SENSOR_UNCONFIRMED = "sensor_unconfirmed"


NOTES = frozenset(
    {
        FindingKind.SCHOOL_WEEKLY,
        FindingKind.LAYER_TOO_SMALL,
        FindingKind.HOUR_TOO_SMALL,
        FindingKind.NO_GROUP_SIZES,
        FindingKind.ON_TRIAL,
        FindingKind.STAFF_UNKNOWN,
        FindingKind.PLACES_WITHOUT_LESSON,
        FindingKind.HOLIDAY,
        FindingKind.NO_SOURCE,
        FindingKind.STEERING_REVIEWED,
        FindingKind.MAY_LACK_AUTHENTICATOR,
        FindingKind.SHARED_ADDRESSES,
        FindingKind.PROMISE_BY_ADDRESS,
        FindingKind.EPSILON,
        FindingKind.TABLES_ONLY_IN_TOTAL,
        FindingKind.TABLES_COUNT_ADDRESSES,
        FindingKind.TABLES_TOO_NOISY,
        FindingKind.PAUSED,
        FindingKind.SNAPSHOT_FAILURES,
        FindingKind.RELEASE_FAILURES,
        FindingKind.FEED_FAILURES,
    }
)
"""Kinds that need no action."""


class SystemPart(StrEnum):
    """A part of Lesrust with a state of its own, the most urgent first."""

    STORE = "store"
    SENSORS = "sensors"
    SNAPSHOT = "snapshot"
    CLOCK = "clock"
    TIMETABLE = "timetable"
    PLACES = "places"
    FEEDS = "feeds"
    VISIBILITY = "visibility"
    RELEASES = "releases"


PARTS: Mapping[FindingKind, SystemPart] = {
    FindingKind.NO_LESSONS: SystemPart.TIMETABLE,
    FindingKind.HOLIDAY: SystemPart.TIMETABLE,
    FindingKind.NO_SOURCE: SystemPart.TIMETABLE,
    FindingKind.NEVER_READ: SystemPart.TIMETABLE,
    FindingKind.TIMETABLE_SECRET: SystemPart.TIMETABLE,
    FindingKind.SOURCE_FAILED: SystemPart.TIMETABLE,
    FindingKind.SOURCE_TROUBLE: SystemPart.TIMETABLE,
    FindingKind.PARTLY_READ: SystemPart.TIMETABLE,
    FindingKind.STALE_SOURCE: SystemPart.TIMETABLE,
    FindingKind.NO_BELLS: SystemPart.TIMETABLE,
    FindingKind.LESSONS_WITHOUT_ROOM: SystemPart.TIMETABLE,
    FindingKind.ROOMS_WITHOUT_PLACE: SystemPart.PLACES,
    FindingKind.PLACES_WITHOUT_LESSON: SystemPart.PLACES,
    FindingKind.GROUPS_WITHOUT_LAYER: SystemPart.TIMETABLE,
    FindingKind.SCHOOL_TOO_SMALL: SystemPart.RELEASES,
    FindingKind.SCHOOL_WEEKLY: SystemPart.RELEASES,
    FindingKind.LAYER_TOO_SMALL: SystemPart.RELEASES,
    FindingKind.HOUR_TOO_SMALL: SystemPart.RELEASES,
    FindingKind.LAYER_UNMEASURED: SystemPart.RELEASES,
    FindingKind.SCHOOL_UNMEASURED: SystemPart.RELEASES,
    FindingKind.NO_GROUP_SIZES: SystemPart.RELEASES,
    FindingKind.GROUP_SIZES: SystemPart.TIMETABLE,
    FindingKind.GROUPS_WITHOUT_SIZE: SystemPart.TIMETABLE,
    FindingKind.ON_TRIAL: SystemPart.RELEASES,
    FindingKind.STAFF_UNKNOWN: SystemPart.PLACES,
    FindingKind.FEED_WITHOUT_MAPPING: SystemPart.FEEDS,
    FindingKind.NO_SENDER: SystemPart.FEEDS,
    FindingKind.SECRET: SystemPart.FEEDS,
    FindingKind.NOT_RUNNING: SystemPart.SENSORS,
    FindingKind.HEALTH_TOKEN: SystemPart.SENSORS,
    FindingKind.STEERING_REACHES: SystemPart.SENSORS,
    FindingKind.STEERING_STOPS: SystemPart.SENSORS,
    FindingKind.STEERING_INCOMPARABLE: SystemPart.SENSORS,
    FindingKind.STEERING_REVIEWED: SystemPart.SENSORS,
    FindingKind.STEERING_FAILED: SystemPart.SENSORS,
    FindingKind.FEED_SILENT: SystemPart.FEEDS,
    FindingKind.UNKNOWN_ATTACHMENTS: SystemPart.FEEDS,
    FindingKind.UNMAPPED: SystemPart.FEEDS,
    FindingKind.CLOCKS_DIFFER: SystemPart.CLOCK,
    FindingKind.LEASES_WITHOUT_NAME: SystemPart.FEEDS,
    FindingKind.NO_LEASES: SystemPart.FEEDS,
    FindingKind.NAMES_SOMEONE: SystemPart.FEEDS,
    FindingKind.NOT_TRUSTED: SystemPart.FEEDS,
    FindingKind.WITHOUT_AUTHENTICATOR: SystemPart.FEEDS,
    FindingKind.MAY_LACK_AUTHENTICATOR: SystemPart.FEEDS,
    FindingKind.OVER_BUDGET: SystemPart.FEEDS,
    FindingKind.UNKNOWN_PLACES: SystemPart.PLACES,
    FindingKind.SHARED_ADDRESSES: SystemPart.PLACES,
    FindingKind.NO_IDENTITY: SystemPart.RELEASES,
    FindingKind.PROMISE_BY_ADDRESS: SystemPart.RELEASES,
    FindingKind.EPSILON: SystemPart.RELEASES,
    FindingKind.TABLES_ONLY_IN_TOTAL: SystemPart.RELEASES,
    FindingKind.TABLES_COUNT_ADDRESSES: SystemPart.RELEASES,
    FindingKind.TABLES_TOO_NOISY: SystemPart.RELEASES,
    FindingKind.MUCH_UNNAMED: SystemPart.PLACES,
    FindingKind.MAPPING: SystemPart.PLACES,
    FindingKind.STORE_AWAY: SystemPart.STORE,
    FindingKind.DISK_FULL: SystemPart.STORE,
    FindingKind.STORE_SLOW: SystemPart.STORE,
    FindingKind.NO_SENSOR: SystemPart.SENSORS,
    FindingKind.SENSOR_SILENT: SystemPart.SENSORS,
    FindingKind.SENSOR_BEHIND: SystemPart.SNAPSHOT,
    FindingKind.SNAPSHOT_STALE: SystemPart.SNAPSHOT,
    FindingKind.CORE_BEHIND: SystemPart.SENSORS,
    FindingKind.SNAPSHOT_FAILURES: SystemPart.SNAPSHOT,
    FindingKind.RELEASE_FAILURES: SystemPart.RELEASES,
    FindingKind.FEED_FAILURES: SystemPart.FEEDS,
    FindingKind.ADDON_ERRORS: SystemPart.SENSORS,
    FindingKind.DROPPED_PACKETS: SystemPart.VISIBILITY,
    FindingKind.MUCH_HIDDEN: SystemPart.VISIBILITY,
    FindingKind.CLOCK_WRONG: SystemPart.CLOCK,
    FindingKind.PAUSED: SystemPart.RELEASES,
    FindingKind.UNCONFIRMED: SystemPart.RELEASES,
    FindingKind.UNCONFIRMED_SECRET: SystemPart.RELEASES,
    FindingKind.SENSOR_UNCONFIRMED: SystemPart.RELEASES,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, about what, and how much of it."""

    kind: FindingKind
    about: tuple[str, ...] = ()
    """Rooms, groups, layers, sources or feeds."""
    count: int = 0

    @property
    def is_note(self) -> bool:
        """Whether it needs no action."""
        return self.kind in NOTES

    @property
    def is_named_whole(self) -> bool:
        """Whether every name is shown: each is a line that the administrator has to write."""
        return self.kind in {FindingKind.UNMAPPED, FindingKind.STEERING_INCOMPARABLE}

    @property
    def part(self) -> SystemPart:
        """The part that it is about."""
        return PARTS[self.kind]


def findings_about(kind: FindingKind, names: Iterable[str]) -> Iterator[Finding]:
    """Give one finding about all names; none when there is no name."""
    ordered = tuple(sorted(names))
    if ordered:
        yield Finding(kind, ordered, len(ordered))
