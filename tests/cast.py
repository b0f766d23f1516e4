"""The school that the tests of the core share: invented rooms, groups, teachers and clients.

Monday 2026-11-23: lesson hours 1 and 2 from 08:30, fifty minutes each, in 24 rooms. Room 101 has
group h3a of layer '3 havo', room 102 group v3a of '3 vwo', room 103 group h3b, and so on in turn. A
client of room 101 has an address in 10.0.101.0/24.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from ipaddress import IPv4Network
from itertools import count
from socket import AF_INET, inet_pton
from zoneinfo import ZoneInfo

from monitor import catalogue
from monitor.evidence import Evidence
from monitor.health import NO_FLOORS, Health
from monitor.place import PersonRole, Place
from monitor.places.feeds.unmapped import UnmappedAttachments
from monitor.places.prefix_map import PrefixMap
from monitor.release.layers import Layer, Layers
from monitor.sighting import Sighting
from monitor.snapshot import Snapshot
from schedules.exemption import Exemptions, TimeSpan
from schedules.lesson import Lesson
from schedules.timetable import Timetable

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = date(2026, 11, 23)
ROOMS = tuple(str(number) for number in range(101, 125))
LAYERS = Layers(
    (
        Layer("3 havo", 250, ("h3*",)),
        Layer("3 vwo", 250, ("v3*",)),
    )
)
CATALOGUE = catalogue.load_catalogue()
STAFF_ROOM = "staff"
PLACES = PrefixMap(
    [
        *((IPv4Network(f"10.0.{room}.0/24"), Place(room)) for room in ROOMS),
        (IPv4Network("10.1.0.0/24"), Place("101", role=PersonRole.STAFF)),
    ]
)
APPROVED = '[approval]\ndpia = "DPIA, 12 mei"\ncouncil = "MR, 12 mei"\n'
"""What ends the trial in a configuration: without it nothing is counted."""
BELLS = {"1": (8, 30), "2": (9, 20)}


def at(hour: int, minute: int = 0, day: date = MONDAY) -> float:
    """Give a wall time at school in seconds since 1970-01-01 UTC."""
    moment = datetime.combine(day, datetime.min.time(), AMSTERDAM).replace(hour=hour, minute=minute)
    return moment.timestamp()


def group_of(room: str) -> str:
    """Give the group that has its lessons in a room."""
    number, is_vwo = divmod(int(room) - int(ROOMS[0]), 2)
    return f"{'v' if is_vwo else 'h'}3{chr(ord('a') + number)}"


def lesson(room: str, period: str = "1", day: date = MONDAY, **changes: object) -> Lesson:
    """Give the lesson of a room in a lesson hour."""
    hour, minute = BELLS[period]
    start = datetime(day.year, day.month, day.day, hour, minute, tzinfo=AMSTERDAM)
    fields: dict[str, object] = {
        "instance": f"{day}/{period}/{room}",
        "start": start,
        "end": start + timedelta(minutes=50),
        "period": period,
        "rooms": (room,),
        "groups": (group_of(room),),
        "teachers": ("MUL",),
    }
    return Lesson(**{**fields, **changes})  # type: ignore[arg-type]


def lessons(days: Iterable[date] = (MONDAY,)) -> Iterator[Lesson]:
    """Give all lessons of some days."""
    for day in days:
        for period in BELLS:
            for room in ROOMS:
                yield lesson(room, period, day)


def school_snapshot(
    timetable: Iterable[Lesson] | None = None,
    exemptions: Exemptions | None = None,
    *,
    layers: Layers = LAYERS,
    counts_staff: bool = False,
    pauses: tuple[TimeSpan, ...] = (),
) -> Snapshot:
    """Give the school as it is on Monday, or with another timetable, exemptions or roster."""
    return Snapshot(
        zone=AMSTERDAM,
        catalogue=CATALOGUE,
        prefixes=PLACES,
        layers=layers,
        counts_staff=counts_staff,
        has_staff_figure=counts_staff,
        timetable=Timetable(lessons() if timetable is None else timetable, AMSTERDAM),
        exemptions=exemptions or Exemptions(),
        pauses=pauses,
    )


class ExactHealth(Health):
    """Health as a test reads it: small numbers too, by the minute, and since the start."""

    def __init__(self) -> None:
        super().__init__(NO_FLOORS, interval=60.0)

    def publish(self) -> None:
        """Publish the counts now, and go on with them."""
        kept = self._evidence, self._hidden, self._counts, self._feeds_before
        super().publish()
        self._evidence, self._hidden, self._counts, self._feeds_before = kept


def unmapped_at_once() -> UnmappedAttachments:
    """Give attachments without a room that are listed as soon as they are recorded."""
    return UnmappedAttachments(clock=count().__next__, interval=1)


def client(room: str = "101", number: int = 1) -> bytes:
    """Give the packed address of a device in a room."""
    return inet_pton(AF_INET, f"10.0.{room}.{number}")


def sighting(moment: float, who: bytes | None = None, **changes: object) -> Sighting:
    """Give a sighting of Instagram's app in room 101, or another."""
    fields: dict[str, object] = {
        "timestamp": moment,
        "client": who or client(),
        "hostname": "i.instagram.com",
        "evidence": Evidence.SNI,
    }
    return Sighting(**{**fields, **changes})  # type: ignore[arg-type]


def use(moment: float, who: bytes | None = None, **changes: object) -> list[Sighting]:
    """Give four sightings in three minutes that carry what clips do: enough to be active."""
    carrying = {"down": 1_100_000, **changes}
    return [sighting(moment + seconds, who, **carrying) for seconds in (0, 60, 120, 180)]
