"""Flows over TCP: their first bytes are put in order and parsed, and what follows is counted.

A flow begins for this sensor with bytes that may hold a name: also in the middle of a connection,
after STARTTLS or after a proxy was asked for a tunnel, and again when a proxy is asked for another.
All that is kept is bounded, so a flood makes the sensor forget, and nothing more.
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
"""Flows that are remembered."""
MAX_INCOMPLETE = 512
"""Flows whose name is incomplete; each takes at most `client_hello.MAX_SIZE` bytes."""
MAX_EARLY = 256
"""Flows of which a later segment came before the first."""
MAX_EARLY_SEGMENTS = 4
MAX_EARLY_SIZE = 9_000
"""Bytes of the largest segment on a wire. What overtakes another segment was not merged by the
network card."""
IDLE_TIMEOUT = 900.0
"""Seconds of silence after which a flow is forgotten. A phone's push connection that is used again
after that is reported as a new flow."""

_END_FLAGS = FIN | RST
_CONNECT = b"CONN"


class TcpFlows:
    """The flows over TCP of one sensor."""

    def __init__(self, reporter: FlowReporter) -> None:
        self._reporter = reporter
        self._flows: dict[FlowKey, TcpFlow] = {}
        self._incomplete: dict[FlowKey, None] = {}
        self._early: dict[FlowKey, list[Packet]] = {}

    def __len__(self) -> int:
        """Return the number of flows that are remembered."""
        return len(self._flows)

    @property
    def incomplete(self) -> int:
        """Number of flows whose name is incomplete."""
        return len(self._incomplete)

    @property
    def early(self) -> int:
        """Number of flows of which a later segment came before the first."""
        return len(self._early)

    def receive_packet(self, packet: Packet) -> None:
        """Receive a segment from a client."""
        key: FlowKey = packet[1:5]
        flow = self._flows.get(key)
        if flow is not None and (
            flow.is_new_connection(packet) or flow.is_of_another(packet, self._reporter.timestamp)
        ):
            self._end(key, flow)
            flow = None
        if flow is None:
            if not may_start_name(packet.payload):
                self._keep_early(key, packet)
                return
            flow = self._begin(key, packet)
        self._follow(key, flow, packet)

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
        self._early.clear()

    def _begin(self, key: FlowKey, packet: Packet) -> TcpFlow:
        if len(self._flows) >= MAX_FLOWS:
            oldest = next(iter(self._flows))
            self._end(oldest, self._flows[oldest])
        flow = self._flows[key] = TcpFlow(
            packet, self._reporter.timestamp, self._reporter.name_hardware(packet)
        )
        return flow

    def _follow(self, key: FlowKey, flow: TcpFlow, packet: Packet) -> None:
        up, down = flow.count_new_bytes(packet)
        if flow.record is not None and (up or down):
            flow.record.add_bytes(up, down)
        is_new = bool(up) or flow.name_hash is None
        if flow.stream is not None or (is_new and may_start_name(packet.payload)):
            self._parse_start(key, flow, packet)
        elif flow.requested_host is not None:
            self._keep_early(key, packet)
        if packet.flags & _END_FLAGS:
            self._end(key, flow)

    def _parse_start(self, key: FlowKey, flow: TcpFlow, packet: Packet) -> None:
        data = packet.payload
        if flow.stream is not None or key in self._early:
            data = self._join_stream(key, flow, packet)
        result, evidence = sniff_name(data)
        if result.status is ParseStatus.INCOMPLETE:
            self._keep_incomplete(key, flow, packet)
            return
        self._drop_stream(key, flow)
        if evidence is Evidence.HTTP and data.startswith(_CONNECT):
            flow.requested_host = result.hostname
            if result.hostname:
                self._reporter.report_mention(key[0], result.hostname, evidence)
        elif result.status is not ParseStatus.OTHER_PROTOCOL:
            self._set_name(key, flow, result, evidence)

    def _set_name(
        self, key: FlowKey, flow: TcpFlow, result: ParseResult, evidence: Evidence
    ) -> None:
        """Report the flow under this name; under the name that it has, it only goes on."""
        is_proxied = flow.requested_host is not None
        if result.status is ParseStatus.NO_NAME and flow.requested_host:
            result = ParseResult(ParseStatus.NAME, flow.requested_host)
            evidence = Evidence.HTTP
        name_hash = hash(result.hostname)
        is_named = flow.name_hash is not None
        if is_named and (name_hash == flow.name_hash or not result.hostname):
            return
        if flow.record is not None:
            flow.record.finish()
        flow.requested_host, flow.name_hash = None, name_hash
        flow.record = self._reporter.report_flow(
            key, result, evidence, flow.hardware, is_tcp=True, is_proxied=is_proxied
        )

    def _keep_incomplete(self, key: FlowKey, flow: TcpFlow, packet: Packet) -> None:
        """Keep the first bytes until there are more."""
        if flow.stream is None:
            flow.stream, flow.first_sequence = StreamAssembler(), packet.sequence
            flow.stream.add(0, packet.payload)
        self._incomplete[key] = None
        if len(self._incomplete) > MAX_INCOMPLETE:
            oldest = next(iter(self._incomplete))
            self._end(oldest, self._flows[oldest])

    def _drop_stream(self, key: FlowKey, flow: TcpFlow) -> None:
        flow.stream = None
        self._incomplete.pop(key, None)

    def _join_stream(self, key: FlowKey, flow: TcpFlow, packet: Packet) -> bytes:
        """Return the first bytes in order; segments may have come before the first one."""
        if flow.stream is None:
            flow.stream, flow.first_sequence = StreamAssembler(), packet.sequence
        for segment in (packet, *self._early.pop(key, ())):
            flow.stream.add(flow.stream_offset(segment), segment.payload)
        return flow.stream.contiguous

    def _keep_early(self, key: FlowKey, packet: Packet) -> None:
        """Keep a segment that may be the second of a flow that has not begun."""
        if not 0 < len(packet.payload) <= MAX_EARLY_SIZE:
            return
        if key not in self._early and len(self._early) >= MAX_EARLY:
            del self._early[next(iter(self._early))]
        segments = self._early.setdefault(key, [])
        segments.append(packet)
        del segments[:-MAX_EARLY_SEGMENTS]

    def _end(self, key: FlowKey, flow: TcpFlow) -> None:
        """Forget a flow, and report the rest; a name that is missing by now is given up."""
        del self._flows[key]
        self._incomplete.pop(key, None)
        if flow.stream is not None or flow.requested_host is not None:
            self._set_name(key, flow, NO_NAME, Evidence.SNI)
        if flow.record is not None:
            flow.record.finish()
