"""A school on Monday, and captures of what its devices do there."""

from collections.abc import Iterator
from pathlib import Path

from addons.packets.packet import Packet
from schedules import store as schedule_store
from tests.addons.flows.wire import TcpClient, capture
from tests.addons.hellos import record, server_name, with_extensions
from tests.cast import AMSTERDAM, APPROVED, ROOMS, at, client, lessons

ADDRESSES = '[identity]\nunit = "address"\nreused = false\n'
"""In these captures each device has one address."""
OFTEN = 15
"""Seconds between two connections of a device that is used."""


def school(folder: Path) -> Path:
    """Configure the school with a store in a folder, and put Monday's timetable in the store."""
    places = (f'[[place]]\nprefixes = ["10.0.{room}.0/24"]\nroom = "{room}"\n' for room in ROOMS)
    layer = '[[layer]]\nname = "3 havo"\npupils = 600\ngroups = ["h3*"]\n'
    path = folder / "lesrust.toml"
    path.write_text(
        '[school]\nname = "Het Voorbeeld"\n' + APPROVED + ADDRESSES + layer + "".join(places)
    )
    schedule_store.import_timetable(list(lessons()), source="csv", by="", now=at(7), zone=AMSTERDAM)
    return path


def hello(hostname: str) -> bytes:
    return record(with_extensions(server_name(hostname.encode())))


def use(start: float, end: float, who: bytes, hostname: str) -> Iterator[tuple[float, Packet]]:
    """Use a platform over a time, as whoever scrolls does: again and again, with much to see."""
    for number in range(int(end - start) // OFTEN):
        moment = start + number * OFTEN
        device = TcpClient(20_000 + number, client=who)
        yield moment, device.says(hello(hostname))
        device.hears(1_500_000)
        yield moment + 1, device.says(b"\x17", size=1_200)
        device.hears(500_000)
        yield moment + 2, device.ends()


def presence(start: float, end: float) -> Iterator[tuple[float, Packet]]:
    """Have one device, in no room that is known, say something each minute."""
    for number in range(int(end - start) // 60 + 1):
        device = TcpClient(20_000 + number, client=bytes((10, 99, 0, 1)))
        yield start + number * 60, device.says(hello("www.voorbeeldschool.nl"))


def morning(
    until: float, devices: int = 3, hostname: str = "i.instagram.com", start: float | None = None
) -> bytes:
    """Write a capture from half past seven: some devices are used in the first lesson hour."""
    start = at(7, 30) if start is None else start
    sent = [*presence(start, until)]
    for number in range(1, devices + 1):
        sent += use(at(8, 35), at(8, 50), client(number=number), hostname)
    inside = (timed_packet for timed_packet in sent if start <= timed_packet[0] <= until)
    return capture(sorted(inside, key=lambda each: each[0]))
