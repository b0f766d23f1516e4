"""How the parts of Lesrust and their readings are spoken of.

`lesrust doctor` and the page of IT say it in the same words.
"""

from collections.abc import Mapping

from monitor.diagnostics.condition import PartState
from monitor.diagnostics.finding import SystemPart
from monitor.diagnostics.reading import ReadingKind
from monitor.health import FeedOutcome
from schedules.language import Message
from schedules.language import gettext_lazy as _

PART_TITLES: Mapping[SystemPart, Message] = {
    SystemPart.STORE: _("Store"),
    SystemPart.SENSORS: _("Sensors"),
    SystemPart.SNAPSHOT: _("Timetable and permissions in the sensor"),
    SystemPart.CLOCK: _("Clock"),
    SystemPart.TIMETABLE: _("Timetable"),
    SystemPart.PLACES: _("Places"),
    SystemPart.FEEDS: _("RADIUS and DHCP"),
    SystemPart.VISIBILITY: _("Visibility"),
    SystemPart.RELEASES: _("Figures"),
}
CONSEQUENCES: Mapping[SystemPart, Message] = {
    SystemPart.STORE: _(
        "Teachers cannot allow anything and no new figure is kept. The network goes on, "
        "and what was in force stays so."
    ),
    SystemPart.SENSORS: _(
        "Nothing or too little is measured: the lesson hours of now get no figure. The "
        "network goes on."
    ),
    SystemPart.SNAPSHOT: _(
        "What a teacher allows or stops now works only when the sensor has read it."
    ),
    SystemPart.CLOCK: _(
        "What happens just before or after the bell falls in the wrong lesson hour."
    ),
    SystemPart.TIMETABLE: _(
        "Lessons that are missing are not measured, and whoever changed rooms counts in "
        "the wrong lesson."
    ),
    SystemPart.PLACES: _("Nothing of the devices in these rooms counts: the figures are too low."),
    SystemPart.FEEDS: _(
        "Nothing counts of devices of which it is not known where they are: the figures "
        "are too low."
    ),
    SystemPart.VISIBILITY: _(
        "What cannot be seen does not count: a low figure can come from this."
    ),
    SystemPart.RELEASES: _("There are fewer figures, or none."),
}
"""What follows when the part is not well."""
STATE_LABELS: Mapping[PartState, Message] = {
    PartState.WELL: _("well"),
    PartState.WRONG: _("care"),
    PartState.UNKNOWN: _("not known"),
    PartState.UNUSED: _("not used"),
}
READING_LABELS: Mapping[ReadingKind, Message] = {
    ReadingKind.STORE_ANSWER: _("Answers in"),
    ReadingKind.STORE_SIZE: _("Size"),
    ReadingKind.DISK_FREE: _("Free on the disk"),
    ReadingKind.SENSOR_SPOKE: _("Sensor {about} spoke"),
    ReadingKind.SENSOR_HOLDS_NEWEST: _("Sensor {about} holds the newest"),
    ReadingKind.CORE_BEHIND: _("Counting is behind by"),
    ReadingKind.ADDON_ERRORS: _("Errors in the sensor in the last hour, at least"),
    ReadingKind.SNAPSHOT_AGE: _("Read from the store"),
    ReadingKind.SNAPSHOT_FAILURES: _("Times that reading failed"),
    ReadingKind.CLOCK_AHEAD: _("The sensor's clock is ahead by"),
    ReadingKind.SOURCE_READ: _("Source {about} read"),
    ReadingKind.TIMETABLE_CHANGED: _("Timetable changed"),
    ReadingKind.LESSONS_WITH_ROOM: _("This week's lessons with a room"),
    ReadingKind.GROUPS_WITH_LAYER: _("This week's groups with a year layer"),
    ReadingKind.ROOMS_WITH_PLACE: _("This week's rooms with a place"),
    ReadingKind.UNKNOWN_PLACE: _("Connections of unknown place in the last hour"),
    ReadingKind.SHARED_ADDRESSES: _("Shared addresses, which are left out"),
    ReadingKind.UNNAMED: _("In lessons, of devices without a name, in the last hour"),
    ReadingKind.FEED_HEARD: _("Heard from {about}"),
    ReadingKind.FEED_MESSAGES: _("{about}: {detail}"),
    ReadingKind.FEED_FAILURES: _("Times that reading failed"),
    ReadingKind.SEEN_BY: _("Connections known by {detail}"),
    ReadingKind.HIDDEN: _("Hidden in the last hour: {detail}"),
    ReadingKind.DROPPED_PACKETS: _("Packets missed in the last hour"),
    ReadingKind.PAUSED_UNTIL: _("Interrupted until"),
    ReadingKind.FIRST_FIGURE: _("Next whole figure, at the earliest"),
    ReadingKind.RELEASE_FAILURES: _("Figures that were refused"),
}
"""In braces stand `about` and `detail`."""
FEED_NAMES: Mapping[str, Message] = {"neighbours": _("the neighbour table")}
"""Feeds that are called otherwise than in the metrics; the others are names of what is read."""
OUTCOMES: Mapping[FeedOutcome, Message] = {
    FeedOutcome.TAKEN: _("used"),
    FeedOutcome.MALFORMED: _("malformed, dropped"),
    FeedOutcome.NOT_TRUSTED: _("sender not trusted, dropped"),
    FeedOutcome.WITHOUT_AUTHENTICATOR: _("without Message-Authenticator, dropped"),
    FeedOutcome.OVER_BUDGET: _("more than is read in that time, dropped"),
    FeedOutcome.REPEATED: _("repeated, dropped"),
    FeedOutcome.WITHOUT_ADDRESS: _("without an address, dropped"),
    FeedOutcome.WITHOUT_ROOM: _("attached to no known room, dropped"),
    FeedOutcome.WITHOUT_NAME: _("an IPv6 address of no known device, dropped"),
    FeedOutcome.NAMES_SOMEONE: _("with a name or MAC address, which was dropped"),
    FeedOutcome.CLOCK_DIFFERS: _("with a clock that differs"),
    FeedOutcome.IGNORED: _("of another kind, ignored"),
}
"""What became of a message of a feed."""
