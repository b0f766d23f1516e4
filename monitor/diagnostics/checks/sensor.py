"""Checks the running sensor by its metrics."""

from collections.abc import Iterator

from monitor.diagnostics.finding import Finding, FindingKind
from monitor.diagnostics.sensor_metrics import (
    CONNECTIONS,
    SNAPSHOT_AGE,
    WATERMARK_LAG,
    SensorMetrics,
)
from monitor.evidence import Evidence

MAX_SHARE = 0.5
"""Share of the connections that are hidden, above which figures say little."""
MIN_CONNECTIONS = 100
"""Connections, below which a share says nothing."""
STALE = 30.0
"""Seconds since the schedules were read, or that counting is behind, above which something is
wrong: the sensor looks four times a second."""
MAX_DIFFERENCE = 5.0
"""Seconds between two clocks; an answer states whole seconds."""
DROPPED = 0.001
"""Packets dropped to connections seen, above which figures miss what they should have."""

_AGES = {
    SNAPSHOT_AGE: FindingKind.SNAPSHOT_STALE,
    WATERMARK_LAG: FindingKind.CORE_BEHIND,
}
_COUNTERS = {
    "lesrust_hour_addon_errors": FindingKind.ADDON_ERRORS,
    "lesrust_snapshot_failures_total": FindingKind.SNAPSHOT_FAILURES,
    "lesrust_release_failures_total": FindingKind.RELEASE_FAILURES,
    "lesrust_feed_failures_total": FindingKind.FEED_FAILURES,
}


def check_sensor(metrics: SensorMetrics | None) -> Iterator[Finding]:
    """Check a running sensor's ages, failures and clock, and its counts of the last whole hour."""
    if metrics is None:
        return
    for name, kind in _AGES.items():
        age = max(metrics.by_label(name).values(), default=0.0)
        if age > STALE:
            # Before anything was read the age is infinite, or counts from 1970.
            yield Finding(kind, count=int(min(age, 1e9)))
    for name, kind in _COUNTERS.items():
        if count := int(metrics.total(name)):
            yield Finding(kind, count=count)
    connections = metrics.total(CONNECTIONS)
    dropped = metrics.total("lesrust_hour_dropped_packets")
    if dropped > DROPPED * connections:
        yield Finding(FindingKind.DROPPED_PACKETS, count=int(dropped))
    hidden = metrics.by_label(CONNECTIONS).get((Evidence.HIDDEN,), 0.0)
    if connections >= MIN_CONNECTIONS and hidden > MAX_SHARE * connections:
        yield Finding(FindingKind.MUCH_HIDDEN, count=round(100 * hidden / connections))
    if metrics.clock_ahead is not None and abs(metrics.clock_ahead) > MAX_DIFFERENCE:
        yield Finding(FindingKind.CLOCK_WRONG, count=round(abs(metrics.clock_ahead)))
