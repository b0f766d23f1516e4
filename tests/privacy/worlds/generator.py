"""Makes worlds by chance: what devices do in their stays, and what servers say of them.

A number makes the same world each time, so a failure names the world that it failed in.
"""

from ipaddress import ip_address
from itertools import count
from random import Random

from monitor.evidence import Evidence
from monitor.sighting import Sighting
from tests.cast import at
from tests.privacy.worlds.frames import (
    CARRIED,
    ROUTER,
    TIMES,
    Ends,
    connection,
    dns_answer,
)
from tests.privacy.worlds.school import DAYS, HOSTNAMES, PERIODS, ROOMS
from tests.privacy.worlds.stays import Device, Stay, class_stays, random_stays
from tests.privacy.worlds.world import (
    AccountingRecord,
    Contact,
    Event,
    Frame,
    LeaseLine,
    Restart,
    SchoolNetwork,
    World,
)

LEAVING = TIMES[-1] + 60.0
"""Seconds that a use takes."""
PLATFORMS = tuple(HOSTNAMES)
WEBLOG, WEBLOG_HOST = "www.mijnblog.nl", "lb.wordpress.com"
SERVERS = {name: number for number, name in enumerate((*PLATFORMS, WEBLOG), start=1)}
_DAY = 86_400


def random_world(network: SchoolNetwork, seed: int) -> World:
    """Make a world of at most five devices."""
    random = Random(f"{network}/{seed}")
    persons = random.randint(1, 4)
    devices = [
        Device(f"device {number}", f"person {random.randint(1, persons)}")
        for number in range(random.randint(2, 5))
    ]
    maker = WorldMaker(network, random)
    for stay in random_stays(devices, network, random):
        maker.add_stay(stay)
        for _ in range(random.randint(0, 3)):
            maker.add_random_uses(stay)
    if random.random() < 0.3:
        maker.add_restart(at(random.randint(8, 15), random.randint(0, 59), random.choice(DAYS)))
    return maker.world(f"random_world({network!r}, {seed})")


def busiest_world(network: SchoolNetwork) -> World:
    """Make a world in which one device is in nine rooms, with nine platforms in each."""
    random = Random(0)
    device = Device("busiest", "busiest")
    maker = WorldMaker(network, random)
    for stay in class_stays([device], ROOMS[::2][:9], network, random=random):
        maker.add_stay(stay)
        for number, platform in enumerate(PLATFORMS):
            family = stay.ipv4 if number % 2 or not maker.counts_ipv6 else stay.ipv6[0]
            maker.add_use(stay, platform, stay.start + 60.0 + number, client=family)
    return maker.world(f"busiest_world({network!r})")


def walking_class_world(phones: int, rooms: int, families: int = 1) -> World:
    """Make a world in which phones walk together through rooms of one layer, a VLAN each.

    Args:
        phones: how many.
        rooms: how many, one after another.
        families: 2 where each uses IPv4 and IPv6, instead of half of them each.
    """
    network = SchoolNetwork.VLAN_A_ROOM
    maker = WorldMaker(network, Random(0))
    devices = [Device(f"phone {number}", f"pupil {number}") for number in range(phones)]
    for stay in class_stays(devices, ROOMS[::2][:rooms], network, random=Random(1)):
        maker.add_stay(stay)
        clients = (stay.ipv4, stay.ipv6[0])
        for client in clients if families > 1 else clients[stay.ipv4[-1] % 2 == 0 :][:1]:
            maker.add_use(stay, "instagram", stay.start + 300.0, client=client)
    return maker.world(f"walking_class_world({phones}, {rooms}, {families})")


def retold_world(network: SchoolNetwork) -> World:
    """Make a world in which DNS tells one device what twelve others would have to be told."""
    maker = WorldMaker(network, Random(0))
    devices = [Device("told", "told"), *(Device(f"{n} other", f"{n} other") for n in range(12))]
    for stay in class_stays(devices, ROOMS[:1], network, random=Random(1)):
        maker.add_stay(stay)
        if stay.device.name == "told":
            for platform in PLATFORMS:
                maker.add_answer(stay, platform, stay.start + 60.0, stay.ipv4)
        else:
            maker.add_use(stay, "instagram", stay.start + 300.0, hostname="")
    return maker.world(f"retold_world({network!r})")


