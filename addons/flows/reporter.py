"""Tells the core of connections, once each has a name, and of what those that matter carry."""

from addons.flows.naming import Ends, Named, Naming
from addons.flows.sink import SightingSink
from addons.flows.tracker import Tallies, Tally
from addons.names import dns
from addons.names.reading import Reading
from monitor.sighting import Evidence, HidingMethod, Sighting


class Teller:
    """What the parts of a passive sensor share: the moment, and whom to tell.

    Its clock is the time of the packets.

    Args:
        sink: receives the sightings.
        naming: names connections.
        counts_tcp: whether connections over TCP are this sensor's to count.
        every_name: tell of each name, also DNS's own and those asked of a proxy.
    """

    def __init__(
        self, sink: SightingSink, naming: Naming, *, counts_tcp: bool, every_name: bool
    ) -> None:
        self._sink = sink
        self._naming = naming
        self._counts_tcp = counts_tcp
        self._every_name = every_name
        self.moment = 0.0
        """Of the packet at hand, in seconds since 1970-01-01 UTC."""
        self.tallies = Tallies(sink, lambda: self.moment)

    def name(
        self, ends: Ends, read: Reading, by: Evidence, *, is_tcp: bool, is_asked: bool = False
    ) -> Tally | None:
        """Tell of a connection whose name was read, or will not be.

        Args:
            ends: the connection.
            read: what was read of its first bytes.
            by: how it was read.
            is_tcp: whether it is one that a gateway may count.
            is_asked: whether the server is a proxy that was asked for another.

        Returns: what its bytes are to be counted in; None where they are nobody's business.
        """
        named = self._naming.name(ends, read, by, self.moment, is_asked=is_asked)
        if is_tcp and not self._counts_tcp and not _is_of_dns(named):
            return None
        if named.is_followed:
            tally = Tally(self.tallies, ends[0])
            tally.name(named.hostname, named.evidence, named.alias, named.hidden)
            return tally
        self._sink.receive_sighting(_sighting(self.moment, ends[0], named))
        return None

    def hide(self, ends: Ends, hidden: HidingMethod) -> None:
        """Tell of a connection that is what hides others."""
        self._sink.receive_sighting(
            _sighting(self.moment, ends[0], Named("", Evidence.HIDDEN, hidden=hidden))
        )

    def learn(self, client: bytes, message: bytes) -> None:
        """Take in what a name server said to a client."""
        answer = dns.read(message)
        if answer is None:
            return
        self._naming.lookups.learn(client, answer, self.moment)
        for hostname in (answer.asked, *answer.chain):
            self.mention(client, hostname, Evidence.DNS)

    def mention(self, client: bytes, hostname: str, evidence: Evidence) -> None:
        """Tell of a name that is no connection's, if every name is wanted."""
        if self._every_name:
            self._sink.receive_sighting(Sighting(self.moment, client, hostname, evidence))


def _is_of_dns(named: Named) -> bool:
    """Whether only DNS gave the name, so that a gateway could not read it."""
    return bool(named.alias) or named.evidence is Evidence.ADDRESS


def _sighting(moment: float, client: bytes, named: Named) -> Sighting:
    return Sighting(
        moment,
        client,
        named.hostname,
        named.evidence,
        cname=named.alias,
        hiding_method=named.hidden,
    )
