"""One connection of a simulated device, and the sightings that a sensor would make of it."""

from collections.abc import Iterable, Iterator
from math import ceil, inf
from random import Random
from typing import NamedTuple

from monitor.sighting import Evidence, Sighting

REPORT_INTERVAL = 30.0
"""Seconds between two sightings of a connection, as a sensor tells them."""
CLIENT_HELLO = 500
"""Bytes up by which the name is known."""
SAMPLED_UP, SAMPLED_DOWN = 4, 32
"""A passive sensor counts one in so many of a QUIC connection's packets, for all of them."""
FEW, SILENCE = 12, 60.0
"""Packets down for which the first stands that is counted after so many seconds without one."""
ACKNOWLEDGES = 100
"""Bytes of a packet up, below which it is taken for an acknowledgement and not counted."""
DATAGRAM = 1_200
"""Bytes of a full QUIC packet (RFC 9000, 14.1)."""
ACKNOWLEDGED = 4
"""Packets that one packet answers: what Chrome's and Meta's clients do. It has 30–50 bytes."""
LONG_ACKNOWLEDGEMENT, ONE_IS_LONG_IN = 120, 30
"""Bytes of one that tells of many losses, and how many there are for each of these; in the
captures there are fewer."""


class ByteExchange(NamedTuple):
    """What a connection carries at one moment, or in the seconds around it."""

    after: float
    """Seconds since the connection's begin."""
    up: int
    down: int


class SimulatedConnection(NamedTuple):
    """A connection: when, who, to what, and what it carries."""

    moment: float
    """Seconds since 1970-01-01 UTC."""
    client: bytes
    hostname: str
    """Empty when the device hides it."""
    up: int
    down: int
    lasts: float
    """Seconds."""
    exchanges: tuple[ByteExchange, ...] = ()
    """When it carries what, in order; without any, it carries the same all the time."""
    quic: bool = False
    """Whether it is a QUIC connection, which a passive sensor sees, and not the gateway."""

    @property
    def evidence(self) -> Evidence:
        """How its name is learned."""
        if not self.hostname:
            return Evidence.HIDDEN
        return Evidence.QUIC if self.quic else Evidence.SNI

    @property
    def parts(self) -> int:
        """In how many parts a sensor tells of it, when it carries the same all the time."""
        return int(self.lasts // REPORT_INTERVAL) + 1


def make_connection(
    moment: float, client: bytes, hostname: str, exchanges: Iterable[ByteExchange], *, quic: bool
) -> SimulatedConnection:
    """Give a connection that carries this, and ends with the last of it."""
    carried = tuple(sorted(exchanges))
    up, down = sum(one.up for one in carried), sum(one.down for one in carried)
    return SimulatedConnection(moment, client, hostname, up, down, carried[-1].after, carried, quic)


def make_sightings(
    contact: SimulatedConnection, random: Random | None = None
) -> Iterator[Sighting]:
    """Give what a sensor tells of a connection: its name, what it carries, and its end.

    It is told as its name is read; then half a minute after the first bytes that are not told
    yet, with all that came until then; and as it ends.

    Args:
        contact: the connection.
        random: which of a QUIC connection's packets are counted; without it, all are.
    """
    if contact.quic and random is not None:
        yield _sighting(contact, 0.0, 0, 0, opens=True)
        yield from _told(contact, _sampled(contact.exchanges, random))
    else:
        yield _sighting(contact, 0.0, CLIENT_HELLO, 0, opens=True)
        yield from _told(contact, contact.exchanges) if contact.exchanges else _evenly(contact)


def _evenly(contact: SimulatedConnection) -> Iterator[Sighting]:
    parts = contact.parts
    for part in range(1, parts + 1):
        after = contact.lasts * part / parts
        yield _sighting(contact, after, contact.up // parts, contact.down // parts)


def _told(contact: SimulatedConnection, carried: Iterable[ByteExchange]) -> Iterator[Sighting]:
    due, up, down = inf, 0, 0
    for exchange in carried:
        if exchange.after >= due:
            yield _sighting(contact, due, up, down)
            due, up, down = inf, 0, 0
        if exchange.up or exchange.down:
            due = min(due, exchange.after + REPORT_INTERVAL)
            up, down = up + exchange.up, down + exchange.down
    if due < inf:
        yield _sighting(contact, min(contact.lasts, due), up, down)


def _sighting(
    contact: SimulatedConnection, after: float, up: int, down: int, *, opens: bool = False
) -> Sighting:
    moment, client, hostname = contact.moment + after, contact.client, contact.hostname
    return Sighting(moment, client, hostname, contact.evidence, up, down, opens)


def _sampled(carried: Iterable[ByteExchange], random: Random) -> Iterator[ByteExchange]:
    """Count one packet in some, and take it for that many; down, the first for fewer."""
    counted = -inf
    for after, up, down in carried:
        acknowledgements = ceil(down / DATAGRAM / ACKNOWLEDGED)
        long_ones = random.binomialvariate(acknowledgements, 1 / ONE_IS_LONG_IN)
        seen = sum(_counted(up, SAMPLED_UP, ACKNOWLEDGES, random))
        seen += _estimated(long_ones, LONG_ACKNOWLEDGEMENT, SAMPLED_UP, random)
        full, rest = _counted(down, SAMPLED_DOWN, 1, random)
        heard = full + rest
        if heard:
            if after - counted > SILENCE:
                first = DATAGRAM if full else down % DATAGRAM
                heard -= (SAMPLED_DOWN - FEW) * first
            counted = after
        yield ByteExchange(after, seen, heard)


def _counted(carried: int, sampled: int, least: int, random: Random) -> tuple[int, int]:
    """Give what is taken for its full packets, and for the one that is not full."""
    full, rest = divmod(carried, DATAGRAM)
    return (
        _estimated(full, DATAGRAM, sampled, random),
        _estimated(int(rest >= least), rest, sampled, random),
    )


def _estimated(packets: int, size: int, sampled: int, random: Random) -> int:
    return random.binomialvariate(packets, 1 / sampled) * sampled * size if packets else 0
