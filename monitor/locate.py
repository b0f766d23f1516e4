"""The core's first function: an address goes in, and only a pseudonym in a lesson comes out.

Everything that is nobody's business is dropped here and counted nowhere: unknown places, time
outside lessons, staff without consent, and whatever is exempted, which `monitor.exempt_use` takes
up for one weekly figure. Of what a pupil's device does with no platform, only how it could be seen
goes on, for visibility. Embeds and background go on, because `monitor.activity` tells use from
them.
"""

from dataclasses import dataclass
from enum import StrEnum

from monitor.activity.device_use import MAX_DEVICES, MAX_IPV4, MAX_IPV6, Origin
from monitor.catalogue import HostnameRole, Match
from monitor.evidence import ConnectionKind, Evidence, HidingMethod
from monitor.health import ConnectionCounter
from monitor.identity import DayKey, IdentityRules, Unit
from monitor.place import IPV6_BYTES, PersonRole, Place
from monitor.places.bindings import Bindings
from monitor.places.naming import name_address, name_client
from monitor.sighting import Sighting
from monitor.snapshot import LessonFacts, Snapshot

_NO_PLATFORMS = ("",)
"""The platform of what is none: an exemption covers it only where it exempts everything."""


class DropReason(StrEnum):
    """Why a sighting is dropped: the first of these that holds."""

    UNKNOWN_PLACE = "unknown place"
    HIDDEN = "hidden"
    NO_PLATFORM = "no platform"
    SIGNING_IN = "signing in"
    STAFF = "staff"
    NO_LESSON = "no lesson"
    EXEMPT = "exempt"
    ON_TRIAL = "on trial"
    UNNAMED = "no name"


# Not frozen: that would make it five times as dear, and there is one for every connection.
@dataclass(slots=True)
class LessonUse:
    """A device's contact with a server in a lesson; nothing in it names the client or the server.

    Where it is with no platform, or only signs in, all that it counts for is visibility.
    """

    device: int
    """The device's pseudonym of the day."""
    match: Match | None
    """The platform, or all that share the hostname, and the role; None where it is with none."""
    lesson: LessonFacts
    layer: str
    """The released year layer, by the timetable alone: a place may be one room. Empty when it is
    not known."""
    timestamp: float
    up: int
    """Bytes from the client."""
    down: int
    opens_connection: bool
    """Whether it is the first sighting of its connection."""
    kind: ConnectionKind | None = None
    """How it counts for visibility; None where it does not, as for staff."""
    dropped: DropReason | None = None
    """Why it counts for visibility alone; None where it counts for its platform too."""
    origin: Origin | None = None
    """Where the connection came from; None where that tells nothing, or was told already."""
    is_staff: bool = False
    """Whether its place is one of staff."""


def locate(
    sighting: Sighting,
    snapshot: Snapshot,
    bindings: Bindings,
    key: DayKey,
    health: ConnectionCounter,
) -> LessonUse | DropReason:
    """Hold a sighting against catalogue, places, timetable and exemptions.

    Nothing after this function knows the client's address, hostname or room.
    """
    timestamp, client, hostname, evidence, up, down, opens, cname, method, hardware = sighting
    place, address = locate_client(client, hardware, timestamp, snapshot, bindings)
    is_hidden = evidence is Evidence.HIDDEN
    if opens:
        method = method or (
            HidingMethod.NAMELESS if is_hidden else snapshot.hiding.method_of_hostname(hostname)
        )
        health.count_connection(evidence, place_is_known=place is not None)
        if method is not None:
            health.count_hidden_connection(method)
    if place is None:
        return DropReason.UNKNOWN_PLACE
    match = None if is_hidden else snapshot.catalogue.recognise(hostname, cname)
    is_staff = place.role is PersonRole.STAFF
    counts_for_visibility = opens and not is_staff and evidence.is_connection
    dropped = None
    if match is None or match.role is HostnameRole.AUTH:
        dropped = _why_no_platform(match, is_hidden=is_hidden)
        if not counts_for_visibility:
            return dropped
    lesson = _find_lesson(place, match, timestamp, snapshot)
    if not isinstance(lesson, LessonFacts):
        return dropped or lesson
    rules = snapshot.identity
    origin = None
    if rules.unit is Unit.ADDRESS:
        name = name_address(address, rules)
    else:
        name, device = name_client(client, hardware, timestamp, rules, bindings)
        origin = hash_origin(client, device, rules) if opens else None
    if not name:
        if opens:
            health.count_unnamed()
        return dropped or DropReason.UNNAMED
    return LessonUse(
        key.pseudonym(name),
        match,
        lesson,
        "" if is_staff else lesson.released_layer,
        timestamp,
        up,
        down,
        opens,
        (method or evidence) if counts_for_visibility else None,
        dropped,
        origin,
        is_staff,
    )


def _why_no_platform(match: Match | None, *, is_hidden: bool) -> DropReason:
    """Return why what is with no platform, or only signs in, counts for none."""
    if is_hidden:
        return DropReason.HIDDEN
    return DropReason.NO_PLATFORM if match is None else DropReason.SIGNING_IN


def _find_lesson(
    place: Place, match: Match | None, timestamp: float, snapshot: Snapshot
) -> LessonFacts | DropReason:
    """Return the lesson of record at a place, or why what is done there does not count."""
    is_staff = place.role is PersonRole.STAFF
    if is_staff and not snapshot.counts_staff:
        return DropReason.STAFF
    lessons = snapshot.timetable.lessons_at(place.room, timestamp)
    if not lessons:
        return DropReason.NO_LESSON
    lesson = snapshot.facts_of(lessons[0])
    layer = "" if is_staff else place.layer or lesson.layer
    for platform in match.candidates if match else _NO_PLATFORMS:
        # A shared hostname may be of any candidate: where one is exempted, all are dropped.
        if snapshot.exemptions.covers(lessons, place.room, layer, platform, timestamp):
            return DropReason.EXEMPT
    return DropReason.ON_TRIAL if snapshot.is_on_trial else lesson


def locate_client(
    client: bytes, hardware: bytes, timestamp: float, snapshot: Snapshot, bindings: Bindings
) -> tuple[Place | None, bytes]:
    """Return a client's place, None when it is not known, and the address that stands for it.

    A prefix, which the school has configured, comes before what RADIUS and DHCP say of an address,
    and that before what they say of the device that has it.
    """
    place = snapshot.prefixes.find(client)
    if place is None:
        bound = bindings.find(client, timestamp)
        if bound is not None:
            return bound.place, bound.device or client
        if snapshot.identity.unit is not Unit.ADDRESS:
            own = snapshot.identity.frames_are_own
            named = (hardware if own else b"") or bindings.hardware_of(client, timestamp)
            bound = bindings.find_of_hardware(named, timestamp)
            return (None if bound is None else bound.place), client
    return place, client


def hash_origin(client: bytes, device: bytes, rules: IdentityRules) -> Origin:
    """Return what shows that a name is many devices', once it has too many of these."""
    if rules.unit is Unit.PERSON:
        return MAX_DEVICES, hash(device or client)
    return MAX_IPV6 if len(client) == IPV6_BYTES else MAX_IPV4, hash(client)
