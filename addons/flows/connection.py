"""What is kept of one connection that a passive sensor sees."""

from math import inf

from addons.flows.tracker import Tally
from addons.names.quic.handshake import Handshake
from addons.names.stream import Stream
from addons.packets.packet import ACK, Packet

SAME = 1 << 26
"""Bytes by which a sequence number may lie off what is expected: more, and the client's port has
come to another connection."""
_NUMBERS = 1 << 32


class TcpConnection:
    """A connection over TCP; what it carries shows in its client's sequence numbers.

    A sensor that sees few of the segments knows all the same how much went by: each tells how far
    the client has come in what it sends, and how far in what it has received.
    """

    __slots__ = (
        "_acknowledged",
        "_sequence",
        "asked",
        "first",
        "name",
        "seen",
        "start",
        "tally",
    )

    def __init__(self, packet: Packet, moment: float) -> None:
        self._sequence = packet.sequence
        self._acknowledged: int | None = None
        self.seen = moment
        self.first = packet.sequence
        """Where the bytes begin that are read."""
        self.start: Stream | None = None
        """The client's first bytes, while they do not yet say enough."""
        self.asked: str | None = None
        """What a proxy was asked for, while the client has said nothing behind it: a name, or ""
        for an address."""
        self.name: int | None = None
        """The name that was read last, as a number: it is only told from others. None before."""
        self.tally: Tally | None = None
        """None: what the connection carries is nobody's business."""

    def is_another(self, packet: Packet) -> bool:
        """Whether a segment belongs to a later connection from the same port."""
        return SAME <= (packet.sequence - self._sequence) % _NUMBERS < _NUMBERS - SAME

    def place(self, packet: Packet) -> int:
        """Give where a segment's bytes belong, from `first` on; below 0 for what came before."""
        place = (packet.sequence - self.first) % _NUMBERS
        return place if place < _NUMBERS // 2 else place - _NUMBERS

    def carried(self, packet: Packet) -> tuple[int, int]:
        """Give the bytes up and down since the segment before; 0 for one that comes late."""
        up = _ahead(packet.sequence + packet.size, self._sequence)
        self._sequence = (self._sequence + up) % _NUMBERS
        down = 0
        if packet.flags & ACK:
            if self._acknowledged is None:
                self._acknowledged = packet.acknowledged
            down = _ahead(packet.acknowledged, self._acknowledged)
            self._acknowledged = (self._acknowledged + down) % _NUMBERS
        return up, down


class DatagramConnection:
    """A connection over UDP: QUIC, or one that is known by its first datagram."""

    __slots__ = ("handshake", "heard", "seen", "tally")

    def __init__(self, moment: float) -> None:
        self.seen = moment
        self.heard = -inf
        """When a packet from the server was last looked at that stands for others."""
        self.handshake: Handshake | None = None
        """While it does not yet say enough."""
        self.tally: Tally | None = None


def _ahead(number: int, of: int) -> int:
    """Give by how much a number lies ahead; 0 where it lies behind, or nowhere near."""
    ahead = (number - of) % _NUMBERS
    return ahead if ahead < _NUMBERS // 2 else 0
