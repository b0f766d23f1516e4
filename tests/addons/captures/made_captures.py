"""Capture files in every format that is read, of the same frames."""

import gzip
import struct
from pathlib import Path

import zstandard

from tests.addons.hellos import hello
from tests.addons.packets.samples import frame, ip_4, ip_6, tcp

START = 1_790_000_000
FRAMES = [
    bytes(frame(version(tcp(content)))) for version in (ip_4, ip_6) for content in (hello(), b"")
]
"""Two ClientHellos, and two acknowledgements."""


def pcap(
    frames: list[bytes] = FRAMES, *, end: str = "<", nano: bool = False, link: int = 1
) -> bytes:
    """Write libpcap's own format; a second, and a half, between frames."""
    magic, half = (0xA1B23C4D, 500_000_000) if nano else (0xA1B2C3D4, 500_000)
    written = bytearray(struct.pack(f"{end}IHHiIII", magic, 2, 4, 0, 0, 65_535, link))
    for number, packed in enumerate(frames):
        length = len(packed)
        written += struct.pack(f"{end}IIII", START + number, half, length, length + 4) + packed
    return bytes(written)


def modified(frames: list[bytes] = FRAMES) -> bytes:
    """Write what an old patch of libpcap wrote: eight bytes more before each frame."""
    written = struct.pack("<IHHiIII", 0xA1B2CD34, 2, 4, 0, 0, 65_535, 1)
    for number, packed in enumerate(frames):
        length = len(packed)
        written += struct.pack("<IIII8x", START + number, 500_000, length, length + 4) + packed
    return written


def pcapng(frames: list[bytes] = FRAMES, links: tuple[int, ...] = (1,)) -> bytes:
    """Write pcapng, with an interface for each link type; the frames go to them in turn."""
    written = block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1))
    for link in links:
        written += block(1, struct.pack("<HHI", link, 0, 65_535))
    for number, packed in enumerate(frames):
        moment = (START + number) * 1_000_000 + 500_000
        head = struct.pack(
            "<IIIII",
            number % len(links),
            moment >> 32,
            moment & 0xFFFFFFFF,
            len(packed),
            len(packed) + 4,
        )
        written += block(6, head + packed + bytes(-len(packed) % 4))
    return written


def block(kind: int, content: bytes) -> bytes:
    length = struct.pack("<I", 12 + len(content))
    return struct.pack("<I", kind) + length + content + length


FORMATS = {
    "pcap": pcap(),
    "pcap, big end first": pcap(end=">"),
    "pcap with nanoseconds": pcap(nano=True),
    "pcap, modified": modified(),
    "pcapng": pcapng(),
    "pcapng of two interfaces": pcapng(links=(1, 1)),
    "pcap by gzip": gzip.compress(pcap(), mtime=0),
    "pcap by gzip, in two members": gzip.compress(pcap()[:100]) + gzip.compress(pcap()[100:]),
    "pcap by zstd": zstandard.compress(pcap()),
    "pcap by zstd, in two frames": zstandard.compress(pcap()[:100])
    + zstandard.compress(pcap()[100:]),
    "pcapng by zstd": zstandard.compress(pcapng()),
}


def written(folder: Path, content: bytes) -> Path:
    """Write a file, whose name says nothing about its format."""
    path = folder / "capture.txt"
    path.write_bytes(content)
    return path
