"""Use under an exemption: one weekly figure of the whole school counts it, and no other.

It goes a way of its own from the beginning, so that nothing else can come to know of it.
"""

from dataclasses import dataclass
from datetime import time, timedelta

from monitor.activity.device_use import Origin
from monitor.catalogue import Match
from monitor.identity import DayKey, Unit
from monitor.locate import hash_origin, locate_client
from monitor.places.bindings import Bindings
from monitor.places.naming import name_address, name_client
from monitor.release.schedule import ReleaseSlot, timestamp_at
from monitor.release.tables import MIN_GRANTERS, ReleaseInterval
from monitor.sighting import Sighting
from monitor.snapshot import LessonFacts, Snapshot
from schedules.exemption import TimeSpan

_WEEK = timedelta(weeks=1)


# Not frozen, as a `LessonUse`.
@dataclass(slots=True)
class ExemptUse:
    """A device's contact with a platform that an exemption covers, or may cover."""

    device: int
    """The device's pseudonym of the day."""
    match: Match
    lesson: LessonFacts
    timestamp: float
    up: int
    """Bytes from the client."""
    down: int
    opens_connection: bool
    """Whether it is the first sighting of its connection."""
    origin: Origin | None
    """Where the connection came from; None where that tells nothing, or was told already."""


def locate_exempt(
    sighting: Sighting, snapshot: Snapshot, bindings: Bindings, key: DayKey
) -> ExemptUse | None:
    """Return the use that a sighting shows that `locate` has dropped as exempt.

    Nothing after this function knows the client's address, hostname or room.

    Returns:
        The use; None where nothing is counted, or nothing names the device.
    """
    timestamp, client, hardware = sighting.timestamp, sighting.client, sighting.hardware
    place, address = locate_client(client, hardware, timestamp, snapshot, bindings)
    match = snapshot.catalogue.recognise(sighting.hostname, sighting.cname)
    if place is None or match is None or snapshot.is_on_trial:
        return None
    rules, origin = snapshot.identity, None
    if rules.unit is Unit.ADDRESS:
        name = name_address(address, rules)
    else:
        name, device = name_client(client, hardware, timestamp, rules, bindings)
        origin = hash_origin(client, device, rules) if sighting.opens_connection else None
    lessons = snapshot.timetable.lessons_at(place.room, timestamp)
    if not (name and lessons):
        return None
    return ExemptUse(
        key.pseudonym(name),
        match,
        snapshot.facts_of(lessons[0]),
        timestamp,
        sighting.up,
        sighting.down,
        sighting.opens_connection,
        origin,
    )


def has_enough_granters(slot: ReleaseSlot, snapshot: Snapshot) -> bool:
    """Say whether enough people granted in a week for a figure of what they allowed.

    One counts who granted in that week something that holds in one of its lesson hours. Who they
    are leaves the exemptions as nothing but a number.
    """
    if slot.interval is not ReleaseInterval.WEEK:
        return False
    week = TimeSpan(
        timestamp_at(slot.day, time.min, snapshot.zone),
        timestamp_at(slot.day + _WEEK, time.min, snapshot.zone),
    )
    hours = [TimeSpan(hour.start, hour.end) for hour in slot.hours]
    return snapshot.exemptions.count_granters(hours, within=week) >= MIN_GRANTERS
