"""What holds for the passive sensor as a whole, and for what it hands to a gateway."""

import math
import sys
from contextlib import ExitStack
from functools import cache
from struct import Struct
from typing import Any
from unittest.mock import patch

from addons.flows import dns_answers, tcp_flows, udp_flows
from addons.flows.naming import FlowNamer
from addons.link.receiver import SightingReceiver
from addons.link.wire_format import MAX_DATAGRAM_SIZE, decode_sighting, encode_sighting
from addons.names.parse_result import MAX_HOSTNAME_LENGTH
from addons.packets.frame_parser import FrameParser
from addons.packets.link_types import ETHERNET
from addons.packets.packet import TCP, UDP, Packet
from addons.packets.tunnel import Tunnel
from addons.passive import PassiveSensor
from monitor import catalogue
from monitor.catalogue import hiding
from monitor.evidence import Evidence, HidingMethod
from monitor.sighting import Sighting
from tests.fuzz import pieces

FEW: dict[str, Any] = {"MAX_FLOWS": 6, "MAX_INCOMPLETE": 3}
"""Bounds that a short input reaches."""
MAX_EARLY, MAX_CUT_STREAMS = 2, 2
PORTS = (443, 80, 53, 853, 1194, 500, 4500, 8080)
ENDS = (bytes((10, 0, 0, 1)), bytes((192, 0, 2, 7)))
ENDS_6 = (bytes(15) + b"\x01", bytes(15) + b"\x07")
HEAD = Struct("!BBBBII")
"""Of a piece: what it is, seconds since the last, whose port, flags, and TCP's two numbers."""
IS_FRAME, TICKS, IS_6, IS_ANSWER, IS_UDP = 0x80, 0x40, 0x20, 0x10, 0x08


class Receiver:
    """Takes sightings; an error that the sensor counts is one too many."""

    def __init__(self) -> None:
        self.moment = 0.0
        self.errors: list[BaseException | None] = []
        self.health = self

    def count_addon_error(self) -> None:
        self.errors.append(sys.exception())

    def count_dropped_packets(self, packets: int) -> None:
        assert packets >= 0

    def receive_sighting(self, sighting: Sighting) -> None:
        is_sound(sighting)

    def name_hardware(self, mac: bytes) -> bytes:
        return mac

    def name_dns_client(self, client: bytes, hardware: bytes, timestamp: float) -> bytes:
        return client + hardware

    def tick(self) -> None:
        pass

    def failed(self) -> None:
        for error in self.errors:
            raise error or AssertionError("an error was counted")


def is_sound(sighting: Sighting) -> None:
    """A sighting is one that the core can take."""
    assert math.isfinite(sighting.timestamp)
    assert len(sighting.client) in (4, 16)
    assert sighting.hostname.isascii()
    assert sighting.cname.isascii()
    assert max(len(sighting.hostname), len(sighting.cname)) <= MAX_HOSTNAME_LENGTH
    assert isinstance(sighting.evidence, Evidence)
    assert sighting.hiding_method is None or isinstance(sighting.hiding_method, HidingMethod)
    assert min(sighting.up, sighting.down) >= 0


def sensor(data: bytes) -> None:
    """The first byte chooses what is counted; the pieces are packets, or frames."""
    with ExitStack() as bounds:
        bounds.enter_context(patch.multiple(tcp_flows, **FEW, MAX_EARLY=MAX_EARLY))
        bounds.enter_context(patch.multiple(udp_flows, **FEW))
        bounds.enter_context(patch.multiple(dns_answers, MAX_CUT_STREAMS=MAX_CUT_STREAMS))
        _watch(data[0] if data else 0, pieces.split(data[1:]))


def _watch(how: int, came: list[bytes]) -> None:
    receiver = Receiver()
    naming = FlowNamer(_catalogue, _hiding())
    passive = PassiveSensor(
        receiver, naming, counts_tcp=bool(how & 1), reports_every_name=bool(how & 2)
    )
    frames = FrameParser(ETHERNET, tuple(Tunnel))
    for piece in came:
        packet = _packet(piece, frames, receiver)
        if packet is not None:
            passive.receive_packet(packet, receiver.moment)
        if piece[:1] and piece[0] & TICKS:
            passive.tick(receiver.moment)
        receiver.failed()
        _is_bounded(passive)
    passive.close(receiver.moment)
    receiver.failed()
    assert not len(passive._tcp_flows) + len(passive._udp_flows)


def _packet(piece: bytes, frames: FrameParser, receiver: Receiver) -> Packet | None:
    if len(piece) < HEAD.size:
        return None
    what, seconds, whose, flags, sequence, acknowledged = HEAD.unpack_from(piece)
    receiver.moment += seconds * (1 + (whose >> 6) * 60)
    payload = piece[HEAD.size :]
    if what & IS_FRAME:
        return frames.parse_frame(payload, receiver.moment)
    client, server = ENDS_6 if what & IS_6 else ENDS
    here, there = (client, 50_000 + (whose & 0x3F)), (server, PORTS[what & 7])
    if what & IS_ANSWER:
        here, there = there, here
    protocol = UDP if what & IS_UDP else TCP
    size = len(payload)
    return Packet(protocol, *here, *there, payload, size, flags, sequence, acknowledged)


def _is_bounded(passive: PassiveSensor) -> None:
    for flows in (passive._tcp_flows, passive._udp_flows):
        assert len(flows) <= FEW["MAX_FLOWS"]
        assert len(flows._incomplete) <= FEW["MAX_INCOMPLETE"]
        assert {*flows._incomplete} <= {*flows._flows}
    assert len(passive._tcp_flows._early) <= MAX_EARLY
    assert len(passive._dns_answers._cut_streams) <= MAX_CUT_STREAMS


@cache
def _catalogue() -> catalogue.Catalogue:
    return catalogue.load_catalogue()


@cache
def _hiding() -> hiding.HidingList:
    return hiding.load_hiding_list()


def handed_over(data: bytes) -> None:
    """A datagram is a sighting, which is written as it was read, or it is refused."""
    receiver = Receiver()
    taking = SightingReceiver.__new__(SightingReceiver)
    taking._sink = receiver
    for datagram in pieces.split(data):
        try:
            taking._receive(datagram[:MAX_DATAGRAM_SIZE])
            if decode_sighting(datagram):
                assert decode_sighting(encode_sighting(decode_sighting(datagram)))
        except ValueError:
            continue
    assert len(receiver.errors) <= 1 + len(data)
