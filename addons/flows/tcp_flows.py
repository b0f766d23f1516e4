"""Connections over TCP: their first bytes are put in order and read, and what follows is counted.

A connection begins for this sensor where a client says something with a name: also in the middle,
after STARTTLS or after a proxy was asked for a tunnel, and anew where a proxy is asked for another.
Everything that is kept is bounded, so that whoever floods the network makes us forget and no more.
"""

from addons.flows.flow_state import TcpFlow
from addons.flows.naming import FlowKey
from addons.flows.reporter import FlowReporter
from addons.names.parse_result import NO_NAME, ParseResult, ParseStatus
from addons.names.sniff import may_start_name, sniff_name
from addons.names.stream_assembler import StreamAssembler
from addons.packets.packet import FIN, RST, Packet
from monitor.evidence import Evidence

MAX_FLOWS = 32_768
"""Connections that are remembered."""
MAX_INCOMPLETE = 512
"""Connections whose name is only half there; each takes at most `client_hello.LARGEST` bytes."""
MAX_EARLY = 256
"""Connections of which a piece came before the first."""
MAX_EARLY_SEGMENTS = 4
MAX_EARLY_SIZE = 9_000
"""Bytes: as many as the largest segments have on a wire. What overtook another was not joined."""
IDLE_TIMEOUT = 900.0
"""Seconds of silence after which a connection is forgotten. A phone's push connection that is used
again after that is told anew, as what it is."""

_END_FLAGS = FIN | RST
_CONNECT = b"CONN"


class TcpFlows:
    """The connections over TCP of one sensor."""

    def __init__(self, reporter: FlowReporter) -> None:
        self._reporter = reporter
        self._flows: dict[FlowKey, TcpFlow] = {}
        self._incomplete: dict[FlowKey, None] = {}
        self._early: dict[FlowKey, list[Packet]] = {}

    def __len__(self) -> int:
        """Count the connections that are remembered."""
        return len(self._flows)

    @property
    def incomplete(self) -> int:
        """How many connections have a name that is only half there."""
        return len(self._incomplete)

    @property
    def early(self) -> int:
        """Of how many connections a piece came before the first."""
        return len(self._early)

    def receive_packet(self, packet: Packet) -> None:
        """Take in what a client sent."""
        ends: FlowKey = packet[1:5]
        connection = self._flows.get(ends)
        if connection is not None and connection.is_new_connection(packet):
            self._end(ends, connection)
            connection = None
        if connection is None:
            if not may_start_name(packet.payload):
                self._keep_early(ends, packet)
                return
            connection = self._begin(ends, packet)
        self._follow(ends, connection, packet)

    def close(self) -> None:
        """Tell the rest of every connection."""
        for ends, connection in list(self._flows.items()):
            with self._reporter.tracker.error_counter:
                self._end(ends, connection)

    def forget_idle(self, timestamp: float) -> None:
        """Forget connections that have been silent."""
        silent = [
            each for each in self._flows.items() if timestamp - each[1].last_seen > IDLE_TIMEOUT
        ]
        for ends, connection in silent:
            with self._reporter.tracker.error_counter:
                self._end(ends, connection)
        self._early.clear()

    def _begin(self, ends: FlowKey, packet: Packet) -> TcpFlow:
        if len(self._flows) >= MAX_FLOWS:
            oldest = next(iter(self._flows))
            self._end(oldest, self._flows[oldest])
        connection = self._flows[ends] = TcpFlow(packet, self._reporter.timestamp)
        return connection

    def _follow(self, ends: FlowKey, connection: TcpFlow, packet: Packet) -> None:
        connection.last_seen = self._reporter.timestamp
        up, down = connection.count_new_bytes(packet)
        if connection.record is not None and (up or down):
            connection.record.add_bytes(up, down)
        is_new = bool(up) or connection.name_hash is None
        if connection.stream is not None or (is_new and may_start_name(packet.payload)):
            self._parse_start(ends, connection, packet)
        elif connection.requested_host is not None:
            self._keep_early(ends, packet)
        if packet.flags & _END_FLAGS:
            self._end(ends, connection)

    def _parse_start(self, ends: FlowKey, connection: TcpFlow, packet: Packet) -> None:
        data = packet.payload
        if connection.stream is not None or ends in self._early:
            data = self._join_stream(ends, connection, packet)
        reading, by = sniff_name(data)
        if reading.status is ParseStatus.INCOMPLETE:
            self._keep_incomplete(ends, connection, packet)
            return
        self._drop_stream(ends, connection)
        if by is Evidence.HTTP and data.startswith(_CONNECT):
            connection.requested_host = reading.hostname
            if reading.hostname:
                self._reporter.report_mention(ends[0], reading.hostname, by)
        elif reading.status is not ParseStatus.OTHER_PROTOCOL:
            self._set_name(ends, connection, reading, by)

    def _set_name(
        self, ends: FlowKey, connection: TcpFlow, read: ParseResult, by: Evidence
    ) -> None:
        """Settle the name; one that was read before is the same connection going on."""
        is_asked = connection.requested_host is not None
        if read.status is ParseStatus.NO_NAME and connection.requested_host:
            read, by = ParseResult(ParseStatus.NAME, connection.requested_host), Evidence.HTTP
        name = hash(read.hostname)
        is_known = connection.name_hash is not None
        if is_known and (name == connection.name_hash or not read.hostname):
            return
        if connection.record is not None:
            connection.record.finish()
        connection.requested_host, connection.name_hash = None, name
        connection.record = self._reporter.report_flow(
            ends, read, by, is_tcp=True, is_proxied=is_asked
        )

    def _keep_incomplete(self, ends: FlowKey, connection: TcpFlow, packet: Packet) -> None:
        """Keep what has come, until there is more."""
        if connection.stream is None:
            connection.stream, connection.first_sequence = StreamAssembler(), packet.sequence
            connection.stream.add(0, packet.payload)
        self._incomplete[ends] = None
        if len(self._incomplete) > MAX_INCOMPLETE:
            oldest = next(iter(self._incomplete))
            self._end(oldest, self._flows[oldest])

    def _drop_stream(self, ends: FlowKey, connection: TcpFlow) -> None:
        connection.stream = None
        self._incomplete.pop(ends, None)

    def _join_stream(self, ends: FlowKey, connection: TcpFlow, packet: Packet) -> bytes:
        """Put what has come in order; a piece may have come before the first."""
        if connection.stream is None:
            connection.stream, connection.first_sequence = StreamAssembler(), packet.sequence
        for piece in (packet, *self._early.pop(ends, ())):
            connection.stream.add(connection.stream_offset(piece), piece.payload)
        return connection.stream.contiguous

    def _keep_early(self, ends: FlowKey, packet: Packet) -> None:
        """Keep a piece that may be the second of what has not begun."""
        if not 0 < len(packet.payload) <= MAX_EARLY_SIZE:
            return
        if ends not in self._early and len(self._early) >= MAX_EARLY:
            del self._early[next(iter(self._early))]
        pieces = self._early.setdefault(ends, [])
        pieces.append(packet)
        del pieces[:-MAX_EARLY_SEGMENTS]

    def _end(self, ends: FlowKey, connection: TcpFlow) -> None:
        """Tell the rest; a name that has not come by now does not come."""
        del self._flows[ends]
        self._incomplete.pop(ends, None)
        if connection.stream is not None or connection.requested_host is not None:
            self._set_name(ends, connection, NO_NAME, Evidence.SNI)
        if connection.record is not None:
            connection.record.finish()
