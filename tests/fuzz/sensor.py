"""What holds for the passive sensor as a whole, and for what it hands to a gateway."""

import math
import sys
from contextlib import ExitStack
from functools import cache
from struct import Struct
from typing import Any
from unittest.mock import patch

from addons.flows import answers, datagrams, segments
from addons.flows.naming import Naming
from addons.link import unix_socket as handover
from addons.names.reading import LONGEST_HOSTNAME
from addons.packets.frames import Frames
from addons.packets.links import ETHERNET
from addons.packets.packet import TCP, UDP, Packet
from addons.packets.tunnel import Tunnel
from addons.passive import Passive
from monitor import catalogue
from monitor.catalogue import hiding
from monitor.sighting import Evidence, HidingMethod, Sighting
from tests.fuzz import pieces

FEW: dict[str, Any] = {"MOST_OPEN": 6, "MOST_HALF_READ": 3}
"""Bounds that a short input reaches."""
MOST_EARLY, MOST_CUT = 2, 2
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
    assert max(len(sighting.hostname), len(sighting.cname)) <= LONGEST_HOSTNAME
    assert isinstance(sighting.evidence, Evidence)
    assert sighting.hiding_method is None or isinstance(sighting.hiding_method, HidingMethod)
    assert min(sighting.up, sighting.down) >= 0


def sensor(data: bytes) -> None:
    """The first byte chooses what is counted; the pieces are packets, or frames."""
    with ExitStack() as bounds:
        bounds.enter_context(patch.multiple(segments, **FEW, MOST_EARLY=MOST_EARLY))
        bounds.enter_context(patch.multiple(datagrams, **FEW))
        bounds.enter_context(patch.multiple(answers, MOST_CUT=MOST_CUT))
        _watch(data[0] if data else 0, pieces.split(data[1:]))


def _watch(how: int, came: list[bytes]) -> None:
    receiver = Receiver()
    naming = Naming(_catalogue, _hiding())
    passive = Passive(receiver, naming, counts_tcp=bool(how & 1), every_name=bool(how & 2))
    frames = Frames(ETHERNET, tuple(Tunnel))
    for piece in came:
        packet = _packet(piece, frames, receiver)
        if packet is not None:
            passive.take(packet, receiver.moment)
        if piece[:1] and piece[0] & TICKS:
            passive.tick(receiver.moment)
        receiver.failed()
        _is_bounded(passive)
    passive.close(receiver.moment)
    receiver.failed()
    assert not len(passive._segments) + len(passive._datagrams)


def _packet(piece: bytes, frames: Frames, receiver: Receiver) -> Packet | None:
    if len(piece) < HEAD.size:
        return None
    what, seconds, whose, flags, sequence, acknowledged = HEAD.unpack_from(piece)
    receiver.moment += seconds * (1 + (whose >> 6) * 60)
    payload = piece[HEAD.size :]
    if what & IS_FRAME:
        return frames.read(payload, receiver.moment)
    client, server = ENDS_6 if what & IS_6 else ENDS
    here, there = (client, 50_000 + (whose & 0x3F)), (server, PORTS[what & 7])
    if what & IS_ANSWER:
        here, there = there, here
    protocol = UDP if what & IS_UDP else TCP
    size = len(payload)
    return Packet(protocol, *here, *there, payload, size, flags, sequence, acknowledged)


def _is_bounded(passive: Passive) -> None:
    for flows in (passive._segments, passive._datagrams):
        assert len(flows) <= FEW["MOST_OPEN"]
        assert len(flows._half_read) <= FEW["MOST_HALF_READ"]
        assert {*flows._half_read} <= {*flows._open}
    assert len(passive._segments._early) <= MOST_EARLY
    assert len(passive._answers._cut) <= MOST_CUT


@cache
def _catalogue() -> catalogue.Catalogue:
    return catalogue.load()


@cache
def _hiding() -> hiding.Hiding:
    return hiding.load()


def handed_over(data: bytes) -> None:
    """A datagram is a sighting, which is written as it was read, or it is refused."""
    receiver = Receiver()
    taking = handover.Taking.__new__(handover.Taking)
    taking._sink = receiver
    for datagram in pieces.split(data):
        try:
            taking._take(datagram[: handover.LARGEST])
            if handover.unpacked(datagram):
                assert handover.unpacked(handover.packed(handover.unpacked(datagram)))
        except ValueError:
            continue
    assert len(receiver.errors) <= 1 + len(data)