def reused_address_world() -> World:
    """Make a world in which a device leaves, and another gets its address in the same room.

    The first uses four platforms in five lesson hours of the morning, the second four others after.
    """
    network = SchoolNetwork.VLAN_A_ROOM
    maker = WorldMaker(network, Random(0))
    first, second = Device("first", "first"), Device("second", "second")
    morning = class_stays([first], [ROOMS[0]] * 5, network, random=Random(1))
    day = class_stays([second], [ROOMS[0]] * PERIODS, network, random=Random(1))
    for stay, platforms in (
        *((stay, PLATFORMS[:4]) for stay in morning),
        *((stay, PLATFORMS[4:8]) for stay in day[len(morning) :]),
    ):
        maker.add_stay(stay)
        for number, platform in enumerate(platforms):
            maker.add_use(stay, platform, stay.start + 60.0 + number)
    return maker.world("reused_address_world()")


def shared_prefix_world() -> World:
    """Make a world in which RADIUS tells the network's /64 for a device that uses it, and another.

    The other, elsewhere in the school, does nothing at all.
    """
    network = SchoolNetwork.DOT1X
    maker = WorldMaker(network, Random(0))
    user, other = Device("user", "user"), Device("other", "other")
    prefix = b"\x20\x01\x0d\xb8" + bytes(4)
    for number, device in enumerate((user, other)):
        rooms = [ROOMS[2 * number]] * PERIODS
        for stay in class_stays([device], rooms, network, random=Random(1)):
            shared = stay._replace(
                ipv4=bytes((10, 8, number, 9)), ipv6=(prefix + (number + 1).to_bytes(8),)
            )
            maker.add_stay(shared, shows="start")
            for at_once, platform in enumerate(PLATFORMS[:4] if device is user else ()):
                client = prefix + (100 + at_once).to_bytes(8)
                maker.add_use(shared, platform, shared.start + 60.0 + at_once, client=client)
    return maker.world("shared_prefix_world()")


def many_addresses_world(addresses: int) -> World:
    """Make a world in which one device uses a platform from each of many addresses of its /64."""
    network = SchoolNetwork.VLAN_A_ROOM
    maker = WorldMaker(network, Random(0))
    (stay,) = class_stays([Device("many", "many")], ROOMS[:1], network, random=Random(1))
    for number in range(addresses):
        client = stay.prefix + (number + 1).to_bytes(8)
        maker.add_use(stay, "instagram", stay.start + 60.0 + number, client=client)
    return maker.world(f"many_addresses_world({addresses})")


