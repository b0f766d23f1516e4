"""What a device says to several hostnames over some minutes, gathered into connections."""

from collections.abc import Iterator
from random import Random

from simulation.school.bells import BellSpan
from simulation.traffic.connection import ByteExchange, SimulatedConnection, make_connection

KEPT_OPEN = 240.0
"""Seconds of silence after which a connection is not used again."""
_HELLO = (600, 4_200)
"""Bytes up and down of a handshake: in the captures 500–700 up, 3–5 kB down."""
_OLDEST = 1e-3
_TCP_ONLY = ("mqtt", "edge-", "gateway.")
"""How Meta's hostnames for pushes begin: in the captures they are TCP where the rest is QUIC."""


class Conversation:
    """A device's exchanges by hostname, within one span; what is after the bell is left out.

    Args:
        client: the device's address.
        span: the lesson hour or break.
        quic: whether it uses QUIC for these.
    """

    def __init__(self, client: bytes, span: BellSpan, *, quic: bool = False) -> None:
        self._client = client
        self._span = span
        self._quic = quic
        self._said: dict[str, list[ByteExchange]] = {}

    def say(self, hostname: str, moment: float, up: float, down: float) -> None:
        """Exchange some bytes with a hostname at a moment."""
        if self._span.start <= moment < self._span.end - 1:
            self._said.setdefault(hostname, []).append(ByteExchange(moment, int(up), int(down)))

    def burst(
        self, hostname: str, moment: float, down: float, lasts: float, random: Random
    ) -> None:
        """Load something: its bytes come in a few parts over some seconds."""
        parts = 1 + int(lasts // 5)
        for part in range(parts):
            at = moment + lasts * (part + random.random()) / parts
            self.say(hostname, at, random.uniform(400, 1_500), down / parts)

    def contacts(self) -> Iterator[SimulatedConnection]:
        """Give the connections that carry it: one a hostname, while it is not long silent."""
        for hostname, said in self._said.items():
            said.sort()
            first = 0
            for number in range(1, len(said) + 1):
                if number == len(said) or said[number].after - said[number - 1].after > KEPT_OPEN:
                    yield self._connection(hostname, said[first:number])
                    first = number

    def _connection(self, hostname: str, said: list[ByteExchange]) -> SimulatedConnection:
        begins = said[0].after
        since = [ByteExchange(moment - begins + _OLDEST, up, down) for moment, up, down in said]
        hello = ByteExchange(_OLDEST, *_HELLO)
        quic = self._quic and not hostname.startswith(_TCP_ONLY)
        return make_connection(begins, self._client, hostname, [hello, *since], quic=quic)
