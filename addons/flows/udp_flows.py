"""Connections over UDP: QUIC, and what else has a name or hides one in its first datagram."""

from addons.flows.flow_state import UdpFlow
from addons.flows.naming import FlowKey
from addons.flows.reporter import FlowReporter
from addons.names import dtls, vpn
from addons.names.parse_result import NO_NAME, ParseStatus
from addons.names.quic import handshake
from addons.names.quic.handshake import QuicHandshake
from addons.names.quic.sampling import (
    CLIENT_ONE_IN,
    FIRST_SERVER_AFTER,
    FIRST_SERVER_WEIGHT,
    MIN_CLIENT_SIZE,
    SERVER_ONE_IN,
    has_short_header,
    is_sampled,
)
from addons.packets.packet import Packet
from addons.packets.ports import HTTPS
from monitor.evidence import Evidence, HidingMethod

MAX_FLOWS = 16_384
"""Connections that are remembered."""
MAX_INCOMPLETE = 512
"""Connections whose name is only half there; each takes at most some 85 kB."""
IDLE_TIMEOUT = 300.0
"""Seconds of silence after which a connection is forgotten: QUIC ends one within minutes."""
NEW_CONNECTION_AFTER = 30.0
"""Seconds of silence after which an Initial begins another connection from the same port."""


class UdpFlows:
    """The connections over UDP of one sensor."""

    def __init__(self, reporter: FlowReporter) -> None:
        self._reporter = reporter
        self._flows: dict[FlowKey, UdpFlow] = {}
        self._incomplete: dict[FlowKey, None] = {}

    def __len__(self) -> int:
        """Count the connections that are remembered."""
        return len(self._flows)

    @property
    def incomplete(self) -> int:
        """How many connections have a name that is only half there."""
        return len(self._incomplete)

    def receive_packet(self, packet: Packet) -> None:
        """Take in a datagram of either side."""
        ends: FlowKey = packet[1:5]
        connection = self._flows.get(ends)
        if connection is not None:
            self._follow(ends, connection, packet)
            return
        of_server = self._flows.get((*packet[3:5], *packet[1:3]))
        if of_server is None:
            self._begin(ends, packet)
        else:
            of_server.last_seen = self._reporter.timestamp
            if of_server.record is not None:
                of_server.record.add_bytes(down=self._bytes_from_server(of_server, packet))

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

    def _follow(self, ends: FlowKey, connection: UdpFlow, packet: Packet) -> None:
        moment = self._reporter.timestamp
        if moment - connection.last_seen > NEW_CONNECTION_AFTER and handshake.may_begin_connection(
            packet.payload
        ):
            self._end(ends, connection)
            self._begin(ends, packet)
            return
        connection.last_seen = moment
        if connection.handshake is not None:
            self._read_handshake(ends, connection, connection.handshake, packet)
        elif connection.record is not None:
            connection.record.add_bytes(up=_bytes_from_client(packet))

    def _bytes_from_server(self, connection: UdpFlow, packet: Packet) -> int:
        """Give the bytes that a server's packet stands for."""
        if not has_short_header(packet.payload):
            return packet.size
        if not is_sampled(packet.payload, SERVER_ONE_IN):
            return 0
        moment = self._reporter.timestamp
        stands_for = (
            FIRST_SERVER_WEIGHT
            if moment - connection.last_sampled > FIRST_SERVER_AFTER
            else SERVER_ONE_IN
        )
        connection.last_sampled = moment
        return stands_for * packet.size

    def _begin(self, ends: FlowKey, packet: Packet) -> None:
        payload = packet.payload
        if packet.source_port == HTTPS != packet.destination_port:
            return  # a server's side of a connection that began before
        if handshake.may_begin_connection(payload):
            connection = self._open_flow(ends)
            connection.handshake = QuicHandshake()
            self._read_handshake(ends, connection, connection.handshake, packet)
        elif vpn.is_vpn_start(packet.destination_port, payload):
            self._open_flow(ends)
            self._reporter.report_hidden(ends, HidingMethod.VPN)
        elif (reading := dtls.parse_dtls_client_hello(payload)).status is ParseStatus.NAME:
            connection = self._open_flow(ends)
            connection.record = self._reporter.report_flow(
                ends, reading, Evidence.SNI, is_tcp=False
            )

    def _open_flow(self, ends: FlowKey) -> UdpFlow:
        if len(self._flows) >= MAX_FLOWS:
            oldest = next(iter(self._flows))
            self._end(oldest, self._flows[oldest])
        connection = self._flows[ends] = UdpFlow(self._reporter.timestamp)
        return connection

    def _read_handshake(
        self, ends: FlowKey, connection: UdpFlow, begun: QuicHandshake, packet: Packet
    ) -> None:
        reading = begun.receive_datagram(packet.payload)
        if reading.status is ParseStatus.INCOMPLETE:
            self._incomplete[ends] = None
            if len(self._incomplete) > MAX_INCOMPLETE:
                oldest = next(iter(self._incomplete))
                self._end(oldest, self._flows[oldest])
            return
        connection.handshake = None
        self._incomplete.pop(ends, None)
        if reading.status is ParseStatus.OTHER_PROTOCOL:
            del self._flows[ends]
        else:
            connection.record = self._reporter.report_flow(
                ends, reading, Evidence.QUIC, is_tcp=False
            )

    def _end(self, ends: FlowKey, connection: UdpFlow) -> None:
        """Tell the rest; a name that has not come by now does not come."""
        del self._flows[ends]
        self._incomplete.pop(ends, None)
        if connection.handshake is not None:
            connection.record = self._reporter.report_flow(
                ends, NO_NAME, Evidence.QUIC, is_tcp=False
            )
        if connection.record is not None:
            connection.record.finish()


def _bytes_from_client(packet: Packet) -> int:
    """Give the bytes that a client's packet stands for."""
    if not has_short_header(packet.payload):
        return packet.size
    if packet.size < MIN_CLIENT_SIZE or not is_sampled(packet.payload, CLIENT_ONE_IN):
        return 0
    return CLIENT_ONE_IN * packet.size
