"""What a sighting costs: catalogue lookups, the whole core, and memory by active devices.

Times are of one thread. Each is also given as a ratio to something that the machine does besides,
measured in the same run: absolute times say more about the machine than about the code.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from ipaddress import IPv4Network
from pathlib import Path
from random import Random
from resource import getpagesize
from statistics import median
from time import process_time

from monitor import catalogue
from monitor.core import Core
from monitor.evidence import Evidence
from monitor.health import Health
from monitor.identity import NAME_BYTES, DeviceNames, IdentityRules, Unit
from monitor.own_device.session_registry import MAX_SESSIONS, SessionRegistry
from monitor.place import Place
from monitor.places.binding_table import BindingTable
from monitor.places.bindings import Bindings, BindingSource, SessionUpdate
from monitor.places.prefix_map import PrefixMap
from monitor.release.layers import Layer, Layers
from monitor.sighting import Sighting
from monitor.snapshot import Snapshot
from schedules.exemption import Exemptions
from schedules.timetable import Timetable
from tests.cast import AMSTERDAM, ROOMS, at, lessons

ROUNDS = 5
NAMES = (
    "www.magister.net",
    "scontent-ams4-1.cdninstagram.com",
    "login.microsoftonline.com",
    "rr3---sn-5hnekn7s.googlevideo.com",
    "www.netflix.com",
    "static.xx.fbcdn.net",
    "fonts.gstatic.com",
    "www.tiktok.com",
)
USED = ("i.instagram.com", "www.tiktok.com", "www.youtube.com")
DEVICES = (1_000, 10_000, 100_000)
MAX_MEGABYTES = 100


def seconds(work: Callable[[], object]) -> float:
    """Give the median processor time of some rounds: what else runs does not count."""
    times = []
    for _ in range(ROUNDS):
        start = process_time()
        work()
        times.append(process_time() - start)
    return median(times)


def school(unit: Unit = Unit.ADDRESS) -> Snapshot:
    """Give a school of 24 rooms whose prefixes have room for 100,000 devices."""
    return Snapshot(
        zone=AMSTERDAM,
        catalogue=catalogue.load_catalogue(),
        prefixes=PrefixMap(
            (IPv4Network(f"10.{number}.0.0/16"), Place(room)) for number, room in enumerate(ROOMS)
        ),
        layers=Layers((Layer("3 havo", 50_000, ("h3*",)), Layer("3 vwo", 50_000, ("v3*",)))),
        counts_staff=False,
        timetable=Timetable(lessons(), AMSTERDAM),
        exemptions=Exemptions(),
        identity=IdentityRules(unit),
    )


def device(number: int) -> bytes:
    """Give the packed address of one of many devices, spread over the rooms."""
    return bytes((10, number % len(ROOMS), number // 256 % 256, number % 256))


def mixed(count: int) -> list[Sighting]:
    """Give sightings of a lesson as a school has them: one in six is of a platform that is used."""
    random = Random(1)
    names = [*NAMES, *NAMES, *USED]
    return [
        Sighting(
            at(8, 30) + 3_000 * number / count,
            device(random.randrange(1_200)),
            random.choice(names),
            Evidence.SNI,
            900,
            9_000,
        )
        for number in range(count)
    ]


def lookups() -> Iterator[Sequence[object]]:
    """Time the catalogue beside a plain dictionary."""
    recognise = catalogue.load_catalogue().recognise
    names = NAMES * 2_000
    plain = dict.fromkeys(NAMES)
    ours = seconds(lambda: [recognise(name) for name in names]) / len(names)
    dictionary = seconds(lambda: [plain.get(name.lower()) for name in names]) / len(names)
    nanoseconds = f"{ours * 1e9:.0f} ns"
    yield "catalogue lookup", nanoseconds, f"{ours / dictionary:.1f} × a dictionary's", ""


def sightings() -> Iterator[Sequence[object]]:
    """Time the whole core beside reading the same sightings from JSON, by what names a device."""
    seen = mixed(60_000)
    lines = [json.dumps([s.timestamp, s.client.hex(), s.hostname, s.up, s.down]) for s in seen]
    named = [sighting._replace(hardware=name_of(sighting.client)) for sighting in seen]
    neighbours = BindingTable()
    for client in {sighting.client for sighting in seen}:
        neighbours.record(heard_of(client))
    by_address, by_device = school(), school(Unit.DEVICE)
    for what, snapshot, received, bindings in (
        ("sightings, by address", by_address, seen, Bindings()),
        ("sightings, by their frames", by_device, named, Bindings()),
        ("sightings, by the neighbour table", by_device, seen, neighbours.snapshot()),
    ):

        def through_the_core(
            snapshot: Snapshot = snapshot,
            received: list[Sighting] = received,
            bindings: Bindings = bindings,
        ) -> None:
            core = Core(snapshot, Health(), at(8))
            core.bindings = bindings
            for sighting in received:
                core.receive_sighting(sighting)

        as_json = seconds(lambda: [json.loads(line) for line in lines]) / len(seen)
        ours = seconds(through_the_core) / len(seen)
        speed, beside = f"{1 / ours:,.0f} a second", f"{ours / as_json:.1f} × reading them as JSON"
        yield what, speed, beside, "≥ 100,000 a second"


def name_of(client: bytes) -> bytes:
    """Give the name of a device that has one address, as long as a keyed one."""
    return client.ljust(NAME_BYTES, b"\0")


def heard_of(client: bytes) -> SessionUpdate:
    """Say that the neighbour table shows which device has an address."""
    names = DeviceNames(hardware=name_of(client))
    return SessionUpdate(
        BindingSource.NEIGHBOUR, client, (client,), None, at(8), at(18), names=names
    )


def looked_at() -> Iterator[Sequence[object]]:
    """Time what a sighting costs besides while devices look at themselves, and a look's turn."""
    snapshot, seen = school(), mixed(60_000)
    core, looks = Core(snapshot, Health(), at(8)), SessionRegistry()
    looking = [
        looks.open_session(core, device(number), at(8, 30)) for number in range(MAX_SESSIONS)
    ]

    def give() -> None:
        for sighting in seen:
            looks.receive_sighting(sighting, core)

    def take() -> None:
        for look in looking:
            look.queue_sighting(seen[-1])
            look.new_lines(at(9, 20))
            look.overview(at(9, 20))

    nanoseconds = f"{seconds(give) / len(seen) * 1e9:.0f} ns"
    yield f"a sighting, while {MAX_SESSIONS} look", nanoseconds, "besides the core", ""
    yield "a look's turn", f"{seconds(take) / MAX_SESSIONS * 1e6:.0f} µs", "twice a second", ""


