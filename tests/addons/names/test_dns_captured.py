"""The answers in real captures that nobody of this project made, against tshark's reading."""

import json
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from addons.names import dns
from addons.names.dns import DnsAnswer

TRAFFIC = Path(__file__).parents[3] / ".." / "shared" / "traffic"
MAX_CAPTURE_SIZE = 4_000_000
"""Bytes."""
ETHERNET = 1
TCP, UDP = 6, 17
DOMAIN = 53

pytestmark = pytest.mark.skipif(
    not TRAFFIC.is_dir(), reason="the captures, which are no part of the project, are not here"
)


class CapturedUdpPacket(NamedTuple):
    """What a frame holds, with packed addresses."""

    frame: int
    moment: float
    source: bytes
    source_port: int
    target: bytes
    target_port: int
    payload: bytes
    protocol: int

    def answers(self) -> list[DnsAnswer]:
        if self.source_port != DOMAIN:
            return []
        messages = dns.split_messages(self.payload) if self.protocol == TCP else [self.payload]
        return [answer for message in messages if (answer := dns.parse_answer(message))]


@cache
def rows() -> dict[str, list[dict[str, Any]]]:
    """The truth, by capture."""
    by_capture = defaultdict(list)
    for line in (TRAFFIC / "truth.jsonl").read_text().splitlines():
        row = json.loads(line)
        by_capture[row["pcap"]].append(row)
    return dict(by_capture)


def packets(capture: str) -> Iterator[CapturedUdpPacket]:
    """Read TCP and UDP over IP, where the capture is of plain Ethernet."""
    from scapy.utils import RawPcapReader

    with RawPcapReader(str(TRAFFIC / "captures" / capture)) as frames:
        for number, (data, about) in enumerate(frames, start=1):
            if getattr(frames, "linktype", None) == ETHERNET or (
                getattr(about, "linktype", None) == ETHERNET
            ):
                yield from transport(number, moment(about), data)


def moment(about: Any) -> float:
    if hasattr(about, "tshigh"):
        return float((about.tshigh << 32 | about.tslow) / about.tsresol)
    return float(about.sec + about.usec / 1_000_000)


def transport(number: int, when: float, data: bytes) -> Iterator[CapturedUdpPacket]:
    kind, ip = data[12:14], data[14:]
    if kind == b"\x08\x00" and len(ip) > 20 and not ip[6] & 0x1F and not ip[7]:
        protocol, source, target = ip[9], ip[12:16], ip[16:20]
        rest = ip[(ip[0] & 15) * 4 : ip[2] << 8 | ip[3] or None]
    elif kind == b"\x86\xdd" and len(ip) > 40:
        protocol, source, target, rest = ip[6], ip[8:24], ip[24:40], ip[40:]
    else:
        return
    if protocol in (TCP, UDP) and len(rest) >= 20 - 12 * (protocol == UDP):
        payload = rest[8:] if protocol == UDP else rest[(rest[12] >> 4) * 4 :]
        ports = rest[0] << 8 | rest[1], rest[2] << 8 | rest[3]
        yield CapturedUdpPacket(number, when, source, ports[0], target, ports[1], payload, protocol)


def test_where_names_point_is_read_as_tshark_reads_it() -> None:
    missed, read = [], 0
    for capture, truth in rows().items():
        expected = [row for row in truth if row.get("source") == "dns_cname"]
        if not expected or (TRAFFIC / "captures" / capture).stat().st_size > MAX_CAPTURE_SIZE:
            continue
        seen = {packet.frame: packet.answers() for packet in packets(capture)}
        for row in expected:
            if row["frame"] in seen and "tun" not in row:
                chains = [answer.targets for answer in seen[row["frame"]]]
                read += 1
                if not any(row["hostname"].lower() in chain for chain in chains):
                    missed.append((capture, row["frame"]))
    assert missed == []
    assert read > 700
