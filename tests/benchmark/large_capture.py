"""Builds a large capture: what a school's line carries, of what is at hand.

    python -m tests.benchmark.large_capture FILE [--size MEGABYTES]

A tenth of the bytes are the shared captures' Ethernet frames, over and over, each time with other
addresses, so that a flow that comes again is another flow. The rest are downloads and uploads over
TLS and QUIC, each begun by its handshake: TCP segments of 1,448 bytes, every second one
acknowledged, and QUIC's short headers in datagrams of 1,250 bytes. That makes a new connection for
each 100 kB. Where the captures are absent it is all of the second kind. Time goes by as on a line
with 200 Mbit/s. The same size gives the same frames, but for the random bytes of handshakes.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from struct import Struct, pack
from typing import BinaryIO, NamedTuple

from rich.console import Console

from addons.captures.error import CaptureError
from addons.captures.files.capture_file import CaptureFile
from addons.packets import ether_type as kinds
from addons.packets import link_types
from tests.benchmark import truth
from tests.benchmark.transfer import Transfer

MEGABYTE = 1_000_000
MEGABYTES = 600
"""How large, unless it is said."""
FROM_CAPTURES = 0.1
"""Share of the bytes, where they are at hand."""
AT_ONCE = 400
"""Transfers that go on side by side."""

_BITS_A_SECOND = 200e6
_START = 1_790_000_000.0
_HEADER = Struct("<IHHiIII")
_RECORD = Struct("<IIII")

type Captured = Sequence[tuple[bytes, int]]
"""Frames, each with its length on the wire."""


class Content(NamedTuple):
    """What a built capture holds."""

    packets: int
    size: int
    """Bytes of frames."""
    bulk: int
    """Bytes of the transfers' packets that begin nothing."""
    copies: int
    """How many times the shared captures are in it, the last not wholly; 0 without them."""
    transfers: int


@dataclass
class Writing:
    """A capture that is being written, on its own time."""

    file: BinaryIO
    packets: int = 0
    size: int = 0
    bulk: int = 0
    moment: float = _START

    def begin(self) -> None:
        self.file.write(_HEADER.pack(0xA1B2C3D4, 2, 4, 0, 0, 262_144, link_types.ETHERNET))

    def frame(self, frame: bytes, length: int | None = None) -> None:
        """Write a frame, of which more may have been on the wire."""
        length = len(frame) if length is None else length
        seconds = int(self.moment)
        microseconds = int((self.moment - seconds) * 1e6)
        self.file.write(_RECORD.pack(seconds, microseconds, len(frame), length) + frame)
        self.packets += 1
        self.size += len(frame)
        self.moment += length * 8 / _BITS_A_SECOND

    def carry(self, transfer: Transfer) -> None:
        """Write what a transfer carries next."""
        before = self.size
        for frame in transfer.go_on():
            self.frame(frame)
        self.bulk += self.size - before


def build(path: Path, size: int) -> Content:
    """Write a capture of some bytes or a little more."""
    captured = _captured()
    replayed, copies, transfers = 0, 0, 0
    with path.open("wb", buffering=1 << 20) as file:
        writing = Writing(file)
        writing.begin()
        again = _over_and_over(captured)
        going = _transfers(writing, Random(1))
        while writing.size < size:
            if captured and replayed < FROM_CAPTURES * writing.size:
                frame, length, copies = next(again)
                writing.frame(frame, length)
                replayed += len(frame)
            else:
                transfers = next(going)
    return Content(writing.packets, writing.size, writing.bulk, copies, transfers)


def _over_and_over(captured: Captured) -> Iterator[tuple[bytes, int, int]]:
    """Give the captured frames without end, each with the number of its copy."""
    copies = 0
    while True:
        for frame, length in captured:
            other = moved(frame, copies)
            if other is not None:
                yield other, length, copies + 1
        copies += 1


def _transfers(writing: Writing, random: Random) -> Iterator[int]:
    """Let transfers go on in turn, a new one for each that ends; give how many there were."""
    begun = 0
    going: list[Transfer] = []
    while True:
        if len(going) < AT_ONCE:
            going.append(Transfer(random, begun))
            for frame in going[-1].begin():
                writing.frame(frame)
            begun += 1
        else:
            place = random.randrange(AT_ONCE)
            writing.carry(going[place])
            if not going[place].left:
                going[place] = going[-1]
                going.pop()
        yield begun


def _captured() -> Captured:
    """Give every frame of the captures whose link is Ethernet."""
    found: list[tuple[bytes, int]] = []
    for path in truth.captures():
        try:
            with CaptureFile(path) as capture:
                if capture.link_type == link_types.ETHERNET:
                    found += [(content, length) for _, content, length in capture]
        except CaptureError:
            continue
    return found


def moved(frame: bytes, copy: int) -> bytes | None:
    """Give a frame of another copy other addresses; None for one that has none to change.

    In every frame of a copy the same bits of both addresses change, so that a flow stays one. The
    sum over IPv4's header is no longer right, which nobody who reads captures looks at.
    """
    if not copy:
        return frame
    at = 12
    while frame[at : at + 2] in _TAGS:
        at += 4
    places = _PLACES.get(frame[at : at + 2])
    if places is None or len(frame) <= at + 2 + max(places):
        return None
    changed = bytearray(frame)
    for place in places:
        changed[at + 2 + place] ^= copy & 0xFF
    return bytes(changed)


_TAGS = {pack("!H", kind) for kind in kinds.VLAN}
_PLACES = {b"\x08\x00": (14, 18), b"\x86\xdd": (22, 38)}
"""Of IPv4 and IPv6: the last byte but one of both addresses, from the header's start."""


def described(content: Content) -> str:
    """Say what a capture holds."""
    bulk = content.bulk / content.size
    return (
        f"{content.size / MEGABYTE:,.0f} MB in {content.packets:,} packets, {bulk:.0%} bulk; "
        f"{content.transfers:,} transfers, and the shared captures in {content.copies} copies"
    )


def main() -> None:
    """Build one, and say what is in it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("file", type=Path)
    options.add_argument("--size", type=int, default=MEGABYTES, metavar="MEGABYTES")
    chosen = options.parse_args()
    Console().print(described(build(chosen.file, chosen.size * MEGABYTE)))


if __name__ == "__main__":
    main()
