"""The passive sensor: packets that went by, put together into the sightings that they are.

It sees what the filter lets through (`addons.captures.filter`): the start of each connection, and
of what follows enough to tell how much is carried. Where a gateway beside it counts connections
over TCP, it tells of those only what the gateway cannot know: names that DNS alone gave.
"""

from addons.flows.answers import Answers
from addons.flows.datagrams import Datagrams
from addons.flows.naming import Naming
from addons.flows.reporter import Teller
from addons.flows.segments import Segments
from addons.flows.sink import SightingSink
from addons.packets.packet import TCP, Packet

DNS = 53
SWEPT_EVERY = 60.0
"""Seconds between two looks for connections that have gone silent."""


class Passive:
    """One passive sensor, on the packets' own time.

    Args:
        sink: receives the sightings.
        naming: names connections.
        counts_tcp: whether connections over TCP are this sensor's to count.
        every_name: tell of each name, also DNS's own and those asked of a proxy: for checking the
            catalogue, never for a core.
    """

    def __init__(
        self,
        sink: SightingSink,
        naming: Naming,
        *,
        counts_tcp: bool = True,
        every_name: bool = False,
    ) -> None:
        self._sink = sink
        self._teller = Teller(sink, naming, counts_tcp=counts_tcp, every_name=every_name)
        self._segments = Segments(self._teller)
        self._datagrams = Datagrams(self._teller)
        self._answers = Answers(self._teller)
        self._swept = 0.0

    def take(self, packet: Packet, moment: float) -> None:
        """Take in a packet. Never raises: an error is counted, and the next packet comes."""
        self._teller.moment = moment
        try:
            if packet.source_port == DNS:
                self._answers.take(packet)
            elif packet.protocol == TCP:
                self._segments.take(packet)
            else:
                self._datagrams.take(packet)
        except Exception:  # noqa: BLE001 (whatever it is, the next packet is looked at)
            self._sink.health.count_addon_error()

    def tick(self, moment: float) -> None:
        """Say that everything up to a moment has been taken in; called once a second."""
        self._teller.moment = moment
        if not 0 <= moment - self._swept < SWEPT_EVERY:
            self._swept = moment
            self._segments.sweep(moment)
            self._datagrams.sweep(moment)
        self._teller.tallies.tick()

    def close(self, moment: float) -> None:
        """Tell the rest of every connection, and nothing after it."""
        self._teller.moment = moment
        self._segments.close()
        self._datagrams.close()
        self._teller.tallies.close()
