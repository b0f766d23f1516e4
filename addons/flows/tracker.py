"""What is kept of a connection while it is open, and when the core is told of it.

A connection is told as soon as its name is read, or will not be; then, while it carries bytes, at
most once in thirty seconds; and when it ends. Half minutes are
what the core counts in (`monitor.activity.platform_traffic`), and a long video costs it little.

A connection that carried nothing was no contact, and is not told.
"""

import time
from collections import deque
from collections.abc import Callable

from addons.flows.error_counter import ErrorCounter
from addons.flows.sink import NullSink, SightingSink
from addons.names import sniff
from addons.names.parse_result import ParseStatus
from monitor.evidence import Evidence, HidingMethod
from monitor.sighting import Sighting

TICKS_BETWEEN_REPORTS = 30
"""Ticks, a second each, between two sightings of one connection."""


class FlowTracker:
    """Tells a sink of the connections that one sensor follows.

    Args:
        sink: receives the sightings; without one they are dropped.
        clock: gives the time of a sighting, in seconds since 1970-01-01 UTC.
    """

    def __init__(
        self, sink: SightingSink | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self.connect(sink or NullSink(), clock)
        self.error_counter = ErrorCounter(self.count_error)
        self._ticks = 0
        self._due: deque[tuple[int, FlowRecord]] = deque()

    def connect(self, sink: SightingSink, clock: Callable[[], float]) -> None:
        """Report to another sink from now on, with the time that this clock gives."""
        self.sink = sink
        self.clock = clock

    def count_error(self) -> None:
        """Count an error in what looks at connections."""
        self.sink.health.count_addon_error()

    @property
    def pending(self) -> int:
        """How many connections, open or ended, will be looked at in the next half minute."""
        return len(self._due)

    def schedule_report(self, record: "FlowRecord") -> None:
        """Tell this connection within thirty seconds from now."""
        self._due.append((self._ticks + TICKS_BETWEEN_REPORTS, record))

    def tick(self) -> None:
        """Tell what is due, and let the core go on; called once a second."""
        self._ticks += 1
        while self._due and self._due[0][0] <= self._ticks:
            self._report_next()
        with self.error_counter:
            self.sink.tick()

    def close(self) -> None:
        """Tell everything that is not yet told, and nothing after it."""
        while self._due:
            self._report_next()
        self.sink = NullSink()

    def _report_next(self) -> None:
        _, tally = self._due.popleft()
        with self.error_counter:
            tally.report()


class FlowRecord:
    """One connection: who, its name, and the bytes that the core has not been told of."""

    __slots__ = (
        "_alias",
        "_client",
        "_down",
        "_evidence",
        "_hidden",
        "_hostname",
        "_is_reported",
        "_is_scheduled",
        "_requested_host",
        "_start",
        "_tracker",
        "_up",
    )

    def __init__(self, tracker: FlowTracker, client: bytes, requested_host: str = "") -> None:
        """Begin with nothing carried; `asked` is the name that the client asked a proxy for."""
        self._tracker = tracker
        self._client = client
        self._requested_host = requested_host
        self._hostname = ""
        self._alias = ""
        self._evidence: Evidence | None = None
        self._hidden: HidingMethod | None = None
        self._start = b""
        """The first bytes, while they do not yet say enough; the only content that is kept."""
        self._up = 0
        self._down = 0
        self._is_reported = False
        self._is_scheduled = False

    def add_client_data(self, data: bytes) -> None:
        """Count what the client sent, and look for a name in its first bytes."""
        self.add_bytes(up=len(data))
        if self._evidence is None:
            self._parse_start(self._start + data if self._start else data)

    def add_bytes(self, up: int = 0, down: int = 0) -> None:
        """Count bytes."""
        self._up += up
        self._down += down
        if not self._is_scheduled:
            self._is_scheduled = True
            self._tracker.schedule_report(self)

    def set_name(
        self, hostname: str, evidence: Evidence, alias: str = "", hidden: HidingMethod | None = None
    ) -> None:
        """Settle the name, and tell it at once; see `Sighting` for what the others are."""
        self._start = b""
        self._hostname, self._evidence = hostname, evidence
        self._alias, self._hidden = alias, hidden
        self._send_sighting()

    def report(self) -> None:
        """Tell what is untold; a name that has not come by now is given up."""
        self._is_scheduled = False
        if self._evidence is None:
            self._give_up_name()
        elif self._up or self._down:
            self._send_sighting()

    def finish(self) -> None:
        """Tell the rest."""
        if self._up or self._down:
            self.report()

    def _parse_start(self, data: bytes) -> None:
        reading, evidence = sniff.sniff_name(data)
        if reading.status is ParseStatus.INCOMPLETE:
            self._start = data
        elif reading.status is ParseStatus.NAME:
            self.set_name(reading.hostname, evidence)
        else:
            self._give_up_name()

    def _give_up_name(self) -> None:
        self.set_name(
            self._requested_host, Evidence.HTTP if self._requested_host else Evidence.HIDDEN
        )

    def _send_sighting(self) -> None:
        up, down, opens = self._up, self._down, not self._is_reported
        self._up = self._down = 0
        self._is_reported = True
        tallies = self._tracker
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