class WorldMaker:
    """Gathers what happens on a network of a kind."""

    def __init__(self, network: SchoolNetwork, random: Random) -> None:
        self._network = network
        self._random = random
        self._events: list[Event] = []
        self._numbers = count()
        self._sees_own_frames = network in {SchoolNetwork.VLAN_A_ROOM, SchoolNetwork.OPTION_82}
        self.counts_ipv6 = network is SchoolNetwork.VLAN_A_ROOM

    def world(self, description: str) -> World:
        """Return all of it, in the order of time."""
        events = sorted(self._events, key=lambda event: event.timestamp)
        return World(self._network, tuple(events), description)

    def add_stay(self, stay: Stay, *, shows: str = "") -> None:
        """Add what servers say of a stay: a lease, or a session.

        Args:
            stay: who is where.
            shows: the first message of a session that has its addresses; any without it.
        """
        if self._network in {SchoolNetwork.ROUTED_DHCP, SchoolNetwork.OPTION_82}:
            self._add_lease(stay)
        elif self._network is SchoolNetwork.DOT1X:
            self._add_session(stay, shows)

    def add_restart(self, timestamp: float) -> None:
        """Have the sensor process restart, which is nobody's doing."""
        self._events.append(Event(timestamp, "", Restart()))

    def add_random_uses(self, stay: Stay) -> None:
        """Add the use of some platforms in a stay, each seen in some way."""
        random = self._random
        latest = stay.end - LEAVING
        if latest <= stay.start:
            return
        for platform in random.sample(PLATFORMS, random.choice((1, 1, 2, 5, 9))):
            start = random.uniform(stay.start, latest)
            client = random.choice((stay.ipv4, stay.ipv4, *stay.ipv6[:3]))
            match random.choice(("named", "named", "named", "told", "nameless", "weblog", "proxy")):
                case "told":
                    self.add_answer(stay, platform, start - 1.0, client)
                    self.add_use(stay, platform, start, client=client, hostname="")
                case "nameless":
                    self.add_use(stay, platform, start, client=client, hostname="")
                case "weblog":
                    if random.random() < 0.5:
                        self.add_answer(stay, WEBLOG, start - 1.0, client, through=WEBLOG_HOST)
                    self.add_use(stay, WEBLOG, start, client=client, hostname=WEBLOG)
                case "proxy":
                    self._add_contacts(stay, platform, start, client)
                case _:
                    self.add_use(stay, platform, start, client=client)

    def add_use(
        self,
        stay: Stay,
        platform: str,
        start: float,
        *,
        client: bytes = b"",
        hostname: str | None = None,
    ) -> None:
        """Add a connection that carries enough to be use; some of it is seen twice."""
        ends = self._ends(stay, platform, client or stay.ipv4)
        shown = HOSTNAMES[platform] if hostname is None else hostname
        interfaces = (0, 1) if self._random.random() < 0.15 else (0,)
        for after, data in connection(ends, shown):
            for interface in interfaces:
                self._add(stay, start + after, Frame(data, interface))

    def add_answer(
        self, stay: Stay, platform: str, timestamp: float, client: bytes, through: str = ""
    ) -> None:
        """Add DNS's answer for a platform's name."""
        ends = self._ends(stay, platform, client)
        hostname = HOSTNAMES.get(platform, platform)
        if len(ends.client) == len(ends.server):
            frame = dns_answer(ends, hostname, through)
            self._add(stay, timestamp, Frame(frame))

    def _add_contacts(self, stay: Stay, platform: str, start: float, client: bytes) -> None:
        for number, after in enumerate(TIMES):
            sighting = Sighting(
                start + after,
                client,
                HOSTNAMES[platform],
                Evidence.SNI,
                1_000,
                CARRIED,
                opens_connection=number == 0,
            )
            self._add(stay, start + after, Contact(sighting))

    def _ends(self, stay: Stay, platform: str, client: bytes) -> Ends:
        number = SERVERS[platform]
        is_ipv4 = len(client) == len(stay.ipv4)
        server = (
            bytes((203, 0, 113, number)) if is_ipv4 else b"\x20\x01" + bytes(13) + bytes((number,))
        )
        mac = stay.device.mac if self._sees_own_frames else ROUTER[:5] + b"\x02"
        port = 50_000 + next(self._numbers) % 3  # few: another device may have the same ends
        return Ends(mac, client, port, server)

    def _add(self, stay: Stay, timestamp: float, what: Frame | Contact) -> None:
        self._events.append(Event(timestamp, stay.device.unit(self._network), what))

    def _add_lease(self, stay: Stay) -> None:
        random = self._random
        mac = stay.device.mac.hex(":")
        circuit = f"port-{stay.room}".encode()
        relay = (b"\x01" + bytes((len(circuit),)) + circuit).hex()
        context = f'{{ "ISC": {{ "relay-agent-info": "0x{relay}" }} }}'
        lifetime = random.choice((3_600, 8 * _DAY))
        start = int(stay.start) - 2
        address = ip_address(stay.ipv4)
        lines = [(start, start + lifetime, 0)]
        if random.random() < 0.5:
            lines.append((int(stay.end), int(stay.end) + lifetime, 2))
        for written, expire, state in lines:
            text = f"{address},{mac},01:{mac},{lifetime},{expire},1,0,0,,{state},{context}\n"
            unit = stay.device.unit(self._network)
            self._events.append(Event(float(written), unit, LeaseLine(text)))

    def _add_session(self, stay: Stay, shows: str) -> None:
        random = self._random
        session = f"{next(self._numbers):08x}"
        late = random.choice((-2, -2, 4, 200))
        shows = shows or random.choice(("start", "start", "interim", "never"))
        moments: list[tuple[str, float, bool]] = [("Start", stay.start + late, shows == "start")]
        if shows == "interim":
            moments.append(("Interim-Update", stay.start + max(late, 0) + 10.0, True))
        if random.random() < 0.7:
            moments.append(("Stop", stay.end, shows != "never"))
        for status, moment, has_address in moments:
            text = self._record(stay, session, status, moment, has_address=has_address)
            unit = stay.device.unit(self._network)
            self._events.append(Event(moment, unit, AccountingRecord(text)))

    def _record(
        self, stay: Stay, session: str, status: str, moment: float, *, has_address: bool
    ) -> str:
        lines = [
            f"Acct-Status-Type = {status}",
            f'Acct-Session-Id = "{session}"',
            f'User-Name = "{stay.device.person}@school.example"',
            f'Calling-Station-Id = "{stay.device.mac.hex("-").upper()}"',
            f'Called-Station-Id = "ap-{stay.room}"',
            "NAS-IP-Address = 10.0.0.2",
            "Acct-Interim-Interval = 600",
            f"Timestamp = {int(moment)}",
        ]
        if has_address:
            prefix = ip_address(stay.prefix + bytes(8))
            lines += [
                f"Framed-IP-Address = {ip_address(stay.ipv4)}",
                f"Framed-IPv6-Prefix = {prefix}/64",
            ]
        body = "".join(f"\t{line}\n" for line in lines)
        return f"Mon Nov 23 08:00:00 2026\n{body}\n"
