"""Connections over TCP: their first bytes are put in order and read, and what follows is counted.

A connection begins for this sensor where a client says something with a name: also in the middle,
after STARTTLS or after a proxy was asked for a tunnel, and anew where a proxy is asked for another.
Everything that is kept is bounded, so that whoever floods the network makes us forget and no more.
"""

from addons.captures.segments import METHODS
from addons.flows.connection import TcpConnection
from addons.flows.naming import Ends
from addons.flows.reporter import Teller
from addons.names import start
from addons.names.reading import NAMELESS, Outcome, Reading
from addons.names.stream import Stream
from addons.packets.packet import FIN, RST, Packet
from monitor.sighting import Evidence

MOST_OPEN = 32_768
"""Connections that are remembered."""
MOST_HALF_READ = 512
"""Connections whose name is only half there; each takes at most `client_hello.LARGEST` bytes."""
MOST_EARLY = 256
"""Connections of which a piece came before the first."""
EARLY_PIECES = 4
LARGEST_EARLY = 9_000
"""Bytes: as many as the largest segments have on a wire. What overtook another was not joined."""
IDLE = 900.0
"""Seconds of silence after which a connection is forgotten. A phone's push connection that is used
again after that is told anew, as what it is."""

_TLS = b"\x16"
_VERSION, _CLIENT_HELLO = 3, 1
_KNOWN_AT = 6
"""Bytes that tell a ClientHello from other handshake messages."""
_ENDS = FIN | RST
_CONNECT = b"CONN"


class Segments:
    """The connections over TCP of one sensor."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller
        self._open: dict[Ends, TcpConnection] = {}
        self._half_read: dict[Ends, None] = {}
        self._early: dict[Ends, list[Packet]] = {}

    def __len__(self) -> int:
        """Count the connections that are remembered."""
        return len(self._open)

    @property
    def half_read(self) -> int:
        """How many connections have a name that is only half there."""
        return len(self._half_read)

    @property
    def early(self) -> int:
        """Of how many connections a piece came before the first."""
        return len(self._early)

    def take(self, packet: Packet) -> None:
        """Take in what a client sent."""
        ends: Ends = packet[1:5]
        connection = self._open.get(ends)
        if connection is not None and connection.is_another(packet):
            self._end(ends, connection)
            connection = None
        if connection is None:
            if not _starts(packet.payload):
                self._keep_early(ends, packet)
                return
            connection = self._begin(ends, packet)
        self._follow(ends, connection, packet)

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
        self._early.clear()

    def _begin(self, ends: Ends, packet: Packet) -> TcpConnection:
        if len(self._open) >= MOST_OPEN:
            oldest = next(iter(self._open))
            self._end(oldest, self._open[oldest])
        connection = self._open[ends] = TcpConnection(packet, self._teller.moment)
        return connection

    def _follow(self, ends: Ends, connection: TcpConnection, packet: Packet) -> None:
        connection.seen = self._teller.moment
        up, down = connection.carried(packet)
        if connection.tally is not None and (up or down):
            connection.tally.count(up, down)
        is_new = bool(up) or connection.name is None
        if connection.start is not None or (is_new and _starts(packet.payload)):
            self._read(ends, connection, packet)
        elif connection.asked is not None:
            self._keep_early(ends, packet)
        if packet.flags & _ENDS:
            self._end(ends, connection)

    def _read(self, ends: Ends, connection: TcpConnection, packet: Packet) -> None:
        data = packet.payload
        if connection.start is not None or ends in self._early:
            data = self._joined(ends, connection, packet)
        reading, by = start.read(data)
        if reading.outcome is Outcome.INCOMPLETE:
            self._wait(ends, connection, packet)
            return
        self._stop_waiting(ends, connection)
        if by is Evidence.HTTP and data.startswith(_CONNECT):
            connection.asked = reading.hostname
            if reading.hostname:
                self._teller.mention(ends[0], reading.hostname, by)
        elif reading.outcome is not Outcome.OTHER:
            self._name(ends, connection, reading, by)

    def _name(self, ends: Ends, connection: TcpConnection, read: Reading, by: Evidence) -> None:
        """Settle the name; one that was read before is the same connection going on."""
        is_asked = connection.asked is not None
        if read.outcome is Outcome.NAMELESS and connection.asked:
            read, by = Reading(Outcome.NAME, connection.asked), Evidence.HTTP
        name = hash(read.hostname)
        is_known = connection.name is not None
        if is_known and (name == connection.name or not read.hostname):
            return
        if connection.tally is not None:
            connection.tally.end()
        connection.asked, connection.name = None, name
        connection.tally = self._teller.name(ends, read, by, is_tcp=True, is_asked=is_asked)

    def _wait(self, ends: Ends, connection: TcpConnection, packet: Packet) -> None:
        """Keep what has come, until there is more."""
        if connection.start is None:
            connection.start, connection.first = Stream(), packet.sequence
            connection.start.add(0, packet.payload)
        self._half_read[ends] = None
        if len(self._half_read) > MOST_HALF_READ:
            oldest = next(iter(self._half_read))
            self._end(oldest, self._open[oldest])

    def _stop_waiting(self, ends: Ends, connection: TcpConnection) -> None:
        connection.start = None
        self._half_read.pop(ends, None)

    def _joined(self, ends: Ends, connection: TcpConnection, packet: Packet) -> bytes:
        """Put what has come in order; a piece may have come before the first."""
        if connection.start is None:
            connection.start, connection.first = Stream(), packet.sequence
        for piece in (packet, *self._early.pop(ends, ())):
            connection.start.add(connection.place(piece), piece.payload)
        return connection.start.start

    def _keep_early(self, ends: Ends, packet: Packet) -> None:
        """Keep a piece that may be the second of what has not begun."""
        if not 0 < len(packet.payload) <= LARGEST_EARLY:
            return
        if ends not in self._early and len(self._early) >= MOST_EARLY:
            del self._early[next(iter(self._early))]
        pieces = self._early.setdefault(ends, [])
        pieces.append(packet)
        del pieces[:-EARLY_PIECES]

    def _end(self, ends: Ends, connection: TcpConnection) -> None:
        """Tell the rest; a name that has not come by now does not come."""
        del self._open[ends]
        self._half_read.pop(ends, None)
        if connection.start is not None or connection.asked is not None:
            self._name(ends, connection, NAMELESS, Evidence.SNI)
        if connection.tally is not None:
            connection.tally.end()


def _starts(payload: bytes) -> bool:
    """Whether this may be the start of what has a name."""
    if payload[:1] == _TLS:
        return len(payload) < _KNOWN_AT or (payload[1], payload[5]) == (_VERSION, _CLIENT_HELLO)
    return payload[:4] in _METHODS


_METHODS = frozenset(METHODS)
