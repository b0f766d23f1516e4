"""The core's first function: an address goes in, and only a pseudonym in a lesson comes out.

Everything that is nobody's business is dropped here and counted nowhere: unknown places, time
outside lessons, staff without consent, and whatever is exempted. Of what a pupil's device does with
no platform, only how it could be seen goes on, for visibility. Embeds and background go on, because
`monitor.activity` tells use from them.
"""

from enum import StrEnum
from typing import NamedTuple

from monitor.activity.device_use import MAX_DEVICES, MAX_IPV4, MAX_IPV6
from monitor.catalogue import HostnameRole
from monitor.evidence import Evidence, HidingMethod
from monitor.health import ConnectionCounter
from monitor.identity import DayKey, IdentityRules, Unit
from monitor.place import IPV6_BYTES, PersonRole, Place
from monitor.places.bindings import Bindings
from monitor.places.naming import name_address, name_client
from monitor.release.visibility import kind_of_connection
from monitor.sighting import Sighting
from monitor.snapshot import LessonFacts, Snapshot

NO_PLATFORM = ""
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


class LessonUse(NamedTuple):
    """A device's contact with a server in a lesson; nothing in it names the client or the server.

    Where it is with no platform, or only signs in, all that it counts for is visibility.
    """

    device: int
    """The device's pseudonym of the day."""
    candidates: tuple[str, ...]
    """The platform; or all that share the hostname, its file's platform first; empty for none."""
    role: HostnameRole | None
    """None where it is with no platform."""
    lesson: LessonFacts
    layer: str
    """The released year layer; empty when it is not known."""
    timestamp: float
    up: int
    """Bytes from the client."""
    down: int
    opens_connection: bool
    """Whether it is the first sighting of its connection."""
    kind: str = ""
    """How it counts for visibility; empty where it does not, as for staff."""
    dropped: DropReason | None = None
    """Why it counts for visibility alone; None where it counts for its platform too."""
    origin: int = 0
    """Where the connection came from, as a hash that is only compared: an address, or a person's
    device; 0 where that tells nothing, or was told already."""
    max_origins: int = 0
    """How many of these one device can have in a lesson."""


# One check after another without a call between them: this runs for every connection there is.
def locate(  # noqa: C901, PLR0911, PLR0912
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
    if opens:
        health.count_connection(evidence, place_is_known=place is not None)
        method = method or _hiding_method(hostname, evidence, snapshot)
        if method is not None:
            health.count_hidden_connection(method)
    if place is None:
        return DropReason.UNKNOWN_PLACE
    match, dropped = None, None
    if evidence is Evidence.HIDDEN:
        dropped = DropReason.HIDDEN
    else:
        match = snapshot.catalogue.recognise(hostname, cname)
        if match is None:
            dropped = DropReason.NO_PLATFORM
        elif match.role is HostnameRole.AUTH:
            dropped = DropReason.SIGNING_IN
    is_staff = place.role is PersonRole.STAFF
    counts_for_visibility = opens and not is_staff and evidence.is_connection
    if dropped is not None and not counts_for_visibility:
        return dropped
    if is_staff and not snapshot.counts_staff:
        return DropReason.STAFF
    lessons = snapshot.timetable.lessons_at(place.room, timestamp)
    if not lessons:
        return dropped or DropReason.NO_LESSON
    lesson = snapshot.facts_of(lessons[0])
    layer = "" if is_staff else place.layer or lesson.layer
    candidates, role = (match.candidates, match.role) if match else ((), None)
    for platform in candidates or (NO_PLATFORM,):
        # A shared hostname may be of any candidate: where one is exempted, all are dropped.
        if snapshot.exemptions.covers(lessons, place.room, layer, platform, timestamp):
            return dropped or DropReason.EXEMPT
    if snapshot.is_on_trial:
        return dropped or DropReason.ON_TRIAL
    kind = kind_of_connection(evidence, method) if counts_for_visibility else ""
    # A place may be one room: only what the timetable says makes a layer.
    released = "" if is_staff else snapshot.layers.released_layer(lesson.layer)
    rules = snapshot.identity
    name = (
        name_address(address, rules)
        if rules.unit is Unit.ADDRESS
        else name_client(client, hardware, timestamp, rules, bindings)
    )
    if not name:
        if opens:
            health.count_unnamed()
        return dropped or DropReason.UNNAMED
    pseudonym = key.pseudonym(name)
    origin = max_origins = 0
    if opens and rules.unit is not Unit.ADDRESS:
        origin, max_origins = _hash_origin(client, hardware, timestamp, rules, bindings)
    return LessonUse(
        pseudonym,
        candidates,
        role,
        lesson,
        released,
        timestamp,
        up,
        down,
        opens,
        kind,
        dropped,
        origin,
        max_origins,
    )


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


def _hash_origin(
    client: bytes, hardware: bytes, timestamp: float, rules: IdentityRules, bindings: Bindings
) -> tuple[int, int]:
    """Return what shows that a name is many devices', and how many of it one device can have."""
    if rules.unit is Unit.PERSON:
        device = hardware or bindings.hardware_of(client, timestamp) or client
        return hash(device), MAX_DEVICES
    return hash(client), MAX_IPV6 if len(client) == IPV6_BYTES else MAX_IPV4


def _hiding_method(hostname: str, evidence: Evidence, snapshot: Snapshot) -> HidingMethod | None:
    """Return how a connection hides where it goes, or its server hides others; None if not."""
    return (
        HidingMethod.NAMELESS
        if evidence is Evidence.HIDDEN
        else snapshot.hiding.method_of_hostname(hostname)
    )
