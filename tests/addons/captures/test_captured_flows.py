"""Real captures that nobody of this project made: what carries a name passes, and is read."""

import json
from collections import defaultdict
from functools import partial
from pathlib import Path
from socket import AF_INET, AF_INET6, inet_pton
from typing import Any

import pytest

from addons.captures.files.capture_file import CaptureFile
from addons.captures.filters.packet_filter import name_filter
from addons.packets.frame_parser import FrameParser
from addons.packets.packet import TCP, UDP
from addons.packets.tunnel import Tunnel

TRAFFIC = Path(__file__).parents[3] / ".." / "shared" / "traffic"
SOURCES = ("tls_sni", "quic_sni", "gquic_sni", "http_host")
EVERY_TUNNEL = tuple(Tunnel)

NOT_PASSED = {("PcapPlusPlus__example.pcap", 3416): "a SUBSCRIBE of UPnP, to an address"}

type Flow = tuple[int, bytes, int, bytes, int]

pytestmark = [
    pytest.mark.needs("libpcap"),
    pytest.mark.skipif(
        not TRAFFIC.is_dir(), reason="the captures, which are no part of the project, are not here"
    ),
]


def test_what_carries_a_name_passes_and_is_read() -> None:
    rows = [json.loads(line) for line in (TRAFFIC / "truth.jsonl").read_text().splitlines()]
    by_capture = defaultdict(list)
    for row in rows:
        if row.get("source") in SOURCES:
            by_capture[row["pcap"]].append(row)
    missed, found = [], 0
    for name, expected in by_capture.items():
        flows = read_flows(TRAFFIC / "captures" / name)
        missed += [(name, row.get("frame")) for row in expected if flow_of(row) not in flows]
        found += len(expected)
    assert {*missed} == {*NOT_PASSED}
    assert found > 3_000


def test_every_capture_is_read_to_its_end() -> None:
    for path in (TRAFFIC / "captures").iterdir():
        with CaptureFile(path) as capture:
            reader = FrameParser(capture.link_type, EVERY_TUNNEL)
            for moment, content, length in capture:
                packet = reader.parse_frame(content, moment)
                assert packet is None or len(packet.payload) <= packet.size or length <= 0


def read_flows(path: Path) -> set[Flow]:
    """Read the flows of which something passes, in both directions."""
    flows: set[Flow] = set()
    with CaptureFile(path, partial(name_filter, tunnels=EVERY_TUNNEL)) as capture:
        reader = FrameParser(capture.link_type, EVERY_TUNNEL)
        for moment, content, _ in capture:
            packet = reader.parse_frame(content, moment)
            if packet is not None:
                source, target = packet[1:3], packet[3:5]
                flows |= {(packet[0], *source, *target), (packet[0], *target, *source)}
    return flows


def flow_of(row: dict[str, Any]) -> Flow:
    protocol = {"tcp": TCP, "udp": UDP}[row["proto"]]
    return protocol, packed(row["src"]), row["sport"], packed(row["dst"]), row["dport"]


def packed(address: str) -> bytes:
    return inet_pton(AF_INET6 if ":" in address else AF_INET, address)
