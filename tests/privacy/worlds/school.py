"""The school of the worlds: 24 rooms, nine lesson hours, two days, two year layers.

Room number `n` has VLAN `n` with 10.0.n.0/24 and 2001:db8:0:n::/64, staff of it 10.1.n.0/24.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from ipaddress import IPv4Network, IPv6Network
from random import Random

from monitor.identity import IdentityRules, Unit
from monitor.place import PersonRole, Place
from monitor.places.prefix_map import PrefixMap
from monitor.snapshot import Snapshot
from schedules.exemption import Exemption, Exemptions, ExemptionScope
from schedules.lesson import Lesson
from schedules.timetable import Timetable
from tests.cast import AMSTERDAM, CATALOGUE, LAYERS, MONDAY, group_of
from tests.privacy.worlds.world import SchoolNetwork

ROOMS = tuple(range(101, 125))
PERIODS = 9
DAYS = (MONDAY, MONDAY + timedelta(days=1))
FIRST_BELL = (8, 0)
LESSON = timedelta(minutes=50)
HOSTNAMES = {
    "instagram": "i.instagram.com",
    "youtube": "www.youtube.com",
    "tiktok": "www.tiktok.com",
    "snapchat": "app.snapchat.com",
    "facebook": "www.facebook.com",
    "x": "x.com",
    "pinterest": "www.pinterest.com",
    "linkedin": "www.linkedin.com",
    "weblogs": "wordpress.com",
}
"""One of the app's own hostnames for each platform."""
IDENTITY = {
    SchoolNetwork.VLAN_A_ROOM: IdentityRules(unit=Unit.DEVICE),
    SchoolNetwork.ROUTED_DHCP: IdentityRules(unit=Unit.DEVICE, frames_are_own=False),
    SchoolNetwork.OPTION_82: IdentityRules(unit=Unit.DEVICE),
    SchoolNetwork.DOT1X: IdentityRules(unit=Unit.PERSON, frames_are_own=False),
    SchoolNetwork.GATEWAY: IdentityRules(unit=Unit.DEVICE),
}
ROOM_PREFIXES = {SchoolNetwork.VLAN_A_ROOM, SchoolNetwork.ROUTED_DHCP, SchoolNetwork.GATEWAY}
"""Networks in which each room has its own prefixes."""
ATTACHMENTS = "kind,name,room,layer,role\n" + "".join(
    f"access_point,ap-{room},{room},,\ncircuit,port-{room},{room},,\n" for room in ROOMS
)


def bell(day: date, period: int) -> datetime:
    """Return when a lesson hour (from 0) begins."""
    start = datetime(day.year, day.month, day.day, *FIRST_BELL, tzinfo=AMSTERDAM)
    return start + period * LESSON


def lessons() -> Iterator[Lesson]:
    """Give a lesson in every room in every hour; rooms are of the two layers in turn."""
    for day in DAYS:
        for period in range(PERIODS):
            start = bell(day, period)
            for room in ROOMS:
                yield Lesson(
                    instance=f"{day}/{period}/{room}",
                    start=start,
                    end=start + LESSON,
                    period=str(period + 1),
                    rooms=(str(room),),
                    groups=(group_of(str(room)),),
                    teachers=("MUL",),
                )


def random_lessons(random: Random) -> Iterator[Lesson]:
    """Give a timetable by chance: free rooms, two rooms or two lessons at once, odd times."""
    for lesson in lessons():
        if random.random() < 0.08:
            continue  # the room is free
        rooms, groups = lesson.rooms, lesson.groups
        start, end = lesson.start, lesson.end
        if random.random() < 0.1:
            rooms = (*rooms, str(random.choice(ROOMS)))
        if random.random() < 0.1:
            groups = random.choice((("h3a", "v3a"), (), ("m1a",)))
        if random.random() < 0.1:
            start += timedelta(minutes=random.randint(0, 20))
            end -= timedelta(minutes=random.randint(0, 20))
        yield replace(lesson, rooms=rooms, groups=groups, start=start, end=end)


def random_exemptions(held: Sequence[Lesson], random: Random) -> list[Exemption]:
    """Give what teachers allow in some lessons."""
    return [
        Exemption(
            scope=ExemptionScope.LESSON,
            target=lesson.instance,
            platforms=random.choice((None, frozenset({"youtube"}), frozenset({"instagram"}))),
            granted_by="MUL",
            granted_at=lesson.start.timestamp() + random.choice((-600, 600)),
        )
        for lesson in random.sample(held, 6)
    ]


@cache
def school(network: SchoolNetwork, seed: int | None = None) -> Snapshot:
    """Return what sightings are held against.

    Args:
        network: of which kind.
        seed: of a timetable and exemptions that are made by chance.
    """
    has_room_prefixes = network in ROOM_PREFIXES
    held = list(lessons() if seed is None else random_lessons(Random(seed)))
    timetable = Timetable(held, AMSTERDAM)
    allowed = () if seed is None else random_exemptions(held, Random(seed))
    return Snapshot(
        zone=AMSTERDAM,
        catalogue=CATALOGUE,
        prefixes=PrefixMap(_prefixes() if has_room_prefixes else ()),
        layers=LAYERS,
        counts_staff=False,
        timetable=timetable,
        exemptions=Exemptions(allowed, timetable),
        identity=IDENTITY[network],
        attached_rooms=dict.fromkeys(() if has_room_prefixes else map(str, ROOMS), frozenset()),
    )


def _prefixes() -> Iterator[tuple[IPv4Network | IPv6Network, Place]]:
    for room in ROOMS:
        place = Place(str(room))
        yield IPv4Network(f"10.0.{room}.0/24"), place
        yield IPv6Network(f"2001:db8:0:{room:x}::/64"), place
        yield IPv4Network(f"10.1.{room}.0/24"), Place(str(room), role=PersonRole.STAFF)
