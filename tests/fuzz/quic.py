"""What holds for the reading of QUIC: of datagrams, and of what is encrypted in them.

No fuzzer finds its way through encryption, so what is inside is encrypted here.
"""

from addons.names.client_hello import MAX_SIZE
from addons.names.parse_result import MAX_HOSTNAME_LENGTH, NO_NAME, ParseStatus
from addons.names.quic import frames, google, handshake, header
from addons.names.quic.handshake import MAX_DATAGRAMS, QuicHandshake
from addons.names.stream_assembler import MAX_WAITING, StreamAssembler
from tests.addons.names.quic.initials import SALTS, initial
from tests.fuzz import pieces
from tests.fuzz.names import cuts

VERSIONS = sorted(SALTS)
MAX_PAYLOAD_SIZE = 16_000


def datagrams(data: bytes) -> None:
    _read(pieces.split(data))


def payloads(data: bytes) -> None:
    """The first byte chooses a version; each piece is what an Initial packet carries."""
    version = VERSIONS[data[0] % len(VERSIONS)] if data else VERSIONS[0]
    found = pieces.split(data[1:])
    _read(
        [
            initial(payload[:MAX_PAYLOAD_SIZE], version, number=number, size=0)
            for number, payload in enumerate(found)
        ]
    )


def _read(client: list[bytes]) -> None:
    begun = QuicHandshake()
    came = 0
    for number, datagram in enumerate(client):
        came += len(datagram)
        assert isinstance(handshake.may_begin_connection(datagram), bool)
        _are_in_order(header.parse_packets(datagram), datagram)
        reading = begun.receive_datagram(datagram)
        assert (reading.status is ParseStatus.NAME) == bool(reading.hostname)
        assert reading.hostname.isascii()
        assert len(reading.hostname) <= min(MAX_HOSTNAME_LENGTH, came)
        assert number < MAX_DATAGRAMS or reading == NO_NAME
        _is_bounded(begun._stream, came)


def _are_in_order(packets: list[header.QuicPacket], datagram: bytes) -> None:
    at = 0
    for packet in packets:
        assert packet.start == at < packet.number <= packet.end <= len(datagram)
        at = packet.end


def _is_bounded(stream: StreamAssembler, came: int) -> None:
    held = len(stream.contiguous) + sum(map(len, stream._waiting.values()))
    assert held <= min(MAX_SIZE, came)
    assert len(stream._waiting) <= MAX_WAITING
    assert stream._offsets == sorted(stream._waiting)


def packet_frames(data: bytes) -> None:
    """What is read of a payload that is cut is the beginning of what is read of it all."""
    for numbering in (frames.IETF, frames.GOOGLE):
        found = frames.collect_pieces(data, numbering)
        assert sum(len(piece.data) for piece in found) <= len(data)
        assert all(piece.data in data for piece in found)
        for start in cuts(data):
            fewer = frames.collect_pieces(start, numbering)
            assert fewer == found[: len(fewer)]
    assert sum(len(piece.data) for piece in google.collect_google_pieces(data)) <= len(data)


def stream(data: bytes) -> None:
    """Each piece begins with its place; what came first at each place counts."""
    joined, first, came = StreamAssembler(), dict[int, int](), 0
    is_full = False
    for piece in pieces.split(data):
        offset, content = int.from_bytes(piece[:3]) - 1_000, piece[3:]
        before = len(joined.contiguous)
        assert joined.add(offset, content) == (len(joined.contiguous) > before)
        came += len(content)
        for place, byte in enumerate(content, start=offset):
            first.setdefault(place, byte)
        is_full = is_full or len(joined._waiting) >= MAX_WAITING
        _is_bounded(joined, came)
    expected = _without_a_gap(first)
    assert is_full or joined.contiguous == expected


def _without_a_gap(first: dict[int, int]) -> bytes:
    found = bytearray()
    while len(found) < MAX_SIZE and len(found) in first:
        found.append(first[len(found)])
    return bytes(found)
