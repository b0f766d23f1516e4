"""What is kept of a connection while it is open, and when the core is told of it.

A connection is told as soon as its name is read, or will not be; then, while it carries bytes, at
most once in thirty seconds; and when it ends. Half minutes are
what the core counts in (`monitor.activity.platform_traffic`), and a long video costs it little.

A connection that carried nothing was no contact, and is not told.
"""

import time
from collections import deque
from collections.abc import Callable

from addons.flows.error_counter import Counted
from addons.flows.sink import NullSink, SightingSink
from addons.names import start
from addons.names.reading import Outcome
from monitor.sighting import Evidence, HidingMethod, Sighting

TICKS_BETWEEN = 30
"""Ticks, a second each, between two sightings of one connection."""


class Tallies:
    """Tells a sink of the connections that one sensor follows.

    Args:
        sink: receives the sightings; without one they are dropped.
        clock: gives the time of a sighting, in seconds since 1970-01-01 UTC.
    """

    def __init__(
        self, sink: SightingSink | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self.connect(sink or NullSink(), clock)
        self.counted = Counted(self.count_error)
        self._ticks = 0
        self._due: deque[tuple[int, Tally]] = deque()

    def connect(self, sink: SightingSink, clock: Callable[[], float]) -> None:
        """Report to another sink from now on, with the time that this clock gives."""
        self.sink = sink
        self.clock = clock

    def count_error(self) -> None:
        """Count an error in what looks at connections."""
        self.sink.health.count_addon_error()

    @property
    def waiting(self) -> int:
        """How many connections, open or ended, will be looked at in the next half minute."""
        return len(self._due)

    def expect(self, tally: "Tally") -> None:
        """Tell this connection within thirty seconds from now."""
        self._due.append((self._ticks + TICKS_BETWEEN, tally))

    def tick(self) -> None:
        """Tell what is due, and let the core go on; called once a second."""
        self._ticks += 1
        while self._due and self._due[0][0] <= self._ticks:
            self._tell_next()
        with self.counted:
            self.sink.tick()

    def close(self) -> None:
        """Tell everything that is not yet told, and nothing after it."""
        while self._due:
            self._tell_next()
        self.sink = NullSink()

    def _tell_next(self) -> None:
        _, tally = self._due.popleft()
        with self.counted:
            tally.tell()


class Tally:
    """One connection: who, its name, and the bytes that the core has not been told of."""

    __slots__ = (
        "_alias",
        "_asked",
        "_client",
        "_down",
        "_evidence",
        "_hidden",
        "_hostname",
        "_is_expected",
        "_is_told",
        "_start",
        "_tallies",
        "_up",
    )

    def __init__(self, tallies: Tallies, client: bytes, asked: str = "") -> None:
        """Begin with nothing carried; `asked` is the name that the client asked a proxy for."""
        self._tallies = tallies
        self._client = client
        self._asked = asked
        self._hostname = ""
        self._alias = ""
        self._evidence: Evidence | None = None
        self._hidden: HidingMethod | None = None
        self._start = b""
        """The first bytes, while they do not yet say enough; the only content that is kept."""
        self._up = 0
        self._down = 0
        self._is_told = False
        self._is_expected = False

    def sent(self, data: bytes) -> None:
        """Count what the client sent, and look for a name in its first bytes."""
        self.count(up=len(data))
        if self._evidence is None:
            self._read(self._start + data if self._start else data)

    def count(self, up: int = 0, down: int = 0) -> None:
        """Count bytes."""
        self._up += up
        self._down += down
        if not self._is_expected:
            self._is_expected = True
            self._tallies.expect(self)

    def name(
        self, hostname: str, evidence: Evidence, alias: str = "", hidden: HidingMethod | None = None
    ) -> None:
        """Settle the name, and tell it at once; see `Sighting` for what the others are."""
        self._start = b""
        self._hostname, self._evidence = hostname, evidence
        self._alias, self._hidden = alias, hidden
        self._tell()

    def tell(self) -> None:
        """Tell what is untold; a name that has not come by now is given up."""
        self._is_expected = False
        if self._evidence is None:
            self._give_up()
        elif self._up or self._down:
            self._tell()

    def end(self) -> None:
        """Tell the rest."""
        if self._up or self._down:
            self.tell()

    def _read(self, data: bytes) -> None:
        reading, evidence = start.read(data)
        if reading.outcome is Outcome.INCOMPLETE:
            self._start = data
        elif reading.outcome is Outcome.NAME:
            self.name(reading.hostname, evidence)
        else:
            self._give_up()

    def _give_up(self) -> None:
        self.name(self._asked, Evidence.HTTP if self._asked else Evidence.HIDDEN)

    def _tell(self) -> None:
        up, down, opens = self._up, self._down, not self._is_told
        self._up = self._down = 0
        self._is_told = True
        tallies = self._tallies
        tallies.sink.receive_sighting(
            Sighting(
                tallies.clock(),
                self._client,
                self._hostname,
                self._evidence or Evidence.HIDDEN,
                up,
                down,
                opens,
                self._alias,
                self._hidden,
            )
        )
