"""Writes the simulated school's days as a capture, as a mirror port would show them."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from operator import attrgetter
from pathlib import Path

from scapy.utils import RawPcapWriter

from simulation.captures.frames import WireFrame, make_frames
from simulation.simulation import Simulation
from simulation.traffic.connection import SimulatedConnection
from simulation.truth import GroundTruth

ETHERNET = 1
MICROSECONDS = 1_000_000


def write_capture(
    path: Path,
    simulated: Simulation,
    days: Iterable[date],
    truth: GroundTruth,
    progress: Callable[[date], None] = lambda _: None,
) -> int:
    """Write days into a file, and give the number of its connections.

    Args:
        path: is written over.
        simulated: the school.
        days: in their order.
        truth: is told what is true.
        progress: told of each span of a day that is done.

    Raises:
        OSError: when the file cannot be written.
    """
    connections = 0
    with path.open("wb") as file:
        writer = RawPcapWriter(file, linktype=ETHERNET, endianness="<")
        writer.write_header(None)
        for day in days:
            for _, contacts in simulated.live(day, truth):
                for frame in _in_order(contacts, connections, simulated.seed):
                    _write(frame, writer)
                connections += len(contacts)
                progress(day)
    return connections


def _in_order(contacts: list[SimulatedConnection], first: int, seed: int) -> Iterator[WireFrame]:
    yield from sorted(
        (
            frame
            for number, contact in enumerate(contacts, start=first)
            for frame in make_frames(contact, number, seed)
        ),
        key=attrgetter("moment"),
    )


def _write(frame: WireFrame, writer: RawPcapWriter) -> None:
    seconds, microseconds = divmod(round(frame.moment * MICROSECONDS), MICROSECONDS)
    writer.write_packet(frame.content, seconds, microseconds, wirelen=frame.length)
