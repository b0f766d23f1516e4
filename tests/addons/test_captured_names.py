"""The names in real captures that nobody of this project made, against tshark's reading of them."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from addons.names import client_hello, http_host
from addons.names.http_host import is_ip_address

TRAFFIC = Path(__file__).parents[2] / ".." / "shared" / "traffic"
READERS = {"tls_sni": client_hello.parse_client_hello, "http_host": http_host.parse_request}
MAX_CAPTURE_SIZE = 100_000
"""Bytes: scapy takes milliseconds for a packet."""

NOT_OURS = {
    ("arkime__socks5-http-302-frag.pcap", 27): "the request is inside SOCKS",
    ("ndpi__fuzz-2006-09-29-28586.pcap", 20): "the host is garbage",
    ("ndpi__haproxy.pcap", 1): "another proxy's line stands before the ClientHello",
    ("wireshark__tls-fragmented-over-tcp-segmented.pcapng", 16): "it was decrypted",
}

type Flow = tuple[str, int, str, int]

pytestmark = pytest.mark.skipif(
    not TRAFFIC.is_dir(), reason="the captures, which are no part of the project, are not here"
)


def test_names_in_captures() -> None:
    rows = [json.loads(line) for line in (TRAFFIC / "truth.jsonl").read_text().splitlines()]
    by_capture = defaultdict(list)
    for row in rows:
        if row.get("source") in READERS and row["proto"] == "tcp" and is_expected(row):
            by_capture[row["pcap"]].append(row)
    missed, read = [], 0
    for name, expected in by_capture.items():
        if (TRAFFIC / "captures" / name).stat().st_size < MAX_CAPTURE_SIZE:
            missed += [
                (name, row["frame"]) for row in missing(TRAFFIC / "captures" / name, expected)
            ]
            read += len(expected)
    assert missed == []
    assert read > 200


def is_expected(row: dict[str, Any]) -> bool:
    host = row["hostname"].partition(":")[0]
    return not is_ip_address(host) and (row["pcap"], row["frame"]) not in NOT_OURS


def missing(capture: Path, expected: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give the rows whose name none of the flow's first bytes, or its segments, gave."""
    flows = segments(capture)
    for row in expected:
        flow = flows.get((row["src"], row["sport"], row["dst"], row["dport"]))
        if flow is None:  # in a tunnel, which mitmproxy does not see
            continue
        read = READERS[row["source"]]
        names = {read(data).hostname.lower() for data in (joined(flow), *flow.values())}
        if row["hostname"].partition(":")[0].lower() not in names:
            yield row


def segments(capture: Path) -> dict[Flow, dict[int, bytes]]:
    """Collect what each side of each TCP connection sent, by sequence number."""
    from scapy.layers.inet import IP, TCP
    from scapy.layers.inet6 import IPv6
    from scapy.packet import Raw
    from scapy.utils import PcapReader

    flows: dict[Flow, dict[int, bytes]] = defaultdict(dict)
    with PcapReader(str(capture)) as packets:
        for packet in packets:
            ip = packet.getlayer(IPv6) or packet.getlayer(IP)
            if ip is not None and TCP in ip and Raw in ip:
                tcp = ip[TCP]
                flow = (ip.src, tcp.sport, ip.dst, tcp.dport)
                flows[flow].setdefault(tcp.seq, ip[Raw].load)
    return dict(flows)


def joined(flow: dict[int, bytes]) -> bytes:
    """Join segments from the first on, as far as none is missing."""
    data, expected = b"", min(flow)
    for number in sorted(flow):
        if number <= expected:
            data += flow[number][expected - number :]
            expected = max(expected, number + len(flow[number]))
    return data
