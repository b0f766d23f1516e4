"""Plays a world through the sensor and the core as they run, and gives the counts without noise."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from addons.flows.naming import FlowNamer
from addons.flows.tracker import TICKS_BETWEEN_REPORTS
from addons.link.wire_format import decode_sighting, encode_sighting
from addons.packets.frame_parser import FrameParser
from addons.packets.link_types import ETHERNET
from addons.passive import PassiveSensor
from monitor.configuration import load_configuration
from monitor.core import Core
from monitor.health import Health
from monitor.identity import IdentityRules, NamingKey
from monitor.places.bindings import BindingEvent, Bindings
from monitor.places.feeds.neighbours.neighbour_table import LIFETIME, NeighbourFeed
from monitor.places.feeds.poller import FeedPoller
from monitor.places.feeds.unmapped import UnmappedAttachments
from monitor.release.tables import Cell
from monitor.runtime.feed_factories import make_feeds
from monitor.runtime.health_metrics import HealthCollector
from monitor.sighting import Sighting
from monitor.snapshot import Snapshot
from tests.addons.flows.wire import HIDING
from tests.cast import CATALOGUE, at
from tests.privacy.worlds.school import ATTACHMENTS, DAYS, school
from tests.privacy.worlds.world import (
    AccountingRecord,
    Contact,
    Event,
    Frame,
    LeaseLine,
    NeighbourEntry,
    World,
)

MINUTE = 60.0
TICKS = TICKS_BETWEEN_REPORTS + 1
"""Calls of the sensor's `tick` in a minute after a frame, instead of sixty: all is reported."""
LEASES, LEASES6, DETAIL = "leases4.csv", "leases6.csv", "detail"
KEA6_HEADER = (
    "address,duid,valid_lifetime,expire,subnet_id,pref_lifetime,lease_type,iaid,prefix_len,"
    "fqdn_fwd,fqdn_rev,hostname,hwaddr,state,user_context,hwtype,hwaddr_source,pool_id\n"
)
KEA_HEADER = (
    "address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,"
    "user_context\n"
)
SETTINGS = f"""
[school]
name = "College"
[approval]
dpia = "DPIA, 12 mei"
council = "MR, 12 mei"
[attachments]
file = "attachments.csv"
[radius]
detail = "{DETAIL}"
own_prefixes = %s
[dhcp]
kea_leases = "{LEASES}"
kea_leases6 = "{LEASES6}"
[identity]
unit = "%s"
frames = "%s"
"""

type CellCounts = dict[Cell, int | None]
"""The exact count of every cell; None is 'geen cijfer'."""


@dataclass(frozen=True)
class Variant:
    """In what a process is another than it should be."""

    identity: IdentityRules | None = None
    """What names a device; that of the world's network without it."""
    change: Callable[[Core], object] = lambda _: None
    """Called with each new core."""
    make_health: Callable[[], Health] = Health
    own_prefixes: bool = True
    """Whether the school says that each session has a /64 of its own."""


AS_IT_IS = Variant()


class Process:
    """One sensor process: an interface, the feeds of places, the core, and a sensor beside it."""

    def __init__(self, held: Snapshot, folder: Path, started: float, variant: Variant) -> None:
        self.health = variant.make_health()
        self.now = self._heard_at = started
        self._naming = NamingKey()
        self.core = Core(held, self.health, started, self._naming)
        self._resources = ExitStack()
        configuration = load_configuration(folder / "lesrust.toml")
        feeds = make_feeds(configuration, self._resources, UnmappedAttachments(), self._naming)
        self.neighbours = PlayedNeighbours(self._naming)
        self._resources.callback(self.neighbours.close)
        feeds = (*feeds, self.neighbours)
        self._poller = FeedPoller(feeds, self._swap, lambda: self.now, self.health)
        self._parsers = [FrameParser(ETHERNET) for _ in range(2)]
        self._sensors = [
            PassiveSensor(sink, FlowNamer(lambda: CATALOGUE, HIDING))
            for sink in (self, _Link(self))
        ]
        self._sees_own_frames = held.identity.frames_are_own
        variant.change(self.core)

    def name_hardware(self, mac: bytes) -> bytes:
        return self._naming.name_hardware(mac) if self._sees_own_frames else b""

    def name_dns_client(self, client: bytes, hardware: bytes, timestamp: float) -> bytes:
        return self.core.name_dns_client(client, hardware, timestamp)

    def receive_sighting(self, sighting: Sighting) -> None:
        self.core.receive_sighting(sighting)

    def tick(self) -> None:
        """Nothing: `pass_time` calls the core."""

    def receive_frame(self, frame: Frame) -> None:
        self._heard_at = self.now
        packet = self._parsers[frame.sensor].parse_frame(frame.data, self.now)
        if packet is not None:
            self._sensors[frame.sensor].receive_packet(packet, self.now)

    def poll_feeds(self) -> None:
        self._poller.poll()

    def pass_time(self, timestamp: float) -> Iterator[tuple[Cell, int | None]]:
        """Let time pass, and give the cells that are closed."""
        self.now = timestamp
        self._poller.poll()
        for sensor in self._sensors:
            for _ in range(TICKS if timestamp - self._heard_at <= 2 * MINUTE else 1):
                sensor.tick(timestamp)
        for closed in self.core.tick(timestamp):
            for cells in closed.counts.values():
                yield from cells.items()

    def close(self) -> None:
        self._resources.close()

    def _swap(self, bindings: Bindings) -> None:
        self.core.bindings = bindings


