"""A device's exchanges with several hostnames over some minutes, gathered into connections."""

from collections.abc import Iterator
from random import Random

from simulation.school.bells import BellSpan
from simulation.traffic.connection import ByteExchange, SimulatedConnection, make_connection

KEPT_OPEN = 240.0
"""Seconds of silence after which a new connection is made."""
_HANDSHAKE = (600, 4_200)
"""Bytes up and down of a handshake: in the captures 500–700 up, 3–5 kB down."""
_AFTER_START = 1e-3
_TCP_ONLY = ("mqtt", "edge-", "gateway.")
"""The prefixes of Meta's push hostnames: in the captures they use TCP where the rest uses QUIC."""


class Conversation:
    """A device's exchanges by hostname, within one span; those after the bell are left out.

    Args:
        client: the device's address.
        span: the lesson hour or break.
        quic: whether the device uses QUIC for them.
    """

    def __init__(self, client: bytes, span: BellSpan, *, quic: bool = False) -> None:
        self._client = client
        self._span = span
        self._quic = quic
        self._exchanges: dict[str, list[ByteExchange]] = {}

    def exchange(self, hostname: str, timestamp: float, up: float, down: float) -> None:
        """Exchange some bytes with a hostname."""
        if self._span.start <= timestamp < self._span.end - 1:
            self._exchanges.setdefault(hostname, []).append(
                ByteExchange(timestamp, int(up), int(down))
            )

    def download(
        self, hostname: str, timestamp: float, down: float, duration: float, random: Random
    ) -> None:
        """Download something: its bytes come in a few parts over some seconds."""
        parts = 1 + int(duration // 5)
        for part in range(parts):
            part_timestamp = timestamp + duration * (part + random.random()) / parts
            self.exchange(hostname, part_timestamp, random.uniform(400, 1_500), down / parts)

    def connections(self) -> Iterator[SimulatedConnection]:
        """Make the connections that carry the exchanges: one a hostname, until a long silence."""
        for hostname, exchanges in self._exchanges.items():
            exchanges.sort()
            first = 0
            for number in range(1, len(exchanges) + 1):
                if number == len(exchanges) or _silence_before(exchanges, number) > KEPT_OPEN:
                    yield self._connection(hostname, exchanges[first:number])
                    first = number

    def _connection(self, hostname: str, exchanges: list[ByteExchange]) -> SimulatedConnection:
        start = exchanges[0].after
        since = [
            ByteExchange(timestamp - start + _AFTER_START, up, down)
            for timestamp, up, down in exchanges
        ]
        handshake = ByteExchange(_AFTER_START, *_HANDSHAKE)
        quic = self._quic and not hostname.startswith(_TCP_ONLY)
        return make_connection(start, self._client, hostname, [handshake, *since], quic=quic)


def _silence_before(exchanges: list[ByteExchange], number: int) -> float:
    return exchanges[number].after - exchanges[number - 1].after
