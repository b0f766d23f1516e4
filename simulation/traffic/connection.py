"""One connection of a simulated device, and the sightings that a sensor makes of it."""

from collections.abc import Iterable, Iterator
from math import ceil, inf
from random import Random
from typing import NamedTuple

from addons.names.quic.sampling import (
    CLIENT_ONE_IN,
    FIRST_SERVER_AFTER,
    FIRST_SERVER_WEIGHT,
    MIN_CLIENT_SIZE,
    SERVER_ONE_IN,
)
from monitor.evidence import Evidence
from monitor.sighting import Sighting

REPORT_INTERVAL = 30.0
"""Seconds between two sightings of a connection, as sensors report them."""
CLIENT_HELLO = 500
"""Bytes up after which the name is known."""
DATAGRAM = 1_200
"""Bytes of a full QUIC packet (RFC 9000, 14.1)."""
PACKETS_PER_ACKNOWLEDGEMENT = 4
"""As Chrome's and Meta's clients do; an acknowledgement has 30–50 bytes."""
LONG_ACKNOWLEDGEMENT, ONE_LONG_IN = 120, 30
"""Bytes of an acknowledgement that lists many losses, and one in how many is such a long one; in
the captures fewer are."""


class ByteExchange(NamedTuple):
    """The bytes that a connection carries at one time, or in the seconds around it."""

    after: float
    """Seconds since the start of the connection."""
    up: int
    down: int


class SimulatedConnection(NamedTuple):
    """A connection: when, from which client, to which hostname, and what it carries."""

    timestamp: float
    """Seconds since 1970-01-01 UTC."""
    client: bytes
    hostname: str
    """Empty when the device hides it."""
    up: int
    down: int
    duration: float
    """Seconds."""
    exchanges: tuple[ByteExchange, ...] = ()
    """What it carries when, in order; without any, it carries the same all the time."""
    quic: bool = False
    """Whether it is a QUIC connection, which a passive sensor sees, and not the gateway."""

    @property
    def evidence(self) -> Evidence:
        """The evidence by which its name is learned."""
        if not self.hostname:
            return Evidence.HIDDEN
        return Evidence.QUIC if self.quic else Evidence.SNI

    @property
    def report_count(self) -> int:
        """How many sightings a sensor makes of it, when it carries the same all the time."""
        return int(self.duration // REPORT_INTERVAL) + 1


def make_connection(
    start: float, client: bytes, hostname: str, exchanges: Iterable[ByteExchange], *, quic: bool
) -> SimulatedConnection:
    """Make a connection that carries these exchanges, and ends with the last of them."""
    carried = tuple(sorted(exchanges))
    up, down = sum(exchange.up for exchange in carried), sum(exchange.down for exchange in carried)
    return SimulatedConnection(start, client, hostname, up, down, carried[-1].after, carried, quic)


def make_sightings(
    connection: SimulatedConnection, random: Random | None = None
) -> Iterator[Sighting]:
    """Make the sightings that a sensor reports of a connection: its name, its bytes and its end.

    It is reported when its name is read; then half a minute after the first bytes that are not
    reported yet, with all bytes until then; and when it ends.

    Args:
        connection: the connection.
        random: samples the packets of a QUIC connection; without it, all are counted.
    """
    if connection.quic and random is not None:
        yield _sighting(connection, 0.0, 0, 0, opens=True)
        yield from _report(connection, _sample(connection.exchanges, random))
    else:
        yield _sighting(connection, 0.0, CLIENT_HELLO, 0, opens=True)
        yield from (
            _report(connection, connection.exchanges)
            if connection.exchanges
            else _report_evenly(connection)
        )


def _report_evenly(connection: SimulatedConnection) -> Iterator[Sighting]:
    reports = connection.report_count
    for number in range(1, reports + 1):
        after = connection.duration * number / reports
        yield _sighting(connection, after, connection.up // reports, connection.down // reports)


def _report(connection: SimulatedConnection, carried: Iterable[ByteExchange]) -> Iterator[Sighting]:
    due, up, down = inf, 0, 0
    for exchange in carried:
        if exchange.after >= due:
            yield _sighting(connection, due, up, down)
            due, up, down = inf, 0, 0
        if exchange.up or exchange.down:
            due = min(due, exchange.after + REPORT_INTERVAL)
            up, down = up + exchange.up, down + exchange.down
    if due < inf:
        yield _sighting(connection, min(connection.duration, due), up, down)


def _sighting(
    connection: SimulatedConnection, after: float, up: int, down: int, *, opens: bool = False
) -> Sighting:
    timestamp, client, hostname = (
        connection.timestamp + after,
        connection.client,
        connection.hostname,
    )
    return Sighting(timestamp, client, hostname, connection.evidence, up, down, opens)


def _sample(carried: Iterable[ByteExchange], random: Random) -> Iterator[ByteExchange]:
    """Count one packet in some with that weight; down, the first with a lower one."""
    sampled_at = -inf
    for after, up, down in carried:
        acknowledgements = ceil(down / DATAGRAM / PACKETS_PER_ACKNOWLEDGEMENT)
        long_acknowledgements = random.binomialvariate(acknowledgements, 1 / ONE_LONG_IN)
        estimated_up = sum(_estimate_bytes(up, CLIENT_ONE_IN, MIN_CLIENT_SIZE, random))
        estimated_up += _estimate(
            long_acknowledgements, LONG_ACKNOWLEDGEMENT, CLIENT_ONE_IN, random
        )
        full, rest = _estimate_bytes(down, SERVER_ONE_IN, 1, random)
        estimated_down = full + rest
        if estimated_down:
            if after - sampled_at > FIRST_SERVER_AFTER:
                first = DATAGRAM if full else down % DATAGRAM
                estimated_down -= (SERVER_ONE_IN - FIRST_SERVER_WEIGHT) * first
            sampled_at = after
        yield ByteExchange(after, estimated_up, estimated_down)


def _estimate_bytes(carried: int, sampled: int, least: int, random: Random) -> tuple[int, int]:
    """Estimate the bytes of the full packets, and of the one that is not full."""
    full, rest = divmod(carried, DATAGRAM)
    return (
        _estimate(full, DATAGRAM, sampled, random),
        _estimate(int(rest >= least), rest, sampled, random),
    )


def _estimate(packets: int, size: int, sampled: int, random: Random) -> int:
    return random.binomialvariate(packets, 1 / sampled) * sampled * size if packets else 0
