"""The core's first function: an address goes in, and only a pseudonym in a lesson comes out.

Everything that is nobody's business is dropped here and counted nowhere: hosts of no platform,
signing in, places that are not known, time outside lessons, staff without consent, and whatever an
exemption allows. Embeds and background go on as far as the lesson's judgement of use: what is used
has to be told from them.
"""

from enum import StrEnum
from typing import NamedTuple

from monitor.catalogue import HostnameRole
from monitor.evidence import Evidence, HidingMethod
from monitor.health import Health
from monitor.identity import DayKey
from monitor.place import PersonRole, Place, PrefixMap
from monitor.places.bindings import Bindings
from monitor.sighting import Sighting
from monitor.snapshot import LessonFacts, Snapshot


class DropReason(StrEnum):
    """Why nothing of a sighting goes on: the first of these that holds."""

    UNKNOWN_PLACE = "unknown place"
    HIDDEN = "hidden"
    NO_PLATFORM = "no platform"
    SIGNING_IN = "signing in"
    STAFF = "staff"
    NO_LESSON = "no lesson"
    EXEMPT = "exempt"


class LessonUse(NamedTuple):
    """A device's contact with a platform in a lesson, with nothing left that names its client."""

    device: int
    candidates: tuple[str, ...]
    """The platform; or, of a shared hostname, all that it may be of, its file's platform first."""
    role: HostnameRole
    lesson: LessonFacts
    layer: str
    """The released layer; empty when it is not known."""
    timestamp: float
    up: int
    down: int
    opens_connection: bool
    """Whether it is the first of its connection."""


# One question after another, with no call between them: it is asked of every connection there is.
def locate(  # noqa: C901, PLR0911
    sighting: Sighting, snapshot: Snapshot, bindings: Bindings, key: DayKey, health: Health
) -> LessonUse | DropReason:
    """Hold a sighting against catalogue, places, timetable and exemptions.

    Nothing after this function knows the client's address, hostname or room.
    """
    timestamp, client, hostname, evidence, up, down, opens, alias, hidden = sighting
    place, device = locate_client(client, timestamp, snapshot.prefixes, bindings)
    if opens:
        health.count_connection(evidence, place_is_known=place is not None)
        way = hidden or _hiding_method(hostname, evidence, snapshot)
        if way is not None:
            health.count_hidden_connection(way)
    if place is None:
        return DropReason.UNKNOWN_PLACE
    if evidence is Evidence.HIDDEN:
        return DropReason.HIDDEN
    match = snapshot.catalogue.recognise(hostname, alias)
    if match is None:
        return DropReason.NO_PLATFORM
    if match.role is HostnameRole.AUTH:
        return DropReason.SIGNING_IN
    if place.role is PersonRole.STAFF and not snapshot.counts_staff:
        return DropReason.STAFF
    lessons = snapshot.timetable.lessons_at(place.room, timestamp)
    if not lessons:
        return DropReason.NO_LESSON
    lesson = snapshot.facts_of(lessons[0])
    layer = "" if place.role is PersonRole.STAFF else place.layer or lesson.layer
    claimants = match.candidates
    for platform in claimants:
        # A shared hostname may be of any of them: where one is allowed, it is nobody's business.
        if snapshot.exemptions.covers(lessons, place.room, layer, platform, timestamp):
            return DropReason.EXEMPT
    released = snapshot.layers.released_layer(layer)
    pseudonym = key.pseudonym(device)
    return LessonUse(pseudonym, claimants, match.role, lesson, released, timestamp, up, down, opens)


def locate_client(
    client: bytes, timestamp: float, prefixes: PrefixMap, bindings: Bindings
) -> tuple[Place | None, bytes]:
    """Give a client's place, None when it is not known, and the address that names its device.

    A prefix comes first: it is written down by the school. What RADIUS and DHCP say comes after.
    """
    place = prefixes.find(client)
    if place is None:
        bound = bindings.find(client, timestamp)
        if bound is not None:
            return bound.place, bound.device or client
    return place, client


def _hiding_method(hostname: str, evidence: Evidence, snapshot: Snapshot) -> HidingMethod | None:
    """Say how a connection hides where it goes, or what it leads to hides others; None if not."""
    return (
        HidingMethod.NAMELESS
        if evidence is Evidence.HIDDEN
        else snapshot.hiding.method_of_hostname(hostname)
    )
