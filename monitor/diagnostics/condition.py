"""The condition of Lesrust, part by part: what `lesrust doctor` and the page of IT show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from monitor.configuration import Configuration
from monitor.diagnostics.checks.places import has_feed
from monitor.diagnostics.checks.problems import find_problems
from monitor.diagnostics.coverage import Coverage, compute_coverage
from monitor.diagnostics.finding import Finding, SystemPart
from monitor.diagnostics.observation import Observation
from monitor.diagnostics.reading import PartReading
from monitor.diagnostics.readings import take_readings
from monitor.diagnostics.sensor_metrics import FEED_AGE, SNAPSHOT_AGE
from monitor.runtime.factories import make_layers


class PartState(StrEnum):
    """The state of a part."""

    WELL = "well"
    WRONG = "wrong"
    UNKNOWN = "unknown"
    """No problem is known, but the part was never seen to work."""
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class PartCondition:
    """The condition of one part."""

    part: SystemPart
    findings: tuple[Finding, ...]
    """Problems come before notes."""
    readings: tuple[PartReading, ...]
    seen_at: float | None
    """Timestamp of the last sign of life; None: never."""
    is_used: bool = True

    @property
    def is_well(self) -> bool:
        """Whether there is no problem."""
        return all(finding.is_note for finding in self.findings)

    @property
    def state(self) -> PartState:
        """The state that follows from the findings and the last sign of life."""
        if not self.is_well:
            return PartState.WRONG
        if not self.is_used:
            return PartState.UNUSED
        return PartState.UNKNOWN if self.seen_at is None else PartState.WELL


@dataclass(frozen=True, slots=True)
class Condition:
    """The condition of every part."""

    parts: tuple[PartCondition, ...]
    coverage: Coverage

    @property
    def first(self) -> Finding | None:
        """The most urgent problem; None: everything works."""
        return next((part.findings[0] for part in self.parts if not part.is_well), None)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, part by part."""
        return tuple(finding for part in self.parts for finding in part.findings)


def diagnose(settings: Configuration, observation: Observation) -> Condition:
    """Derive the condition of every part from an observation."""
    findings = sorted(find_problems(settings, observation), key=lambda finding: finding.is_note)
    placed = observation.placed_rooms or frozenset()
    week = compute_coverage(observation.week, placed, make_layers(settings))
    parts = (
        PartCondition(
            part,
            tuple(finding for finding in findings if finding.part is part),
            tuple(take_readings(part, observation, week)),
            _last_seen(part, observation),
            is_used=part is not SystemPart.FEEDS or has_feed(settings),
        )
        for part in SystemPart
    )
    return Condition(tuple(parts), week)


def _last_seen(part: SystemPart, observation: Observation) -> float | None:
    """Return the timestamp of a part's last sign of life; an answer to us is one of now."""
    now = [observation.now]
    sensors = [sensor.seen_at for sensor in observation.sensors]
    sources = [source.read_at for source in observation.sources]
    known: Mapping[SystemPart, Sequence[float | None]] = {
        SystemPart.STORE: now if observation.store else [],
        SystemPart.SENSORS: sensors,
        SystemPart.RELEASES: sensors,
        SystemPart.TIMETABLE: [observation.imported_at, *sources],
        SystemPart.SNAPSHOT: _timestamps(observation, SNAPSHOT_AGE),
        SystemPart.FEEDS: _timestamps(observation, FEED_AGE),
    }
    timestamps = known.get(part, now if observation.metrics else [])
    return max((timestamp for timestamp in timestamps if timestamp is not None), default=None)


def _timestamps(observation: Observation, age_metric: str) -> list[float]:
    ages = observation.metrics.by_label(age_metric).values() if observation.metrics else ()
    return [observation.now - age for age in ages if isfinite(age)]