READ_AGAIN = LIFETIME - 30.0
"""Seconds between two readings of the whole table: rarer than it is, and often enough for
every entry to go on."""


class PlayedNeighbours(NeighbourFeed):
    """The gateway's neighbour table, with the entries of the world and not of this machine."""

    def __init__(self, naming: NamingKey) -> None:
        super().__init__("all", naming)
        self._entries: dict[bytes, bytes] = {}
        self._waiting: list[bytes] = []
        self._read_at = 0.0

    def put(self, entry: NeighbourEntry) -> None:
        """Change an entry, and tell so."""
        self._entries[entry.address] = entry.message
        self._waiting.append(entry.message)

    def events(self, now: float) -> Iterator[BindingEvent]:
        waiting, self._waiting = self._waiting, []
        if now - self._read_at >= READ_AGAIN:
            self._read_at = now
            waiting += self._entries.values()
        for message in waiting:
            yield from self.receive_message(message, now)


class _Link:
    """The link from a sensor beside the core, which knows no key, to the core."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.health = process.health

    def name_hardware(self, mac: bytes) -> bytes:
        return mac

    def name_dns_client(self, client: bytes, hardware: bytes, timestamp: float) -> bytes:
        return client + hardware

    def receive_sighting(self, sighting: Sighting) -> None:
        received = decode_sighting(encode_sighting(sighting))
        name = self._process.name_hardware(received.hardware)
        self._process.receive_sighting(received._replace(hardware=name))

    def tick(self) -> None:
        """Nothing: it never waits."""


def play(world: World, variant: Variant = AS_IT_IS) -> CellCounts:
    """Return the exact counts of all tables of a world."""
    return play_and_scrape(world, variant)[0]


def play_and_scrape(world: World, variant: Variant = AS_IT_IS) -> tuple[CellCounts, list[bytes]]:
    """Return the exact counts of a world, and what health said of it in each minute."""
    held = school(world.network, world.timetable)
    if variant.identity is not None:
        held = replace(held, identity=variant.identity)
    with TemporaryDirectory() as folder:
        player = _Player(held, Path(folder), variant)
        return player.play(world.events), player.scraped


class _Player:
    def __init__(self, held: Snapshot, folder: Path, variant: Variant) -> None:
        frames = "own" if held.identity.frames_are_own else "routed"
        (folder / "lesrust.toml").write_text(
            SETTINGS % ("true" if variant.own_prefixes else "false", held.identity.unit, frames)
        )
        (folder / "attachments.csv").write_text(ATTACHMENTS)
        (folder / LEASES).write_text(KEA_HEADER)
        (folder / LEASES6).write_text(KEA6_HEADER)
        (folder / DETAIL).touch()
        self._held = held
        self._folder = folder
        self._variant = variant
        self._counts: CellCounts = {}
        self.scraped: list[bytes] = []

    def play(self, events: tuple[Event, ...]) -> CellCounts:
        waiting = iter(events)
        event = next(waiting, None)
        self._begin(at(7))
        for moment in _moments():
            while event is not None and event.timestamp <= moment:
                self._process.now = event.timestamp
                self._happen(event)
                event = next(waiting, None)
            self._counts.update(self._process.pass_time(moment))
            self.scraped.append(self._scrape(moment))
        self._process.close()
        return self._counts

    def _happen(self, event: Event) -> None:
        process = self._process
        match event.what:
            case Frame():
                process.receive_frame(event.what)
            case LeaseLine(text, is_ipv6):
                self._write(LEASES6 if is_ipv6 else LEASES, text)
            case NeighbourEntry():
                process.neighbours.put(event.what)
                process.poll_feeds()
            case AccountingRecord(text):
                self._write(DETAIL, text)
            case Contact(sighting):
                process.receive_sighting(decode_sighting(encode_sighting(sighting)))
            case _:
                self._restart()

    def _begin(self, started: float) -> None:
        self._process = Process(self._held, self._folder, started, self._variant)

    def _scrape(self, moment: float) -> bytes:
        health = HealthCollector(self._process.health, lambda: moment)
        return b"".join(
            f"{sample.name} {sample.labels} {sample.value}\n".encode()
            for metric in health.collect()
            for sample in metric.samples
        )

    def _write(self, name: str, text: str) -> None:
        with (self._folder / name).open("a") as file:
            file.write(text)
        self._process.poll_feeds()

    def _restart(self) -> None:
        """End the process, and go on with another as the service does."""
        now = self._process.now
        self._process.close()
        self._begin(now)
        due = [slot for slot in self._held.release_schedule if slot.timestamp <= now]
        today = DAYS[now >= at(0, day=DAYS[1])]
        hours = [slot for slot in due if slot.period and slot.day == today]
        self._process.core.resume({slot.key for slot in due}, hours_spent=len(hours))
        self._process.poll_feeds()


def _moments() -> Iterator[float]:
    """Give the moments of the clock: each minute of the school days, and the Monday after."""
    for day in DAYS:
        moment = at(7, 30, day)
        while moment <= at(17, 30, day):
            yield moment
            moment += MINUTE
    yield at(7, 0, DAYS[0]) + 7 * 86_400.0
