"""Tells the core of connections, once each has a name, and of what those that matter carry."""

from addons.flows.naming import FlowKey, FlowName, FlowNamer
from addons.flows.sink import SightingSink
from addons.flows.tracker import FlowRecord, FlowTracker
from addons.names import dns
from addons.names.parse_result import ParseResult
from monitor.evidence import Evidence, HidingMethod
from monitor.sighting import Sighting


class FlowReporter:
    """What the parts of a passive sensor share: the moment, and whom to tell.

    Its clock is the time of the packets.

    Args:
        sink: receives the sightings.
        namer: names connections.
        counts_tcp: whether connections over TCP are this sensor's to count.
        reports_every_name: tell of each name, also DNS's own and those asked of a proxy.
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

    def report_flow(
        self,
        key: FlowKey,
        parsed: ParseResult,
        evidence: Evidence,
        *,
        is_tcp: bool,
        is_proxied: bool = False,
    ) -> FlowRecord | None:
        """Tell of a connection whose name was read, or will not be.

        Args:
            key: the connection.
            parsed: what was read of its first bytes.
            evidence: how it was read.
            is_tcp: whether it is one that a gateway may count.
            is_proxied: whether the server is a proxy that was asked for another.

        Returns: what its bytes are to be counted in; None where they are nobody's business.
        """
        named = self._namer.name_flow(key, parsed, evidence, self.timestamp, is_proxied=is_proxied)
        if is_tcp and not self._counts_tcp and not _is_known_by_dns_alone(named):
            return None
        if named.is_tracked:
            tally = FlowRecord(self.tracker, key[0])
            tally.set_name(named.hostname, named.evidence, named.alias, named.hidden)
            return tally
        self._sink.receive_sighting(_opening_sighting(self.timestamp, key[0], named))
        return None

    def report_hidden(self, key: FlowKey, hidden: HidingMethod) -> None:
        """Tell of a connection that is what hides others."""
        self._sink.receive_sighting(
            _opening_sighting(self.timestamp, key[0], FlowName("", Evidence.HIDDEN, hidden=hidden))
        )

    def learn_dns_answer(self, client: bytes, message: bytes) -> None:
        """Take in what a name server said to a client."""
        answer = dns.parse_answer(message)
        if answer is None:
            return
        self._namer.dns_memory.learn_answer(client, answer, self.timestamp)
        for hostname in (answer.question, *answer.targets):
            self.report_mention(client, hostname, Evidence.DNS)

    def report_mention(self, client: bytes, hostname: str, evidence: Evidence) -> None:
        """Tell of a name that is no connection's, if every name is wanted."""
        if self._reports_every_name:
            self._sink.receive_sighting(Sighting(self.timestamp, client, hostname, evidence))


def _is_known_by_dns_alone(named: FlowName) -> bool:
    """Whether only DNS gave the name, so that a gateway could not read it."""
    return bool(named.alias) or named.evidence is Evidence.ADDRESS


def _opening_sighting(timestamp: float, client: bytes, named: FlowName) -> Sighting:
    return Sighting(
        timestamp,
        client,
        named.hostname,
        named.evidence,
        cname=named.alias,
        hiding_method=named.hidden,
    )
