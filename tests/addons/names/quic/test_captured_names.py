"""The names in real captures of QUIC that nobody of this project made, beside tshark's reading."""

import json
from collections import defaultdict
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from addons.names.parse_result import INCOMPLETE
from addons.names.quic.handshake import QuicHandshake, may_begin_connection

TRAFFIC = Path(__file__).parents[4] / ".." / "shared" / "traffic"
SOURCES = ("quic_sni", "gquic_sni")

pytestmark = pytest.mark.skipif(
    not TRAFFIC.is_dir(), reason="the captures, which are no part of the project, are not here"
)


def expected() -> dict[str, list[dict[str, Any]]]:
    """Give the rows of names in QUIC by their capture."""
    rows = defaultdict(list)
    for line in (TRAFFIC / "truth.jsonl").read_text().splitlines():
        row = json.loads(line)
        if row.get("source") in SOURCES:
            rows[row["pcap"]].append(row)
    return rows


def test_names_in_captures() -> None:
    missed = [
        (capture, row["frame"], row["hostname"])
        for capture, rows in expected().items()
        for row, name in zip(rows, names(TRAFFIC / "captures" / capture, rows), strict=True)
        if name.partition(":")[0] != row["hostname"]
    ]
    assert missed == []


def test_there_are_captures_of_many_versions() -> None:
    rows = [row for rows in expected().values() for row in rows]
    assert len(rows) > 250
    assert len({row.get("quic_version") for row in rows}) > 10


def names(capture: Path, rows: list[dict[str, Any]]) -> list[str]:
    """Give the first name that each row's client told."""
    clients = [CapturedQuicClient(row) for row in rows]
    for frame in frames(capture):
        for client in clients:
            client.take(frame)
    return [client.name for client in clients]


def frames(capture: Path) -> Iterator[bytes]:
    from scapy.utils import RawPcapReader

    with RawPcapReader(str(capture)) as packets:
        for frame, *_ in packets:
            yield frame


class CapturedQuicClient:
    """Finds a client's datagrams in frames, in whatever tunnels, and reads the handshake."""

    def __init__(self, row: dict[str, Any]) -> None:
        addresses = [ip_address(row["src"]).packed, ip_address(row["dst"]).packed]
        ports = [row["sport"].to_bytes(2), row["dport"].to_bytes(2)]
        self._start = b"".join(addresses + ports)
        self._handshake: QuicHandshake | None = None
        self.name = ""

    def take(self, frame: bytes) -> None:
        """Read on, if the frame carries this client's next datagram."""
        at = frame.find(self._start)
        if at < 0 or self.name:
            return
        udp = at + len(self._start) - 4
        datagram = frame[udp + 8 : udp + int.from_bytes(frame[udp + 4 : udp + 6])]
        if self._handshake is None and not may_begin_connection(datagram):
            return
        self._handshake = self._handshake or QuicHandshake()
        reading = self._handshake.receive_datagram(datagram)
        self.name = reading.hostname
        if reading is not INCOMPLETE:
            self._handshake = None
