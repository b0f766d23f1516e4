"""What is kept of a flow while it is open, and when it is reported.

A flow is reported once its name is known, or known to be missing; then, while it carries bytes, at
most every thirty seconds; and when it ends. The core counts in half minutes
(`monitor.activity.active_use`), so a long video costs it little. A flow that carried nothing
is not reported.
"""

import time
from collections import deque
from collections.abc import Callable

from addons.flows.error_counter import ErrorCounter
from addons.flows.sink import NullSink, SightingSink
from addons.names.parse_result import ParseStatus
from addons.names.sniff import sniff_name
from monitor.evidence import Evidence, HidingMethod
from monitor.sighting import Sighting

TICKS_BETWEEN_REPORTS = 30
"""Ticks of a second between two sightings of one flow."""


class FlowTracker:
    """Reports the flows of one sensor to a sink.

    Args:
        sink: receives the sightings; without one they are dropped.
        clock: returns the time of a sighting, in seconds since 1970-01-01 UTC.
    """

    def __init__(
        self, sink: SightingSink | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self.connect(sink or NullSink(), clock)
        self.error_counter = ErrorCounter(self.count_error)
        self._ticks = 0
        self._due: deque[tuple[int, FlowRecord]] = deque()

    def connect(self, sink: SightingSink, clock: Callable[[], float]) -> None:
        """Report to another sink from now on, by another clock."""
        self.sink = sink
        self.clock = clock

    def count_error(self) -> None:
        """Count an error of the sensor."""
        self.sink.health.count_addon_error()

    @property
    def pending(self) -> int:
        """Number of flows, open or ended, that have a report due within half a minute."""
        return len(self._due)

    def schedule_report(self, record: "FlowRecord") -> None:
        """Report this flow after `TICKS_BETWEEN_REPORTS`."""
        self._due.append((self._ticks + TICKS_BETWEEN_REPORTS, record))

    def tick(self) -> None:
        """Report what is due, and pass the tick on; called once a second."""
        self._ticks += 1
        while self._due and self._due[0][0] <= self._ticks:
            self._report_next()
        with self.error_counter:
            self.sink.tick()

    def close(self) -> None:
        """Report all that is not reported yet, and nothing after it."""
        while self._due:
            self._report_next()
        self.sink = NullSink()

    def _report_next(self) -> None:
        _, record = self._due.popleft()
        with self.error_counter:
            record.report()


class FlowRecord:
    """One flow: its client, its name, and the bytes that are not reported yet."""

    __slots__ = (
        "_client",
        "_cname",
        "_down",
        "_evidence",
        "_hardware",
        "_hiding_method",
        "_hostname",
        "_is_reported",
        "_is_scheduled",
        "_requested_host",
        "_start",
        "_tracker",
        "_up",
    )

    def __init__(
        self,
        tracker: FlowTracker,
        client: bytes,
        requested_host: str = "",
        hardware: bytes = b"",
    ) -> None:
        """Start without bytes.

        Args:
            tracker: reports it.
            client: the packed address.
            requested_host: the hostname that the client asked a proxy for.
            hardware: what the sink said of the client's MAC address, where it was seen.
        """
        self._tracker = tracker
        self._client = client
        self._hardware = hardware
        self._requested_host = requested_host
        self._hostname = ""
        self._cname = ""
        self._evidence: Evidence | None = None
        self._hiding_method: HidingMethod | None = None
        self._start = b""
        """The client's first bytes until a name is found in them: the only content that is kept."""
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
        """Count bytes from the client (up) and to it (down)."""
        self._up += up
        self._down += down
        if not self._is_scheduled:
            self._is_scheduled = True
            self._tracker.schedule_report(self)

    def set_name(
        self,
        hostname: str,
        evidence: Evidence,
        cname: str = "",
        hiding_method: HidingMethod | None = None,
    ) -> None:
        """Set the name, and report it at once; `Sighting` says what the arguments are."""
        self._start = b""
        self._hostname, self._evidence = hostname, evidence
        self._cname, self._hiding_method = cname, hiding_method
        self._send_sighting()

    def report(self) -> None:
        """Report the bytes that are not reported yet; a name that is missing is given up."""
        self._is_scheduled = False
        if self._evidence is None:
            self._give_up_name()
        elif self._up or self._down:
            self._send_sighting()

    def finish(self) -> None:
        """Report the rest."""
        if self._up or self._down:
            self.report()

    def _parse_start(self, data: bytes) -> None:
        result, evidence = sniff_name(data)
        if result.status is ParseStatus.INCOMPLETE:
            self._start = data
        elif result.status is ParseStatus.NAME:
            self.set_name(result.hostname, evidence)
        else:
            self._give_up_name()

    def _give_up_name(self) -> None:
        evidence = Evidence.HTTP if self._requested_host else Evidence.HIDDEN
        self.set_name(self._requested_host, evidence)

    def _send_sighting(self) -> None:
        up, down, opens_connection = self._up, self._down, not self._is_reported
        self._up = self._down = 0
        self._is_reported = True
        tracker = self._tracker
        tracker.sink.receive_sighting(
            Sighting(
                tracker.clock(),
                self._client,
                self._hostname,
                self._evidence or Evidence.HIDDEN,
                up,
                down,
                opens_connection,
                self._cname,
                self._hiding_method,
                self._hardware,
            )
        )
