"""Writes a world, and the school that it happens in, to files, as an administrator has them."""

from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from struct import pack

from schedules import store as schedule_store
from tests.cast import AMSTERDAM, APPROVED, LAYERS, at
from tests.privacy.worlds.frames import ROUTER, Ends, client_hello, segment
from tests.privacy.worlds.school import DAYS, FIRST_BELL, LESSON, PERIODS, ROOMS, lessons
from tests.privacy.worlds.world import Frame, World

CLOCK = Ends(ROUTER[:5] + b"\x09", bytes((10, 99, 0, 1)), 50_000, bytes((203, 0, 113, 99)))
"""A machine in no room, which says something every ten minutes: by that, time goes on."""
_PCAP = pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65_535, 1)


def write_capture(path: Path, world: World) -> None:
    """Write the frames of a world's first day as libpcap does, from before school until after."""
    frames = [
        (event.timestamp, event.what.data)
        for event in world.events
        if isinstance(event.what, Frame)
    ]
    ends = at(FIRST_BELL[0]) + PERIODS * LESSON.total_seconds() + 3_600.0
    path.write_bytes(_PCAP + b"".join(map(_record, sorted(chain(frames, _passing_time(ends))))))


def write_school(folder: Path, identity: str) -> None:
    """Configure the school with a VLAN a room, and put its first day's timetable in the store.

    Args:
        folder: gets `lesrust.toml`.
        identity: what stands under `[identity]`.
    """
    layers = (
        f'[[layer]]\nname = "{layer.name}"\npupils = {layer.pupils}\n'
        f"groups = {list(layer.groups)}\n"
        for layer in LAYERS.roster
    )
    places = (
        f'[[place]]\nprefixes = ["10.0.{room}.0/24", "2001:db8:0:{room:x}::/64"]\nroom = "{room}"\n'
        for room in ROOMS
    )
    school = '[school]\nname = "Het Voorbeeld"\n' + APPROVED
    text = "".join((school, f"[identity]\n{identity}\n", *layers, *places))
    (folder / "lesrust.toml").write_text(text)
    held = [lesson for lesson in lessons() if lesson.start.date() == DAYS[0]]
    schedule_store.import_timetable(held, source="csv", by="", now=at(7), zone=AMSTERDAM)


def _passing_time(ends: float) -> Iterable[tuple[float, bytes]]:
    moment = at(7, 30)
    while moment <= ends:
        yield moment, segment(CLOCK, client_hello("www.voorbeeldschool.nl"), 1_000, 1_000)
        moment += 600.0


def _record(frame: tuple[float, bytes]) -> bytes:
    timestamp, data = frame
    second, rest = divmod(round(timestamp * 1_000_000), 1_000_000)
    return pack("<IIII", second, rest, len(data), len(data)) + data
