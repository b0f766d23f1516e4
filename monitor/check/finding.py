"""One thing that `lesrust check` has to say."""

from collections.abc import Iterable
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


NOTES = frozenset(
    {
        Kind.SCHOOL_WEEKLY,
        Kind.LAYER_TOO_SMALL,
        Kind.HOUR_TOO_SMALL,
        Kind.PLACES_WITHOUT_LESSON,
        Kind.HOLIDAY,
        Kind.NO_SOURCE,
        Kind.SHARED_ADDRESSES,
    }
)
"""What is good to know, and nothing that has to be mended."""


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


def about(kind: Kind, found: Iterable[str]) -> Iterable[Finding]:
    """Give one finding about all that was found; none when nothing was."""
    names = tuple(sorted(found))
    if names:
        yield Finding(kind, names, len(names))
