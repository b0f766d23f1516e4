"""Connections over UDP: QUIC, and what else has a name or hides one in its first datagram."""

from addons.flows.connection import DatagramConnection
from addons.flows.naming import Ends
from addons.flows.reporter import Teller
from addons.names import dtls, vpn
from addons.names.quic import handshake
from addons.names.quic.handshake import Handshake
from addons.names.reading import NAMELESS, Outcome
from addons.packets.packet import Packet
from monitor.sighting import Evidence, HidingMethod

MOST_OPEN = 16_384
"""Connections that are remembered."""
MOST_HALF_READ = 512
"""Connections whose name is only half there; each takes at most some 85 kB."""
IDLE = 300.0
"""Seconds of silence after which a connection is forgotten: QUIC ends one within minutes."""
ANEW = 30.0
"""Seconds of silence after which an Initial begins another connection from the same port."""
SAMPLED_UP, SAMPLED_DOWN = 4, 32
"""Of a connection's later packets, one in so many is looked at, and stands for all of them."""
FEW = 12
"""Packets from the server for which one stands that is looked at after `SILENCE`. What is seen by
one packet alone is mostly a poll, which has three or four, and rarely something large."""
SILENCE = 60.0
"""Seconds without a packet from the server that was looked at."""
ACKNOWLEDGES = 100
"""Bytes, below which a client's later packet is taken for an acknowledgement, and not counted, as
those of TCP are not. In real captures nearly all of them have fewer than 60."""

_LONG_BITS, _SHORT_HEADER = 0xC0, 0x40
_SAMPLED_AT = 23
_HTTPS = 443


class Datagrams:
    """The connections over UDP of one sensor."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller
        self._open: dict[Ends, DatagramConnection] = {}
        self._half_read: dict[Ends, None] = {}

    def __len__(self) -> int:
        """Count the connections that are remembered."""
        return len(self._open)

    @property
    def half_read(self) -> int:
        """How many connections have a name that is only half there."""
        return len(self._half_read)

    def take(self, packet: Packet) -> None:
        """Take in a datagram of either side."""
        ends: Ends = packet[1:5]
        connection = self._open.get(ends)
        if connection is not None:
            self._follow(ends, connection, packet)
            return
        of_server = self._open.get((*packet[3:5], *packet[1:3]))
        if of_server is None:
            self._begin(ends, packet)
        else:
            of_server.seen = self._teller.moment
            if of_server.tally is not None:
                of_server.tally.count(down=self._heard(of_server, packet))

    def close(self) -> None:
        """Tell the rest of every connection."""
        for ends, connection in list(self._open.items()):
            with self._teller.tallies.counted:
                self._end(ends, connection)

    def sweep(self, moment: float) -> None:
        """Forget connections that have been silent."""
        silent = [each for each in self._open.items() if moment - each[1].seen > IDLE]
        for ends, connection in silent:
            with self._teller.tallies.counted:
                self._end(ends, connection)

    def _follow(self, ends: Ends, connection: DatagramConnection, packet: Packet) -> None:
        moment = self._teller.moment
        if moment - connection.seen > ANEW and handshake.begins(packet.payload):
            self._end(ends, connection)
            self._begin(ends, packet)
            return
        connection.seen = moment
        if connection.handshake is not None:
            self._read(ends, connection, connection.handshake, packet)
        elif connection.tally is not None:
            connection.tally.count(up=_said(packet))

    def _heard(self, connection: DatagramConnection, packet: Packet) -> int:
        """Give the bytes that a server's packet stands for."""
        if not _is_later(packet):
            return packet.size
        if not _is_sampled(packet, SAMPLED_DOWN):
            return 0
        moment = self._teller.moment
        stands_for = FEW if moment - connection.heard > SILENCE else SAMPLED_DOWN
        connection.heard = moment
        return stands_for * packet.size

    def _begin(self, ends: Ends, packet: Packet) -> None:
        payload = packet.payload
        if packet.source_port == _HTTPS != packet.target_port:
            return  # a server's side of a connection that began before
        if handshake.begins(payload):
            connection = self._opened(ends)
            connection.handshake = Handshake()
            self._read(ends, connection, connection.handshake, packet)
        elif vpn.begins(packet.target_port, payload):
            self._opened(ends)
            self._teller.hide(ends, HidingMethod.VPN)
        elif (reading := dtls.read(payload)).outcome is Outcome.NAME:
            connection = self._opened(ends)
            connection.tally = self._teller.name(ends, reading, Evidence.SNI, is_tcp=False)

    def _opened(self, ends: Ends) -> DatagramConnection:
        if len(self._open) >= MOST_OPEN:
            oldest = next(iter(self._open))
            self._end(oldest, self._open[oldest])
        connection = self._open[ends] = DatagramConnection(self._teller.moment)
        return connection

    def _read(
        self, ends: Ends, connection: DatagramConnection, begun: Handshake, packet: Packet
    ) -> None:
        reading = begun.read(packet.payload)
        if reading.outcome is Outcome.INCOMPLETE:
            self._half_read[ends] = None
            if len(self._half_read) > MOST_HALF_READ:
                oldest = next(iter(self._half_read))
                self._end(oldest, self._open[oldest])
            return
        connection.handshake = None
        self._half_read.pop(ends, None)
        if reading.outcome is Outcome.OTHER:
            del self._open[ends]
        else:
            connection.tally = self._teller.name(ends, reading, Evidence.QUIC, is_tcp=False)

    def _end(self, ends: Ends, connection: DatagramConnection) -> None:
        """Tell the rest; a name that has not come by now does not come."""
        del self._open[ends]
        self._half_read.pop(ends, None)
        if connection.handshake is not None:
            connection.tally = self._teller.name(ends, NAMELESS, Evidence.QUIC, is_tcp=False)
        if connection.tally is not None:
            connection.tally.end()


def _said(packet: Packet) -> int:
    """Give the bytes that a client's packet stands for."""
    if not _is_later(packet):
        return packet.size
    if packet.size < ACKNOWLEDGES or not _is_sampled(packet, SAMPLED_UP):
        return 0
    return SAMPLED_UP * packet.size


def _is_later(packet: Packet) -> bool:
    """Whether it has QUIC's short header, which those have that come after the handshake."""
    payload = packet.payload
    return bool(payload) and payload[0] & _LONG_BITS == _SHORT_HEADER


def _is_sampled(packet: Packet, sampled: int) -> bool:
    """Whether a later packet is one that stands for others.

    Where the filter let others through (in a tunnel, it lets through everything) they stand for
    nothing.

    Args:
        packet: of either side.
        sampled: one in how many it is, a power of two.
    """
    payload = packet.payload
    return len(payload) > _SAMPLED_AT and not payload[_SAMPLED_AT] & sampled - 1
