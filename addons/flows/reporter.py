"""Reports the flows of a passive sensor, once each has a name, and follows those to a platform."""

from addons.flows.naming import FlowKey, FlowName, FlowNamer
from addons.flows.sink import SightingSink
from addons.flows.tracker import FlowRecord, FlowTracker
from addons.names import dns
from addons.names.parse_result import ParseResult
from addons.packets.packet import Packet
from monitor.evidence import Evidence, HidingMethod
from monitor.sighting import Sighting


class FlowReporter:
    """What the parts of a passive sensor share: the time of the packet at hand, and the reports.

    Args:
        sink: receives the sightings.
        namer: names flows.
        counts_tcp: whether flows over TCP are this sensor's to count.
        reports_every_name: whether to report each name, also those in DNS answers and in requests
            to a proxy.
    """

    def __init__(
        self, sink: SightingSink, namer: FlowNamer, *, counts_tcp: bool, reports_every_name: bool
    ) -> None:
        self._sink = sink
        self._namer = namer
        self._counts_tcp = counts_tcp
        self._reports_every_name = reports_every_name
        self.timestamp = 0.0
        """Of the packet at hand, in seconds since 1970-01-01 UTC."""
        self.tracker = FlowTracker(sink, lambda: self.timestamp)

    def name_hardware(self, packet: Packet) -> bytes:
        """Return what sightings say of the MAC address that a packet came from."""
        return self._sink.name_hardware(packet.hardware)

    def report_flow(
        self,
        key: FlowKey,
        result: ParseResult,
        evidence: Evidence,
        hardware: bytes = b"",
        *,
        is_tcp: bool,
        is_proxied: bool = False,
    ) -> FlowRecord | None:
        """Report a flow whose name was found, or is known to be missing.

        Args:
            key: the flow.
            result: what its first bytes hold.
            evidence: which evidence a name in them is.
            hardware: what `name_hardware` said of its first packet.
            is_tcp: whether a gateway may count it.
            is_proxied: whether the server is a proxy that was asked for another server.

        Returns: the record that its bytes are added to; None where they are not counted.
        """
        name = self._namer.name_flow(
            key,
            result,
            evidence,
            self.timestamp,
            self._name_dns_client(key[0], hardware),
            is_proxied=is_proxied,
        )
        if is_tcp and not self._counts_tcp and not _is_known_by_dns_alone(name):
            return None
        if name.is_tracked:
            record = FlowRecord(self.tracker, key[0], hardware=hardware)
            record.set_name(name.hostname, name.evidence, name.cname, name.hiding_method)
            return record
        self._sink.receive_sighting(_opening_sighting(self.timestamp, key[0], name, hardware))
        return None

    def report_hidden(
        self, key: FlowKey, hiding_method: HidingMethod, hardware: bytes = b""
    ) -> None:
        """Report a flow that hides others."""
        name = FlowName("", Evidence.HIDDEN, hiding_method=hiding_method)
        self._sink.receive_sighting(_opening_sighting(self.timestamp, key[0], name, hardware))

    def learn_dns_answer(self, packet: Packet, message: bytes) -> None:
        """Remember what a name server said to the client that a packet went to."""
        answer = dns.parse_answer(message)
        if answer is None:
            return
        dns_client = self._name_dns_client(packet.destination, self.name_hardware(packet))
        self._namer.dns_memory.learn_answer(dns_client, answer, self.timestamp)
        for hostname in (answer.question, *answer.targets):
            self.report_mention(packet.destination, hostname, Evidence.DNS)

    def _name_dns_client(self, client: bytes, hardware: bytes) -> bytes:
        return self._sink.name_dns_client(client, hardware, self.timestamp)

    def report_mention(self, client: bytes, hostname: str, evidence: Evidence) -> None:
        """Report a name that belongs to no flow, where every name is reported."""
        if self._reports_every_name:
            self._sink.receive_sighting(Sighting(self.timestamp, client, hostname, evidence))


def _is_known_by_dns_alone(name: FlowName) -> bool:
    """Return whether only DNS gave the name, so that a gateway could not find it."""
    return bool(name.cname) or name.evidence is Evidence.ADDRESS


def _opening_sighting(timestamp: float, client: bytes, name: FlowName, hardware: bytes) -> Sighting:
    return Sighting(
        timestamp,
        client,
        name.hostname,
        name.evidence,
        cname=name.cname,
        hiding_method=name.hiding_method,
        hardware=hardware,
    )
