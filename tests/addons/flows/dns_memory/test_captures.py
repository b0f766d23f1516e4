"""In captures of real traffic, names that were hidden are found and none is guessed wrong."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest

from addons.flows.dns_memory import DnsMemory
from tests.addons.flows.dns_memory.conftest import (
    ELSEWHERE,
    INSTAGRAM,
    NOON,
    platform_of,
    platform_of_alias,
    settled,
)
from tests.addons.names.test_dns_captured import TRAFFIC, CapturedUdpPacket, packets, rows

type Flow = frozenset[tuple[bytes, int]]
"""Its two ends, whichever began."""
NAMED = ("tls_sni", "quic_sni", "gquic_sni", "http_host")
CAPTURES = (
    "PcapPlusPlus__example.pcap",
    "PcapPlusPlus__many-protocols.pcap",
    "ja3s-fp__EquaBank1.pcapng",
    "ja3s-fp__GoogleCalendarSync1.pcapng",
    "ja3s-fp__KBKlic1.pcapng",
    "ja3s-fp__MobilniBanka1.pcapng",
    "mercury__capture2.pcap",
    "mercury__surfshark.pcap",
    "ndpi__instagram.pcap",
)


@pytest.mark.skipif(
    not TRAFFIC.is_dir(), reason="the captures, which are no part of the project, are not here"
)
class TestCaptures:
    def test_platforms_of_connections_without_a_name(self) -> None:
        """None that the truth does not infer.

        Of those that are missed, 14 are over IPv6, of a device that was told over IPv4; 6 were over
        before DNS was asked for their address where the sensor saw it.
        """
        outcomes: Counter[str] = Counter()
        for capture in CAPTURES:
            found = names_while_they_lasted(capture)
            for row in rows()[capture]:
                if "source" not in row and flow_of(row) in found:
                    outcomes[judged(found[flow_of(row)], row.get("platform_dns_inferred"))] += 1
        assert outcomes["wrong"] == 0
        assert outcomes["right"] == 9
        assert outcomes["missed"] == 20

    def test_real_use_is_no_pretence(self) -> None:
        outcomes: Counter[str] = Counter()
        for capture in CAPTURES:
            memory = DnsMemory(platform_of, platform_of_alias)
            named = defaultdict(list)
            for row in rows()[capture]:
                if row.get("platform") and row["source"] in NAMED:
                    named[row["frame"]].append(row)
            for packet in replayed(memory, capture):
                for row in named.get(packet.frame, ()):
                    outcomes[spoofed(memory, row, packet.moment)] += 1
        assert outcomes["pretence"] == 0
        assert outcomes["tested"] > 10

    def test_vpn_that_pretends_is_found_on_a_phone_whose_dns_is_seen(self) -> None:
        capture = "mercury__faketls_potatovpn.pcap"
        (row,) = (row for row in rows()[capture] if row.get("hostname") == INSTAGRAM)
        client, server = ip_address(row["src"]).packed, ip_address(row["dst"]).packed
        memory = DnsMemory(platform_of, platform_of_alias)
        assert not memory.is_spoofed(client, INSTAGRAM, server, NOON)
        now = settled(memory, client)
        assert memory.is_spoofed(client, INSTAGRAM, server, now)


def replayed(memory: DnsMemory, capture: str) -> Iterator[CapturedUdpPacket]:
    """Give the packets of a capture, each when what DNS said before it is learned."""
    for packet in packets(capture):
        for said in packet.answers():
            memory.learn_answer(packet.target, said, packet.moment)
        yield packet


def names_while_they_lasted(capture: str) -> dict[Flow, str]:
    """Give each connection the last name that its server's address had."""
    memory = DnsMemory(platform_of, platform_of_alias)
    found: dict[Flow, str] = {}
    for packet in replayed(memory, capture):
        source, target = packet.source, packet.target
        flow = frozenset({(source, packet.source_port), (target, packet.target_port)})
        if packet.source_port < packet.target_port:
            source, target = target, source
        found[flow] = memory.find_hostname(source, target, packet.moment) or found.get(flow, "")
    return found


def flow_of(row: dict[str, Any]) -> Flow:
    source, target = ip_address(row["src"]).packed, ip_address(row["dst"]).packed
    return frozenset({(source, row["sport"]), (target, row["dport"])})


def judged(name: str, platform: str | None) -> str:
    if platform_of(name) == platform:
        return "right" if platform else "none"
    return "wrong" if name else "missed"


def spoofed(memory: DnsMemory, row: dict[str, Any], moment: float) -> str:
    """Say how a connection with a platform's name is judged."""
    client, server = ip_address(row["src"]).packed, ip_address(row["dst"]).packed
    hostname = row["hostname"].partition(":")[0]
    if memory.is_spoofed(client, hostname, server, moment):
        return "pretence"
    can_be = memory.is_spoofed(client, hostname, ELSEWHERE, moment)
    return "tested" if can_be else "not tested"
