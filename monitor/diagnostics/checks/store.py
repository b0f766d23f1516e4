"""Checks the store, and the sensors that report themselves in it."""

from collections.abc import Iterator

from monitor.diagnostics.finding import Finding, FindingKind, findings_about
from monitor.diagnostics.observation import Observation
from monitor.store import StoreState

MIN_FREE = 0.05
"""Share of the disk."""
GRACE = 15.0
"""Seconds that a sensor may take to read a change: it takes one, and says so within five."""
SLOW = 1.0
"""Seconds in which the store answers the smallest question."""


def check_store(store: StoreState) -> Iterator[Finding]:
    """Check that the store answers in time and has room."""
    if store.answered_in > SLOW:
        yield Finding(FindingKind.STORE_SLOW, count=round(1000 * store.answered_in))
    if store.disk_free is not None and store.disk_free < MIN_FREE:
        yield Finding(FindingKind.DISK_FULL, count=int(100 * store.disk_free))


def check_sensors(observation: Observation) -> Iterator[Finding]:
    """Check that a sensor runs, and that each running one has the newest schedules.

    One process at a time releases into a store: where one runs, another that is silent is a former
    machine.
    """
    now = observation.now
    running = [sensor for sensor in observation.sensors if sensor.is_running(now)]
    if not observation.sensors:
        yield Finding(FindingKind.NO_SENSOR)
    elif not running:
        last = max(observation.sensors, key=lambda sensor: sensor.seen_at)
        yield from findings_about(FindingKind.SENSOR_SILENT, [last.name])
    if now - observation.changed_at > GRACE:
        behind = {sensor.name for sensor in running if sensor.version < observation.version}
        yield from findings_about(FindingKind.SENSOR_BEHIND, behind)
