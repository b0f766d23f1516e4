"""Flows over UDP: QUIC, and others that have or hide a name in their first datagram."""

from addons.flows.flow_state import UdpFlow
from addons.flows.naming import FlowKey
from addons.flows.reporter import FlowReporter
from addons.names.dtls import parse_dtls_client_hello
from addons.names.parse_result import NO_NAME, ParseStatus
from addons.names.quic.handshake import QuicHandshake, may_begin_connection
from addons.names.quic.sampling import (
    CLIENT_ONE_IN,
    FIRST_SERVER_AFTER,
    FIRST_SERVER_WEIGHT,
    MIN_CLIENT_SIZE,
    SERVER_ONE_IN,
    has_short_header,
    is_sampled,
)
from addons.names.vpn import is_vpn_start
from addons.packets.packet import Packet
from addons.packets.ports import HTTPS
from monitor.evidence import Evidence, HidingMethod

MAX_FLOWS = 16_384
"""Flows that are remembered."""
MAX_INCOMPLETE = 512
"""Flows whose name is incomplete; each takes at most some 85 kB."""
IDLE_TIMEOUT = 300.0
"""Seconds of silence after which a flow is forgotten: QUIC ends one within minutes."""
NEW_CONNECTION_AFTER = 30.0
"""Seconds of silence after which an Initial begins another flow from the same port."""


class UdpFlows:
    """The flows over UDP of one sensor."""

    def __init__(self, reporter: FlowReporter) -> None:
        self._reporter = reporter
        self._flows: dict[FlowKey, UdpFlow] = {}
        self._incomplete: dict[FlowKey, None] = {}

    def __len__(self) -> int:
        """Return the number of flows that are remembered."""
        return len(self._flows)

    @property
    def incomplete(self) -> int:
        """Number of flows whose name is incomplete."""
        return len(self._incomplete)

    def receive_packet(self, packet: Packet) -> None:
        """Receive a datagram of either side."""
        key: FlowKey = packet[1:5]
        flow = self._flows.get(key)
        if flow is not None:
            self._follow(key, flow, packet)
            return
        flow = self._flows.get((*packet[3:5], *packet[1:3]))  # the other way round
        if flow is None:
            self._begin(key, packet)
        else:
            flow.last_seen = self._reporter.timestamp
            if flow.record is not None:
                flow.record.add_bytes(down=self._bytes_from_server(flow, packet))

    def close(self) -> None:
        """Report the rest of every flow."""
        for key, flow in list(self._flows.items()):
            with self._reporter.tracker.error_counter:
                self._end(key, flow)

    def forget_idle(self, timestamp: float) -> None:
        """Finish the flows that have been silent for `IDLE_TIMEOUT`."""
        idle = [
            (key, flow)
            for key, flow in self._flows.items()
            if timestamp - flow.last_seen > IDLE_TIMEOUT
        ]
        for key, flow in idle:
            with self._reporter.tracker.error_counter:
                self._end(key, flow)

    def _follow(self, key: FlowKey, flow: UdpFlow, packet: Packet) -> None:
        timestamp = self._reporter.timestamp
        is_idle = timestamp - flow.last_seen > NEW_CONNECTION_AFTER
        is_new = is_idle and may_begin_connection(packet.payload)
        if is_new or flow.is_of_another(packet, timestamp):
            self._end(key, flow)
            self._begin(key, packet)
            return
        flow.last_seen = timestamp
        if flow.handshake is not None:
            self._follow_handshake(key, flow, flow.handshake, packet)
        elif flow.record is not None:
            flow.record.add_bytes(up=_bytes_from_client(packet))

    def _bytes_from_server(self, flow: UdpFlow, packet: Packet) -> int:
        """Return the bytes that a server's packet stands for."""
        if not has_short_header(packet.payload):
            return packet.size
        if not is_sampled(packet.payload, SERVER_ONE_IN):
            return 0
        timestamp = self._reporter.timestamp
        is_first = timestamp - flow.last_sampled > FIRST_SERVER_AFTER
        flow.last_sampled = timestamp
        return (FIRST_SERVER_WEIGHT if is_first else SERVER_ONE_IN) * packet.size

    def _begin(self, key: FlowKey, packet: Packet) -> None:
        payload = packet.payload
        if packet.source_port == HTTPS != packet.destination_port:
            return  # the server's side of a flow that began before
        if may_begin_connection(payload):
            flow = self._open_flow(key, packet)
            flow.handshake = QuicHandshake()
            self._follow_handshake(key, flow, flow.handshake, packet)
        elif is_vpn_start(packet.destination_port, payload):
            flow = self._open_flow(key, packet)
            self._reporter.report_hidden(key, HidingMethod.VPN, flow.hardware)
        elif (result := parse_dtls_client_hello(payload)).status is ParseStatus.NAME:
            flow = self._open_flow(key, packet)
            flow.record = self._reporter.report_flow(
                key, result, Evidence.SNI, flow.hardware, is_tcp=False
            )

    def _open_flow(self, key: FlowKey, packet: Packet) -> UdpFlow:
        if len(self._flows) >= MAX_FLOWS:
            oldest = next(iter(self._flows))
            self._end(oldest, self._flows[oldest])
        flow = self._flows[key] = UdpFlow(
            packet, self._reporter.timestamp, self._reporter.name_hardware(packet)
        )
        return flow

    def _follow_handshake(
        self, key: FlowKey, flow: UdpFlow, handshake: QuicHandshake, packet: Packet
    ) -> None:
        result = handshake.receive_datagram(packet.payload)
        if result.status is ParseStatus.INCOMPLETE:
            self._incomplete[key] = None
            if len(self._incomplete) > MAX_INCOMPLETE:
                oldest = next(iter(self._incomplete))
                self._end(oldest, self._flows[oldest])
            return
        flow.handshake = None
        self._incomplete.pop(key, None)
        if result.status is ParseStatus.OTHER_PROTOCOL:
            del self._flows[key]
        else:
            flow.record = self._reporter.report_flow(
                key, result, Evidence.QUIC, flow.hardware, is_tcp=False
            )

    def _end(self, key: FlowKey, flow: UdpFlow) -> None:
        """Forget a flow, and report the rest; a name that is missing by now is given up."""
        del self._flows[key]
        self._incomplete.pop(key, None)
        if flow.handshake is not None:
            flow.record = self._reporter.report_flow(
                key, NO_NAME, Evidence.QUIC, flow.hardware, is_tcp=False
            )
        if flow.record is not None:
            flow.record.finish()


def _bytes_from_client(packet: Packet) -> int:
    """Return the bytes that a client's packet stands for."""
    if not has_short_header(packet.payload):
        return packet.size
    if packet.size < MIN_CLIENT_SIZE or not is_sampled(packet.payload, CLIENT_ONE_IN):
        return 0
    return CLIENT_ONE_IN * packet.size
