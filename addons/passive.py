"""The passive sensor: makes sightings of the packets that pass by.

It sees what the packet filter lets through: the start of each connection, and enough of what
follows to tell how much is carried. Where a gateway beside it counts connections over TCP, it
reports of those only what the gateway cannot know: names that DNS alone gave.
"""

from addons.flows.dns_answers import DnsAnswers
from addons.flows.naming import FlowNamer
from addons.flows.reporter import FlowReporter
from addons.flows.sink import SightingSink
from addons.flows.tcp_flows import TcpFlows
from addons.flows.udp_flows import UdpFlows
from addons.packets.packet import TCP, Packet
from addons.packets.ports import DNS

SWEEP_INTERVAL = 60.0
"""Seconds between two searches for flows that have gone silent."""


class PassiveSensor:
    """One passive sensor, by the clock of the packets.

    Args:
        sink: receives the sightings.
        namer: names flows.
        counts_tcp: whether flows over TCP are this sensor's to count.
        reports_every_name: whether to report each name, also those in DNS answers and in requests
            to a proxy: for checking the catalogue, never for a core.
    """

    def __init__(
        self,
        sink: SightingSink,
        namer: FlowNamer,
        *,
        counts_tcp: bool = True,
        reports_every_name: bool = False,
    ) -> None:
        self._sink = sink
        self._reporter = FlowReporter(
            sink, namer, counts_tcp=counts_tcp, reports_every_name=reports_every_name
        )
        self._tcp_flows = TcpFlows(self._reporter)
        self._udp_flows = UdpFlows(self._reporter)
        self._dns_answers = DnsAnswers(self._reporter)
        self._last_sweep = 0.0

    def receive_packet(self, packet: Packet, timestamp: float) -> None:
        """Receive a packet. Never raises: an error is counted, and the next packet comes."""
        self._reporter.timestamp = timestamp
        try:
            if packet.source_port == DNS:
                self._dns_answers.receive_packet(packet)
            elif packet.protocol == TCP:
                self._tcp_flows.receive_packet(packet)
            else:
                self._udp_flows.receive_packet(packet)
        except Exception:  # noqa: BLE001 (whatever it is, the next packet is received)
            self._sink.health.count_addon_error()

    def tick(self, timestamp: float) -> None:
        """Note that every packet up to a time was received; called once a second."""
        self._reporter.timestamp = timestamp
        if not 0 <= timestamp - self._last_sweep < SWEEP_INTERVAL:
            self._last_sweep = timestamp
            self._tcp_flows.forget_idle(timestamp)
            self._udp_flows.forget_idle(timestamp)
        self._reporter.tracker.tick()

    def close(self, timestamp: float) -> None:
        """Report the rest of every flow, and nothing after it."""
        self._reporter.timestamp = timestamp
        self._tcp_flows.close()
        self._udp_flows.close()
        self._reporter.tracker.close()
