"""Who is in which room when, and with which addresses: what a world is made of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256
from random import Random
from typing import NamedTuple

from monitor.place import PersonRole
from tests.privacy.worlds.school import DAYS, LESSON, PERIODS, ROOMS, bell
from tests.privacy.worlds.world import SchoolNetwork

MAX_STAYS = 7
"""Of one device in one day."""
HANDOVER = 4.0
"""Seconds after which the address of who has gone is another's, at least."""
_ONE_VLAN = {SchoolNetwork.OPTION_82, SchoolNetwork.DOT1X}


class Device(NamedTuple):
    """A phone or a laptop, and whose it is."""

    name: str
    person: str

    @property
    def mac(self) -> bytes:
        """Its own MAC address, which says nothing of its addresses."""
        return b"\x02" + sha256(self.name.encode()).digest()[:5]

    def unit(self, network: SchoolNetwork) -> str:
        """Return whose device-day it adds to, on a network of a kind."""
        return self.person if network is SchoolNetwork.DOT1X else self.name


class Stay(NamedTuple):
    """A device in a room for a time, with its addresses there."""

    device: Device
    room: int
    start: float
    end: float
    role: PersonRole
    ipv4: bytes
    ipv6: tuple[bytes, ...]
    """A stable address, and those for privacy."""

    @property
    def prefix(self) -> bytes:
        """The /64 of its IPv6 addresses."""
        return self.ipv6[0][:8]


class _Visit(NamedTuple):
    start: float
    end: float
    device: Device
    room: int
    role: PersonRole


def random_stays(
    devices: Sequence[Device], network: SchoolNetwork, random: Random
) -> tuple[Stay, ...]:
    """Send devices through rooms; addresses that come free are handed out first again."""
    visits = [visit for device in devices for day in DAYS for visit in _visits(device, day, random)]
    return tuple(assign_addresses(visits, network, random))


def class_stays(
    devices: Sequence[Device],
    rooms: Sequence[int],
    network: SchoolNetwork,
    day: date = DAYS[0],
    *,
    random: Random,
) -> tuple[Stay, ...]:
    """Send devices through some rooms together, one in each lesson hour from the first."""
    visits = []
    for period, room in enumerate(rooms):
        start = bell(day, period).timestamp()
        end = start + LESSON.total_seconds()
        visits += [
            _Visit(start + 60.0 + number * 0.5, end - 60.0, device, room, PersonRole.PUPIL)
            for number, device in enumerate(devices)
        ]
    return tuple(assign_addresses(visits, network, random))


def assign_addresses(
    visits: Iterable[_Visit], network: SchoolNetwork, random: Random
) -> Iterator[Stay]:
    """Give each visit its addresses: the last that came free in its VLAN, or else a new one."""
    free: dict[tuple[int, PersonRole], list[int]] = defaultdict(list)
    used: dict[tuple[int, PersonRole], int] = defaultdict(lambda: 9)
    leaving: list[tuple[float, tuple[int, PersonRole], int]] = []
    for number, visit in enumerate(sorted(visits)):
        vlan = (0 if network in _ONE_VLAN else visit.room, visit.role)
        for gone in sorted(entry for entry in leaving if entry[0] < visit.start - HANDOVER):
            leaving.remove(gone)
            free[gone[1]].append(gone[2])
        if not free[vlan]:
            used[vlan] += 1
            free[vlan].append(used[vlan])
        host = free[vlan].pop()
        leaving.append((visit.end, vlan, host))
        net = int(visit.role is PersonRole.STAFF) + (0 if vlan[0] else 8)
        ipv4 = bytes((10, net, vlan[0], host))
        prefix = bytes.fromhex("20010db8") + bytes((0, net, 0, vlan[0]))
        if network is SchoolNetwork.DOT1X:  # a /64 of the session's own (RFC 8273)
            prefix = bytes.fromhex("20010db8") + bytes((1, 0)) + number.to_bytes(2)
        stable = prefix + sha256(visit.device.name.encode()).digest()[:8]
        temporary = [prefix + random.randbytes(8) for _ in range(random.choice((0, 1, 3, 20)))]
        yield Stay(
            visit.device,
            visit.room,
            visit.start,
            visit.end,
            visit.role,
            ipv4,
            (stable, *temporary),
        )


def _visits(device: Device, day: date, random: Random) -> Iterator[_Visit]:
    """Send a device through some rooms on a day, also between two bells and after the last."""
    moment = bell(day, 0) + timedelta(minutes=random.choice((-20, 0, 0, 25, 100)))
    rooms = random.sample(ROOMS, 2)  # few, so that one device comes where another has been
    ends = bell(day, PERIODS) + timedelta(minutes=30)
    for _ in range(random.randint(1, MAX_STAYS)):
        until = moment + timedelta(minutes=random.choice((12, 25, 50, 50, 100)))
        if until > ends:
            return
        room = random.choice((*rooms, 101, 101, 102))
        role = PersonRole.STAFF if random.random() < 0.05 else PersonRole.PUPIL
        start = moment.timestamp() + random.randint(5, 50)
        yield _Visit(start, until.timestamp() - 1.0, device, room, role)
        moment = until + timedelta(minutes=random.choice((0, 0, 0, 25, 50)))
