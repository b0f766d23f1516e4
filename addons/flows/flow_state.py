"""What a passive sensor keeps of one flow."""

from math import inf

from addons.flows.tracker import FlowRecord
from addons.names.quic.handshake import QuicHandshake
from addons.names.stream_assembler import StreamAssembler
from addons.packets.packet import ACK, Packet

MAX_SEQUENCE_DRIFT = 1 << 26
"""Bytes by which a sequence number may differ from what is expected: by more, the client's port
belongs to another connection now."""
HARDWARE_CHANGE_AFTER = 5.0
"""Seconds of silence of a client after which its address and port may be another's, who has another
MAC address. Where a mirror port copies a packet twice, before a router and after it, both copies
come at once and belong to one flow."""
_SEQUENCE_NUMBERS = 1 << 32


class TcpFlow:
    """A flow over TCP, whose bytes are counted by its client's sequence numbers.

    So a few of the segments are enough: each says how far the client is in what it sends, and how
    far in what it has received.
    """

    __slots__ = (
        "_acknowledgement",
        "_hardware_hash",
        "_sequence",
        "first_sequence",
        "hardware",
        "last_seen",
        "name_hash",
        "record",
        "requested_host",
        "stream",
    )

    def __init__(self, packet: Packet, timestamp: float, hardware: bytes) -> None:
        self.hardware = hardware
        """What a sighting says of the MAC address that the first segment came from."""
        self._hardware_hash = hash(packet.hardware)
        """Only compared."""
        self._sequence = packet.sequence
        self._acknowledgement: int | None = None
        self.last_seen = timestamp
        self.first_sequence = packet.sequence
        """The sequence number of the first byte of `stream`."""
        self.stream: StreamAssembler | None = None
        """The client's first bytes, until a name is found in them."""
        self.requested_host: str | None = None
        """What a proxy was asked for, until the client says more: a hostname, or "" for an address.
        None where no proxy was asked."""
        self.name_hash: int | None = None
        """The hash of the last name, which is only compared; None before there was one."""
        self.record: FlowRecord | None = None
        """None where its bytes are not counted."""

    def is_new_connection(self, packet: Packet) -> bool:
        """Return whether a segment belongs to a later connection from the same port."""
        return (
            MAX_SEQUENCE_DRIFT
            <= (packet.sequence - self._sequence) % _SEQUENCE_NUMBERS
            < _SEQUENCE_NUMBERS - MAX_SEQUENCE_DRIFT
        )

    def is_of_another(self, packet: Packet, timestamp: float) -> bool:
        """Return whether a segment comes from another device that now has the client's address."""
        if hash(packet.hardware) != self._hardware_hash and self.hardware:
            return timestamp - self.last_seen > HARDWARE_CHANGE_AFTER
        self.last_seen = timestamp
        return False

    def stream_offset(self, packet: Packet) -> int:
        """Return where a segment stands in `stream`; negative for one from before its start."""
        offset = (packet.sequence - self.first_sequence) % _SEQUENCE_NUMBERS
        return offset if offset < _SEQUENCE_NUMBERS // 2 else offset - _SEQUENCE_NUMBERS

    def count_new_bytes(self, packet: Packet) -> tuple[int, int]:
        """Return the bytes up and down since the previous segment; 0 for a segment that is late."""
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
    """A flow over UDP: QUIC, or one whose first datagram says what it is."""

    __slots__ = (
        "_hardware_hash",
        "handshake",
        "hardware",
        "last_sampled",
        "last_seen",
        "record",
    )

    def __init__(self, packet: Packet, timestamp: float, hardware: bytes) -> None:
        self.hardware = hardware
        """What a sighting says of the MAC address that the first datagram came from."""
        self._hardware_hash = hash(packet.hardware)
        self.last_seen = timestamp
        self.last_sampled = -inf
        """Timestamp of the last sampled packet from the server."""
        self.handshake: QuicHandshake | None = None
        """Until a name is found in it."""
        self.record: FlowRecord | None = None

    def is_of_another(self, packet: Packet, timestamp: float) -> bool:
        """Return whether a datagram comes from another device that now has the client's address."""
        return (
            hash(packet.hardware) != self._hardware_hash
            and bool(self.hardware)
            and timestamp - self.last_seen > HARDWARE_CHANGE_AFTER
        )


def _sequence_advance(number: int, previous: int) -> int:
    """Return by how much a sequence number is ahead; 0 where it is behind."""
    ahead = (number - previous) % _SEQUENCE_NUMBERS
    return ahead if ahead < _SEQUENCE_NUMBERS // 2 else 0
