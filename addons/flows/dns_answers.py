"""DNS answers to clients, over UDP and over TCP."""

from addons.flows.naming import FlowKey
from addons.flows.reporter import FlowReporter
from addons.names import dns
from addons.packets.packet import UDP, Packet

MAX_CUT_STREAMS = 256
"""TCP streams whose last segment ended inside a message."""
_MAX_PIECE_SIZE = 16_384
_LENGTH_SIZE = 2
_SEQUENCE_NUMBERS = 1 << 32


class DnsAnswers:
    """The DNS answers that one sensor sees."""

    def __init__(self, reporter: FlowReporter) -> None:
        self._reporter = reporter
        self._cut_streams: dict[FlowKey, tuple[int, bytes]] = {}
        """For each stream, the sequence number of its next byte, and the message so far."""

    def __len__(self) -> int:
        """Return the number of streams whose last segment ended inside a message."""
        return len(self._cut_streams)

    def receive_packet(self, packet: Packet) -> None:
        """Receive a packet that a name server sent."""
        if packet.protocol == UDP:
            self._reporter.learn_dns_answer(packet, packet.payload)
        elif packet.payload:
            self._receive_segment(packet)

    def _receive_segment(self, packet: Packet) -> None:
        """Learn from the messages in a segment; the last may go on in the next segment."""
        key: FlowKey = packet[1:5]
        expected, before = self._cut_streams.pop(key, (packet.sequence, b""))
        # A message that goes on in another segment than this one is lost, or comes again.
        data = before + packet.payload if expected == packet.sequence else packet.payload
        for message in dns.split_messages(data):
            if len(message) < int.from_bytes(data[:_LENGTH_SIZE]):
                break
            self._reporter.learn_dns_answer(packet, message)
            data = data[_LENGTH_SIZE + len(message) :]
        if data and len(data) <= _MAX_PIECE_SIZE:
            if len(self._cut_streams) >= MAX_CUT_STREAMS:
                del self._cut_streams[next(iter(self._cut_streams))]
            self._cut_streams[key] = (packet.sequence + packet.size) % _SEQUENCE_NUMBERS, data
