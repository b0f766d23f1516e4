"""What name servers say to clients, over UDP and over TCP."""

from addons.flows.naming import Ends
from addons.flows.reporter import Teller
from addons.names import dns
from addons.packets.packet import UDP, Packet

MOST_CUT = 256
"""Streams whose last segment ended in the middle of a message."""
_LONGEST_PIECE = 16_384
_LENGTH = 2
_NUMBERS = 1 << 32


class Answers:
    """The answers that one sensor sees."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller
        self._cut: dict[Ends, tuple[int, bytes]] = {}
        """Of each stream, the number of the byte that comes next, and the message so far."""

    def __len__(self) -> int:
        """Count the streams whose last segment ended in the middle of a message."""
        return len(self._cut)

    def take(self, packet: Packet) -> None:
        """Take in what a name server sent."""
        if packet.protocol == UDP:
            self._teller.learn(packet.target, packet.payload)
        elif packet.payload:
            self._take_segment(packet)

    def _take_segment(self, packet: Packet) -> None:
        """Read the messages of a segment; the last goes on in the next."""
        ends: Ends = packet[1:5]
        follows, before = self._cut.pop(ends, (packet.sequence, b""))
        # What came before another segment than this one is lost, or comes again.
        data = before + packet.payload if follows == packet.sequence else packet.payload
        for message in dns.messages(data):
            if len(message) < int.from_bytes(data[:_LENGTH]):
                break
            self._teller.learn(packet.target, message)
            data = data[_LENGTH + len(message) :]
        if data and len(data) <= _LONGEST_PIECE:
            if len(self._cut) >= MOST_CUT:
                del self._cut[next(iter(self._cut))]
            self._cut[ends] = (packet.sequence + packet.size) % _NUMBERS, data