def memory() -> Iterator[Sequence[object]]:
    """Measure a process of its own for each number of active devices, and what names them."""
    for devices, unit in (*((count, Unit.ADDRESS) for count in DEVICES), (DEVICES[1], Unit.DEVICE)):
        command = [sys.executable, "-m", "tests.benchmark.core", str(devices), unit]
        answer = subprocess.run(command, check=True, capture_output=True, text=True)
        megabytes = float(answer.stdout)
        aim = f"< {MAX_MEGABYTES} MB" if devices == DEVICES[1] else "linear"
        each = f"{megabytes * 1e6 / devices:,.0f} bytes a device"
        what = f"memory, {devices:,} active devices by {unit}"
        yield what, f"{megabytes:.1f} MB", each, aim


def grown(devices: int, unit: Unit) -> float:
    """Give the megabytes that a core grows by when each device uses three platforms."""
    core = Core(school(unit), Health(), at(8))
    before = resident()
    for number in range(devices):
        address = device_of_many(number)
        name = name_of(address)
        for hostname in USED:
            core.receive_sighting(
                Sighting(at(8, 40), address, hostname, Evidence.SNI, hardware=name)
            )
    return (resident() - before) / 1e6


def device_of_many(number: int) -> bytes:
    """Give each device an address of its own, whatever the room."""
    return bytes((10, number % len(ROOMS), number // len(ROOMS) // 256, number // len(ROOMS) % 256))


def resident() -> int:
    """Give this process's resident memory, in bytes."""
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * getpagesize()


def rows() -> Iterator[Sequence[object]]:
    """Measure all of it: what, figure, ratio, aim."""
    yield from lookups()
    yield from sightings()
    yield from looked_at()
    yield from memory()


if __name__ == "__main__":
    sys.stdout.write(str(grown(int(sys.argv[1]), Unit(sys.argv[2]))))
