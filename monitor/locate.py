"""The core's first function: an address goes in, and only a pseudonym in a lesson comes out.

Everything that is nobody's business is dropped here and counted nowhere: hosts of no platform,
signing in, places that are not known, time outside lessons, staff without consent, and whatever an
exemption allows. Embeds and background go on as far as the lesson's judgement of use: what is used
has to be told from them.
"""

from enum import StrEnum
from typing import NamedTuple

from monitor.catalogue import HostnameRole
from monitor.health import Health
from monitor.identity import DayKey
from monitor.place import PersonRole, Place, PrefixMap
from monitor.places.bindings import Bindings
from monitor.sighting import Evidence, HidingMethod, Sighting
from monitor.snapshot import LessonFacts, World


class Dropped(StrEnum):
    """Why nothing of a sighting goes on: the first of these that holds."""

    UNKNOWN_PLACE = "unknown place"
    HIDDEN = "hidden"
    NO_PLATFORM = "no platform"
    SIGNING_IN = "signing in"
    STAFF = "staff"
    NO_LESSON = "no lesson"
    EXEMPT = "exempt"


class HeldUse(NamedTuple):
    """A device's contact with a platform in a lesson, with nothing left that names its client."""

    device: int
    claimants: tuple[str, ...]
    """The platform; or, of a shared hostname, all that it may be of, its file's platform first."""
    role: HostnameRole
    lesson: LessonFacts
    layer: str
    """The released layer; empty when it is not known."""
    moment: float
    up: int
    down: int
    opens: bool
    """Whether it is the first of its connection."""


# One question after another, with no call between them: it is asked of every connection there is.
def locate(  # noqa: C901, PLR0911
    sighting: Sighting, world: World, bindings: Bindings, key: DayKey, health: Health
) -> HeldUse | Dropped:
    """Hold a sighting against catalogue, places, timetable and exemptions.

    Nothing after this function knows the client's address, hostname or room.
    """
    moment, client, hostname, evidence, up, down, opens, alias, hidden = sighting
    place, device = whereabouts(client, moment, world.places, bindings)
    if opens:
        health.count_connection(evidence, place_is_known=place is not None)
        way = hidden or _way(hostname, evidence, world)
        if way is not None:
            health.count_hidden_connection(way)
    if place is None:
        return Dropped.UNKNOWN_PLACE
    if evidence is Evidence.HIDDEN:
        return Dropped.HIDDEN
    match = world.catalogue.recognise(hostname, alias)
    if match is None:
        return Dropped.NO_PLATFORM
    if match.role is HostnameRole.AUTH:
        return Dropped.SIGNING_IN
    if place.role is PersonRole.STAFF and not world.staff_count:
        return Dropped.STAFF
    lessons = world.timetable.lessons_at(place.room, moment)
    if not lessons:
        return Dropped.NO_LESSON
    lesson = world.facts(lessons[0])
    layer = "" if place.role is PersonRole.STAFF else place.layer or lesson.layer
    claimants = match.claimants
    for platform in claimants:
        # A shared hostname may be of any of them: where one is allowed, it is nobody's business.
        if world.exemptions.covers(lessons, place.room, layer, platform, moment):
            return Dropped.EXEMPT
    released = world.layers.released_layer(layer)
    pseudonym = key.pseudonym(device)
    return HeldUse(pseudonym, claimants, match.role, lesson, released, moment, up, down, opens)


def whereabouts(
    client: bytes, moment: float, places: PrefixMap, bindings: Bindings
) -> tuple[Place | None, bytes]:
    """Give a client's place, None when it is not known, and the address that names its device.

    A prefix comes first: it is written down by the school. What RADIUS and DHCP say comes after.
    """
    place = places.find(client)
    if place is None:
        bound = bindings.find(client, moment)
        if bound is not None:
            return bound.place, bound.device or client
    return place, client


def _way(hostname: str, evidence: Evidence, world: World) -> HidingMethod | None:
    """Say how a connection hides where it goes, or what it leads to hides others; None if not."""
    return HidingMethod.NAMELESS if evidence is Evidence.HIDDEN else world.hiding.of(hostname)
