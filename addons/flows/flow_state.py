"""What is kept of one connection that a passive sensor sees."""

from math import inf

from addons.flows.tracker import FlowRecord
from addons.names.quic.handshake import QuicHandshake
from addons.names.stream_assembler import StreamAssembler
from addons.packets.packet import ACK, Packet

MAX_SEQUENCE_DRIFT = 1 << 26
"""Bytes by which a sequence number may lie off what is expected: more, and the client's port has
come to another connection."""
_SEQUENCE_NUMBERS = 1 << 32


class TcpFlow:
    """A connection over TCP; what it carries shows in its client's sequence numbers.

    A sensor that sees few of the segments knows all the same how much went by: each tells how far
    the client has come in what it sends, and how far in what it has received.
    """

    __slots__ = (
        "_acknowledgement",
        "_sequence",
        "first_sequence",
        "last_seen",
        "name_hash",
        "record",
        "requested_host",
        "stream",
    )

    def __init__(self, packet: Packet, timestamp: float) -> None:
        self._sequence = packet.sequence
        self._acknowledgement: int | None = None
        self.last_seen = timestamp
        self.first_sequence = packet.sequence
        """Where the bytes begin that are read."""
        self.stream: StreamAssembler | None = None
        """The client's first bytes, while they do not yet say enough."""
        self.requested_host: str | None = None
        """What a proxy was asked for, while the client has said nothing behind it: a name, or ""
        for an address."""
        self.name_hash: int | None = None
        """The name that was read last, as a number: it is only told from others. None before."""
        self.record: FlowRecord | None = None
        """None: what the connection carries is nobody's business."""

    def is_new_connection(self, packet: Packet) -> bool:
        """Whether a segment belongs to a later connection from the same port."""
        return (
            MAX_SEQUENCE_DRIFT
            <= (packet.sequence - self._sequence) % _SEQUENCE_NUMBERS
            < _SEQUENCE_NUMBERS - MAX_SEQUENCE_DRIFT
        )

    def stream_offset(self, packet: Packet) -> int:
        """Give where a segment's bytes belong, from `first` on; below 0 for what came before."""
        place = (packet.sequence - self.first_sequence) % _SEQUENCE_NUMBERS
        return place if place < _SEQUENCE_NUMBERS // 2 else place - _SEQUENCE_NUMBERS

    def count_new_bytes(self, packet: Packet) -> tuple[int, int]:
        """Give the bytes up and down since the segment before; 0 for one that comes late."""
        up = _sequence_advance(packet.sequence + packet.size, self._sequence)
        self._sequence = (self._sequence + up) % _SEQUENCE_NUMBERS
        down = 0
        if packet.flags & ACK:
            if self._acknowledgement is None:
                self._acknowledgement = packet.acknowledgement
            down = _sequence_advance(packet.acknowledgement, self._acknowledgement)
            self._acknowledgement = (self._acknowledgement + down) % _SEQUENCE_NUMBERS
        return up, down


class UdpFlow:
    """A connection over UDP: QUIC, or one that is known by its first datagram."""

    __slots__ = ("handshake", "last_sampled", "last_seen", "record")

    def __init__(self, timestamp: float) -> None:
        self.last_seen = timestamp
        self.last_sampled = -inf
        """When a packet from the server was last looked at that stands for others."""
        self.handshake: QuicHandshake | None = None
        """While it does not yet say enough."""
        self.record: FlowRecord | None = None


def _sequence_advance(number: int, of: int) -> int:
    """Give by how much a number lies ahead; 0 where it lies behind, or nowhere near."""
    ahead = (number - of) % _SEQUENCE_NUMBERS
    return ahead if ahead < _SEQUENCE_NUMBERS // 2 else 0
