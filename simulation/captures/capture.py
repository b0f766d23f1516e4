"""Writes the simulated school's days as a capture of a mirror port."""

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
    simulation: Simulation,
    days: Iterable[date],
    truth: GroundTruth,
    progress: Callable[[date], None] = lambda _: None,
) -> int:
    """Write days into a file, and return the number of its connections.

    Args:
        path: overwritten when it exists.
        simulation: the school.
        days: in their order.
        truth: counts the uses.
        progress: called with the day after each of its spans.

    Raises:
        OSError: when the file cannot be written.
    """
    count = 0
    with path.open("wb") as file:
        writer = RawPcapWriter(file, linktype=ETHERNET, endianness="<")
        writer.write_header(None)
        for day in days:
            for _, connections in simulation.simulate_day(day, truth):
                for frame in _make_frames(connections, count, simulation.seed):
                    _write(frame, writer)
                count += len(connections)
                progress(day)
    return count


def _make_frames(
    connections: list[SimulatedConnection], first: int, seed: int
) -> Iterator[WireFrame]:
    yield from sorted(
        (
            frame
            for number, connection in enumerate(connections, start=first)
            for frame in make_frames(connection, number, seed)
        ),
        key=attrgetter("timestamp"),
    )


def _write(frame: WireFrame, writer: RawPcapWriter) -> None:
    seconds, microseconds = divmod(round(frame.timestamp * MICROSECONDS), MICROSECONDS)
    writer.write_packet(frame.content, seconds, microseconds, wirelen=frame.length_on_wire)
