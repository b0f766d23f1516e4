"""How Lesrust is, part by part: what `lesrust doctor` and the page of IT show.

Nothing is asked here: `observation` has done that.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from monitor.configuration import Configuration
from monitor.diagnostics import places, schedule, sensor_health
from monitor.diagnostics.coverage import Coverage, compute_coverage
from monitor.diagnostics.finding import Finding, FindingKind, SystemPart, findings_about
from monitor.runtime.factories import make_layers
from monitor.store import SensorStatus, StoreState
from schedules.pause import Pause
from schedules.store.source_states import SourceState
from schedules.timetable import Timetable

LEAST_FREE = 0.05
"""Share of the disk."""
GRACE = 15.0
"""Seconds that a sensor may take to read a change: it takes one, and says so within five."""
SLOW = 1.0
"""Seconds in which the store answers the smallest question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """All that was asked, at one moment. What could not be asked is None."""

    now: float
    """Seconds since 1970-01-01 UTC."""
    live: sensor_health.SensorMetrics | None
    store: StoreState | None
    sensors: Sequence[SensorStatus] = ()
    version: int = 0
    """Of the schedules."""
    changed_at: float = 0.0
    """When anything of the schedules last changed."""
    sources: Sequence[SourceState] = ()
    imported_at: float | None = None
    """When the timetable last changed; None: never."""
    pauses: Sequence[Pause] = ()
    """Those that last."""
    ahead: Timetable
    """Today and the days to come."""
    week: Timetable
    free: Sequence[str] = ()
    """The holidays that all of the days ahead are in."""
    without_room: Sequence[str] = ()
    """What is attached to something without a room, as it is shown."""
    placed: frozenset[str] | None
    """The rooms that something leads to; None: the mapping file cannot be used."""


class ReadingKind(StrEnum):
    """What a reading is of."""

    STORE_ANSWER = "store_answer"
    STORE_SIZE = "store_size"
    DISK_FREE = "disk_free"
    SENSOR_SPOKE = "sensor_spoke"
    SENSOR_HOLDS_NEWEST = "sensor_holds_newest"
    CORE_BEHIND = "core_behind"
    ADDON_ERRORS = "addon_errors"
    SNAPSHOT_AGE = "snapshot_age"
    SNAPSHOT_FAILURES = "snapshot_failures"
    CLOCK_AHEAD = "clock_ahead"
    SOURCE_READ = "source_read"
    TIMETABLE_CHANGED = "timetable_changed"
    LESSONS_WITH_ROOM = "lessons_with_room"
    GROUPS_WITH_LAYER = "groups_with_layer"
    ROOMS_WITH_PLACE = "rooms_with_place"
    UNKNOWN_PLACE = "unknown_place"
    SHARED_ADDRESSES = "shared_addresses"
    FEED_HEARD = "feed_heard"
    FEED_MESSAGES = "feed_messages"
    FEED_FAILURES = "feed_failures"
    SEEN_BY = "seen_by"
    HIDDEN = "hidden"
    DROPPED_PACKETS = "dropped_packets"
    RELEASE_FAILURES = "release_failures"
    PAUSED_UNTIL = "paused_until"


class ReadingUnit(StrEnum):
    """How a reading's value is written."""

    AGO = "ago"
    """Seconds ago; None: never."""
    SECONDS = "seconds"
    MILLISECONDS = "milliseconds"
    BYTES = "bytes"
    PERCENT = "percent"
    COUNT = "count"
    ANSWER = "answer"
    """1: yes, 0: no."""
    MOMENT = "moment"
    """Seconds since 1970-01-01 UTC."""


@dataclass(frozen=True, slots=True)
class PartReading:
    """One value of a part."""

    what: ReadingKind
    value: float | None
    unit: ReadingUnit
    about: str = ""
    """Of which sensor, source or feed."""
    detail: str = ""
    """An outcome, an evidence or a way of hiding, by its own name."""
    missing: tuple[str, ...] = ()
    """Of a share: what has not what it needs."""


