"""Gathers what devices do in their stays, and what servers say of them, on a network of a kind."""

from ipaddress import ip_address
from itertools import count
from random import Random

from monitor.evidence import Evidence
from monitor.sighting import Sighting
from tests.monitor.places.feeds.neighbours.test_messages import FAILED
from tests.monitor.places.feeds.neighbours.test_messages import message as neighbour_message
from tests.privacy.worlds.frames import (
    CARRIED,
    ROUTER,
    TIMES,
    Ends,
    connection,
    dns_answer,
)
from tests.privacy.worlds.school import HOSTNAMES
from tests.privacy.worlds.stays import Stay
from tests.privacy.worlds.world import (
    AccountingRecord,
    Contact,
    Event,
    Frame,
    LeaseLine,
    NeighbourEntry,
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


class WorldMaker:
    """Gathers what happens on a network of a kind."""

    def __init__(self, network: SchoolNetwork, random: Random) -> None:
        self._network = network
        self._random = random
        self._events: list[Event] = []
        self._numbers = count()
        self._sees_own_frames = network in {SchoolNetwork.VLAN_A_ROOM, SchoolNetwork.OPTION_82}
        self.counts_ipv6 = network in {SchoolNetwork.VLAN_A_ROOM, SchoolNetwork.GATEWAY}

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
            self._add_lease(stay)
            self._add_session(stay, shows)
        elif self._network is SchoolNetwork.GATEWAY:
            self._add_neighbours(stay)

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
                    self._add_contacts(stay, HOSTNAMES[platform], start, client)
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
        shown = HOSTNAMES[platform] if hostname is None else hostname
        if self._network is SchoolNetwork.GATEWAY:
            self._add_contacts(stay, shown, start, client or stay.ipv4)
            return
        ends = self._ends(stay, platform, client or stay.ipv4)
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
        if self._network is SchoolNetwork.GATEWAY:
            return  # the gateway alone sees no answers
        if len(ends.client) == len(ends.server):
            frame = dns_answer(ends, hostname, through)
            self._add(stay, timestamp, Frame(frame))

    def _add_contacts(self, stay: Stay, hostname: str, start: float, client: bytes) -> None:
        for number, after in enumerate(TIMES):
            sighting = Sighting(
                start + after,
                client,
                hostname,
                Evidence.SNI if hostname else Evidence.HIDDEN,
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
        self._add_lease6(stay, start)
        lines = [(start, start + lifetime, 0)]
        if random.random() < 0.5:
            lines.append((int(stay.end), int(stay.end) + lifetime, 2))
        for written, expire, state in lines:
            text = f"{address},{mac},01:{mac},{lifetime},{expire},1,0,0,,{state},{context}\n"
            unit = stay.device.unit(self._network)
            self._events.append(Event(float(written), unit, LeaseLine(text)))

    def _add_lease6(self, stay: Stay, start: int) -> None:
        """Add a lease of DHCPv6, whose DUID was made of the MAC address of another interface."""
        other = (b"\x06" + stay.device.mac[1:]).hex(":")
        mac, source = self._random.choice(((stay.device.mac.hex(":"), 8), (other, 2), ("", "")))
        text = (
            f"{ip_address(stay.ipv6[0])},00:03:00:01:{other},3600,{start + 3_600},1,1800,0,1,"
            f"128,0,0,,{mac},0,,1,{source},0\n"
        )
        unit = stay.device.unit(self._network)
        self._events.append(Event(float(start), unit, LeaseLine(text, is_ipv6=True)))

    def _add_neighbours(self, stay: Stay) -> None:
        """Add what Linux says of a device's addresses; that they go, it seldom says."""
        unit, mac = stay.device.unit(self._network), stay.device.mac
        for number, address in enumerate((stay.ipv4, *stay.ipv6[:3])):
            moment = stay.start - 0.1 + number * 0.01
            told = NeighbourEntry(neighbour_message(address, mac), address)
            self._events.append(Event(moment, unit, told))
            if self._random.random() < 0.1:
                gone = NeighbourEntry(neighbour_message(address, mac, state=FAILED), address)
                self._events.append(Event(stay.end, unit, gone))

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
