"""What holds for the reading of frames, and for what puts fragments together."""

from struct import Struct

from addons.packets.fragments import (
    MAX_BYTES,
    MAX_DATAGRAM_SIZE,
    MAX_DATAGRAMS,
    MAX_PIECES,
    FragmentAssembler,
)
from addons.packets.frame_parser import FrameParser
from addons.packets.ip_datagram import IpDatagram
from addons.packets.link_types import ETHERNET, LINK_SKIPPERS
from addons.packets.packet import TCP, UDP, Packet
from addons.packets.tunnel import Tunnel
from tests.fuzz import pieces
from tests.fuzz.names import cuts

LINK_TYPES = sorted(LINK_SKIPPERS)
TUNNELS = tuple(Tunnel)
MIN_FRAME_SIZE = 54
"""Bytes of a frame from which on its TCP header can be whole."""
_PLACE = Struct("!BHH")


def frames(data: bytes) -> None:
    """Two bytes choose the link's type and the tunnels; the pieces are frames."""
    if len(data) < 2:
        return
    link_type = LINK_TYPES[data[0] % len(LINK_TYPES)]
    tunnels = [tunnel for number, tunnel in enumerate(TUNNELS) if data[1] >> number & 1]
    reader = FrameParser(link_type, tunnels)
    came = 0
    for number, frame in enumerate(pieces.split(data[2:])):
        came += len(frame)
        packet = reader.parse_frame(frame, float(number))
        if packet is not None:
            is_sound(packet, came)
        if not tunnels:
            _is_cut_alike(link_type, frame)
        if link_type == ETHERNET and len(frame) >= MIN_FRAME_SIZE:
            _is_tagged_alike(frame)


def is_sound(packet: Packet, came: int) -> None:
    """A packet says no more than came."""
    assert packet.protocol in (TCP, UDP)
    assert len(packet.source) == len(packet.destination)
    assert len(packet.source) in (4, 16)
    assert {packet.source_port, packet.destination_port} <= {*range(1 << 16)}
    assert 0 <= len(packet.payload) <= packet.size <= MAX_DATAGRAM_SIZE + came
    assert len(packet.payload) <= came
    assert 0 <= packet.flags < 256
    assert max(packet.sequence, packet.acknowledgement) < 1 << 32


def _is_cut_alike(link_type: int, frame: bytes) -> None:
    """What is read of a frame that is cut is the beginning of what is read of it all."""
    whole = FrameParser(link_type).parse_frame(frame, 0.0)
    for start in cuts(frame):
        packet = FrameParser(link_type).parse_frame(start, 0.0)
        if packet is not None:
            assert whole is not None
            assert packet[:5] == whole[:5]
            assert whole.payload.startswith(packet.payload)


def _is_tagged_alike(frame: bytes) -> None:
    """The short way for plain Ethernet reads what the long way reads behind a tag."""
    tagged = frame[:12] + b"\x81\x00\x00\x07" + frame[12:]
    short, long = (FrameParser(ETHERNET).parse_frame(content, 0.0) for content in (frame, tagged))
    if frame[12:14] == b"\x08\x00" and frame[16:18] != b"\x00\x00":
        assert short == long


def fragments(data: bytes) -> None:
    """Each piece is a fragment; what came first at each place counts."""
    memory = FragmentAssembler()
    first: dict[tuple[int, int], dict[int, int]] = {}
    for number, piece in enumerate(pieces.split(data)):
        if len(piece) < _PLACE.size:
            continue
        datagram = _fragment(piece)
        key = (datagram.version, datagram.identification)
        before = len(memory)
        whole = memory.add(datagram, number / 10)
        if datagram.content and datagram.offset + len(datagram.content) <= MAX_DATAGRAM_SIZE:
            for place, byte in enumerate(datagram.content, start=datagram.offset):
                first.setdefault(key, {}).setdefault(place, byte)
        if whole is not None:
            _is_whole(whole, first[key])
        if len(memory) < before or not len(memory) or whole is not None:
            first.pop(key, None)
        _is_bounded(memory)


def _fragment(piece: bytes) -> IpDatagram:
    what, place, missing = _PLACE.unpack_from(piece)
    content = piece[_PLACE.size :]
    version = 6 if what & 1 else 4
    address = bytes(16 if what & 1 else 4)
    size = len(content) + (missing if what & 4 else 0)
    return IpDatagram(
        version,
        address,
        address,
        UDP,
        content,
        size,
        what >> 4,
        (place & 0x1FFF) << 3,
        what & 2 > 0,
    )


def _is_whole(whole: IpDatagram, first: dict[int, int]) -> None:
    assert not whole.is_fragment
    assert len(whole.content) <= MAX_DATAGRAM_SIZE
    assert whole.content == bytes(first[place] for place in range(len(whole.content)))


def _is_bounded(memory: FragmentAssembler) -> None:
    waiting = memory._waiting.values()
    assert len(memory) <= MAX_DATAGRAMS
    assert (
        memory.bytes_waiting
        == sum(datagram.size for datagram in waiting)
        <= MAX_BYTES + MAX_DATAGRAM_SIZE
    )
    assert all(len(datagram.pieces) < MAX_PIECES for datagram in waiting)
    assert all(
        datagram.size == sum(len(part) for _, part in datagram.pieces) for datagram in waiting
    )