class PartState(StrEnum):
    """How a part is."""

    WELL = "well"
    WRONG = "wrong"
    UNKNOWN = "unknown"
    """Nothing is wrong that is known, and nothing was heard of it."""
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class PartCondition:
    """How one part is."""

    part: SystemPart
    findings: tuple[Finding, ...]
    """What has to be mended comes first."""
    readings: tuple[PartReading, ...]
    seen_at: float | None
    """When something of it was last seen or heard; None: never."""
    is_used: bool = True

    @property
    def is_well(self) -> bool:
        """Whether nothing has to be mended."""
        return all(finding.is_note for finding in self.findings)

    @property
    def state(self) -> PartState:
        """How it is."""
        if not self.is_well:
            return PartState.WRONG
        if not self.is_used:
            return PartState.UNUSED
        return PartState.UNKNOWN if self.seen_at is None else PartState.WELL


@dataclass(frozen=True, slots=True)
class Condition:
    """How all of it is."""

    parts: tuple[PartCondition, ...]
    coverage: Coverage

    @property
    def first(self) -> Finding | None:
        """The most urgent of what has to be mended; None: everything works."""
        return next((each.findings[0] for each in self.parts if not each.is_well), None)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that was found, part by part."""
        return tuple(finding for each in self.parts for finding in each.findings)


def diagnose(settings: Configuration, seen: Observation) -> Condition:
    """Say how every part is."""
    findings = sorted(_findings(settings, seen), key=lambda each: each.is_note)
    week = compute_coverage(seen.week, seen.placed or frozenset(), make_layers(settings))
    readings = {
        SystemPart.STORE: [*_of_store(seen)],
        SystemPart.SENSORS: [*_of_sensors(seen)],
        SystemPart.SNAPSHOT: [*_of_snapshot(seen)],
        SystemPart.CLOCK: [*_of_clock(seen)],
        SystemPart.TIMETABLE: [*_of_timetable(seen, week)],
        SystemPart.PLACES: [*_of_places(seen, week)],
        SystemPart.FEEDS: [*_of_feeds(seen)],
        SystemPart.VISIBILITY: [*_of_visibility(seen)],
        SystemPart.RELEASES: [*_of_releases(seen)],
    }
    parts = (
        PartCondition(
            part,
            tuple(finding for finding in findings if finding.part is part),
            tuple(readings[part]),
            _seen_at(part, seen),
            is_used=part is not SystemPart.FEEDS or places.has_feed(settings),
        )
        for part in SystemPart
    )
    return Condition(tuple(parts), week)


def _findings(settings: Configuration, seen: Observation) -> Iterator[Finding]:
    layers = make_layers(settings)
    if seen.store is None:
        yield Finding(FindingKind.STORE_AWAY)
    else:
        yield from _wrong_with_store(seen.store)
        yield from _wrong_with_sensors(seen)
        yield from schedule.check_sources(settings, seen.sources, seen.now)
        if seen.placed is not None:
            yield from schedule.check_timetable(seen.ahead, seen.placed, layers, seen.free)
    if seen.placed is None:
        yield Finding(FindingKind.MAPPING)
    if seen.pauses:
        yield Finding(FindingKind.PAUSED, count=len(seen.pauses))
    yield from schedule.check_roster(layers)
    yield from places.check_place_sources(settings)
    yield from sensor_health.check_sensor(seen.live)
    for finding in sensor_health.check_feeds(seen.live, seen.without_room):
        # Where nobody has a lesson, nobody signs in anywhere.
        if finding.kind is not FindingKind.FEED_SILENT or _is_lesson(seen):
            yield finding


def _is_lesson(seen: Observation) -> bool:
    """Whether lessons have been going on for as long as a feed may be silent."""
    hours = [hour for day in seen.ahead.days for hour in seen.ahead.periods_on(day)]
    return any(hour.start <= seen.now < hour.end for hour in hours) and any(
        hour.start <= seen.now - sensor_health.SILENT < hour.end for hour in hours
    )


def _wrong_with_store(store: StoreState) -> Iterator[Finding]:
    if store.answered_in > SLOW:
        yield Finding(FindingKind.STORE_SLOW, count=round(1000 * store.answered_in))
    if store.disk_free is not None and store.disk_free < LEAST_FREE:
        yield Finding(FindingKind.DISK_FULL, count=int(100 * store.disk_free))


def _wrong_with_sensors(seen: Observation) -> Iterator[Finding]:
    """Say what is wrong with the one sensor that keeps counts.

    One process at a time releases into a store: where one runs, another that is silent is a machine
    of before.
    """
    running = [each for each in seen.sensors if each.is_running(seen.now)]
    if not seen.sensors:
        yield Finding(FindingKind.NO_SENSOR)
    elif not running:
        last = max(seen.sensors, key=lambda each: each.seen_at)
        yield from findings_about(FindingKind.SENSOR_SILENT, [last.name])
    if seen.now - seen.changed_at > GRACE:
        behind = {each.name for each in running if each.version < seen.version}
        yield from findings_about(FindingKind.SENSOR_BEHIND, behind)


def _of_store(seen: Observation) -> Iterator[PartReading]:
    if seen.store is not None:
        yield PartReading(
            ReadingKind.STORE_ANSWER, 1000 * seen.store.answered_in, ReadingUnit.MILLISECONDS
        )
        yield PartReading(ReadingKind.STORE_SIZE, seen.store.size, ReadingUnit.BYTES)
        if seen.store.bytes_free is not None:
            yield PartReading(ReadingKind.DISK_FREE, seen.store.bytes_free, ReadingUnit.BYTES)


def _of_sensors(seen: Observation) -> Iterator[PartReading]:
    for each in seen.sensors:
        yield PartReading(
            ReadingKind.SENSOR_SPOKE, seen.now - each.seen_at, ReadingUnit.AGO, each.name
        )
    yield from _age(
        seen, ReadingKind.CORE_BEHIND, "lesrust_watermark_lag_seconds", ReadingUnit.SECONDS
    )
    yield from _count(seen, ReadingKind.ADDON_ERRORS)


def _of_snapshot(seen: Observation) -> Iterator[PartReading]:
    for each in seen.sensors:
        if each.is_running(seen.now):
            newest = float(each.version >= seen.version)
            yield PartReading(
                ReadingKind.SENSOR_HOLDS_NEWEST, newest, ReadingUnit.ANSWER, each.name
            )
    yield from _age(seen, ReadingKind.SNAPSHOT_AGE, "lesrust_snapshot_age_seconds", ReadingUnit.AGO)
    yield from _count(seen, ReadingKind.SNAPSHOT_FAILURES)


def _of_clock(seen: Observation) -> Iterator[PartReading]:
    if seen.live is not None and seen.live.clock_ahead is not None:
        # What an answer tells was cut to whole seconds.
        ahead = seen.live.clock_ahead
        yield PartReading(
            ReadingKind.CLOCK_AHEAD, 0 if -1 < ahead <= 0 else round(ahead), ReadingUnit.SECONDS
        )


def _of_timetable(seen: Observation, week: Coverage) -> Iterator[PartReading]:
    for each in seen.sources:
        age = None if each.read_at is None else seen.now - each.read_at
        yield PartReading(ReadingKind.SOURCE_READ, age, ReadingUnit.AGO, each.name)
    if seen.imported_at is not None:
        yield PartReading(
            ReadingKind.TIMETABLE_CHANGED, seen.now - seen.imported_at, ReadingUnit.AGO
        )
    for what, share in (
        (ReadingKind.LESSONS_WITH_ROOM, week.lessons),
        (ReadingKind.GROUPS_WITH_LAYER, week.groups),
    ):
        if share.whole:
            yield PartReading(what, share.percent, ReadingUnit.PERCENT, missing=share.missing)


def _of_places(seen: Observation, week: Coverage) -> Iterator[PartReading]:
    if week.rooms.whole and seen.placed is not None:
        yield PartReading(
            ReadingKind.ROOMS_WITH_PLACE,
            week.rooms.percent,
            ReadingUnit.PERCENT,
            missing=week.rooms.missing,
        )
    yield from _count(seen, ReadingKind.UNKNOWN_PLACE)
    yield from _count(seen, ReadingKind.SHARED_ADDRESSES)


def _of_feeds(seen: Observation) -> Iterator[PartReading]:
    if seen.live is None:
        return
    for (feed,), age in seen.live.by_label("lesrust_feed_age_seconds").items():
        yield PartReading(
            ReadingKind.FEED_HEARD, age if isfinite(age) else None, ReadingUnit.AGO, feed
        )
    for (feed, outcome), count in seen.live.by_label(sensor_health.MESSAGES).items():
        if count:
            yield PartReading(ReadingKind.FEED_MESSAGES, count, ReadingUnit.COUNT, feed, outcome)
    if seen.live.by_label("lesrust_feed_age_seconds"):
        yield from _count(seen, ReadingKind.FEED_FAILURES)


def _of_visibility(seen: Observation) -> Iterator[PartReading]:
    if seen.live is None:
        return
    connections = seen.live.total(sensor_health.CONNECTIONS)
    for (evidence,), count in seen.live.by_label(sensor_health.CONNECTIONS).items():
        if connections:
            share = 100 * count / connections
            yield PartReading(ReadingKind.SEEN_BY, share, ReadingUnit.PERCENT, detail=evidence)
    for (how,), count in seen.live.by_label("lesrust_hidden_connections_total").items():
        if count:
            yield PartReading(ReadingKind.HIDDEN, count, ReadingUnit.COUNT, detail=how)
    yield from _count(seen, ReadingKind.DROPPED_PACKETS)


def _of_releases(seen: Observation) -> Iterator[PartReading]:
    if seen.pauses:
        end = max(pause.end for pause in seen.pauses)
        yield PartReading(ReadingKind.PAUSED_UNTIL, end, ReadingUnit.MOMENT)
    yield from _count(seen, ReadingKind.RELEASE_FAILURES)


def _count(seen: Observation, what: ReadingKind) -> Iterator[PartReading]:
    if seen.live is not None:
        yield PartReading(what, seen.live.total(f"lesrust_{what}_total"), ReadingUnit.COUNT)


def _age(
    seen: Observation, what: ReadingKind, name: str, unit: ReadingUnit
) -> Iterator[PartReading]:
    if seen.live is not None:
        for age in seen.live.by_label(name).values():
            yield PartReading(what, max(0.0, age), unit)


def _seen_at(part: SystemPart, seen: Observation) -> float | None:
    """Say when something was last seen of a part; what was asked just now was seen now."""
    now = [seen.now]
    spoke = [each.seen_at for each in seen.sensors]
    heard: Mapping[SystemPart, Sequence[float | None]] = {
        SystemPart.STORE: now if seen.store else [],
        SystemPart.SENSORS: spoke,
        SystemPart.RELEASES: spoke,
        SystemPart.TIMETABLE: [seen.imported_at, *(each.read_at for each in seen.sources)],
        SystemPart.SNAPSHOT: _heard(seen, "lesrust_snapshot_age_seconds"),
        SystemPart.FEEDS: _heard(seen, "lesrust_feed_age_seconds"),
    }
    found = heard.get(part, now if seen.live else [])
    return max((moment for moment in found if moment is not None), default=None)


def _heard(seen: Observation, ages: str) -> list[float]:
    found = seen.live.by_label(ages).values() if seen.live else ()
    return [seen.now - age for age in found if isfinite(age)]
