"""How Lesrust is, part by part: what `lesrust doctor` and the page of IT show.

Nothing is asked here: `observation` has done that.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from monitor.configuration import Configuration
from monitor.diagnostics import live, places, schedule
from monitor.diagnostics.coverage import Coverage, coverage
from monitor.diagnostics.finding import Finding, Kind, Part, about
from monitor.runtime.factories import make_layers
from monitor.store.figures import SensorStatus, StoreState
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
class Observed:
    """All that was asked, at one moment. What could not be asked is None."""

    now: float
    """Seconds since 1970-01-01 UTC."""
    live: live.Samples | None
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


class What(StrEnum):
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


class Unit(StrEnum):
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
class Reading:
    """One value of a part."""

    what: What
    value: float | None
    unit: Unit
    about: str = ""
    """Of which sensor, source or feed."""
    detail: str = ""
    """An outcome, an evidence or a way of hiding, by its own name."""
    missing: tuple[str, ...] = ()
    """Of a share: what has not what it needs."""


class State(StrEnum):
    """How a part is."""

    WELL = "well"
    WRONG = "wrong"
    UNKNOWN = "unknown"
    """Nothing is wrong that is known, and nothing was heard of it."""
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class PartCondition:
    """How one part is."""

    part: Part
    findings: tuple[Finding, ...]
    """What has to be mended comes first."""
    readings: tuple[Reading, ...]
    seen_at: float | None
    """When something of it was last seen or heard; None: never."""
    is_used: bool = True

    @property
    def is_well(self) -> bool:
        """Whether nothing has to be mended."""
        return all(finding.is_note for finding in self.findings)

    @property
    def state(self) -> State:
        """How it is."""
        if not self.is_well:
            return State.WRONG
        if not self.is_used:
            return State.UNUSED
        return State.UNKNOWN if self.seen_at is None else State.WELL


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


def condition(settings: Configuration, seen: Observed) -> Condition:
    """Say how every part is."""
    findings = sorted(_findings(settings, seen), key=lambda each: each.is_note)
    week = coverage(seen.week, seen.placed or frozenset(), make_layers(settings))
    readings = {
        Part.STORE: [*_of_store(seen)],
        Part.SENSORS: [*_of_sensors(seen)],
        Part.SNAPSHOT: [*_of_snapshot(seen)],
        Part.CLOCK: [*_of_clock(seen)],
        Part.TIMETABLE: [*_of_timetable(seen, week)],
        Part.PLACES: [*_of_places(seen, week)],
        Part.FEEDS: [*_of_feeds(seen)],
        Part.VISIBILITY: [*_of_visibility(seen)],
        Part.RELEASES: [*_of_releases(seen)],
    }
    parts = (
        PartCondition(
            part,
            tuple(finding for finding in findings if finding.part is part),
            tuple(readings[part]),
            _seen_at(part, seen),
            is_used=part is not Part.FEEDS or places.has_feed(settings),
        )
        for part in Part
    )
    return Condition(tuple(parts), week)


def _findings(settings: Configuration, seen: Observed) -> Iterator[Finding]:
    layers = make_layers(settings)
    if seen.store is None:
        yield Finding(Kind.STORE_AWAY)
    else:
        yield from _wrong_with_store(seen.store)
        yield from _wrong_with_sensors(seen)
        yield from schedule.of_sources(settings, seen.sources, seen.now)
        if seen.placed is not None:
            yield from schedule.of_timetable(seen.ahead, seen.placed, layers, seen.free)
    if seen.placed is None:
        yield Finding(Kind.MAPPING)
    if seen.pauses:
        yield Finding(Kind.PAUSED, count=len(seen.pauses))
    yield from schedule.of_roster(layers)
    yield from places.of_configuration(settings)
    yield from live.of_sensor(seen.live)
    for finding in live.of_feeds(seen.live, seen.without_room):
        # Where nobody has a lesson, nobody signs in anywhere.
        if finding.kind is not Kind.FEED_SILENT or _is_lesson(seen):
            yield finding


def _is_lesson(seen: Observed) -> bool:
    """Whether lessons have been going on for as long as a feed may be silent."""
    hours = [hour for day in seen.ahead.days for hour in seen.ahead.periods_on(day)]
    return any(hour.start <= seen.now < hour.end for hour in hours) and any(
        hour.start <= seen.now - live.SILENT < hour.end for hour in hours
    )


def _wrong_with_store(store: StoreState) -> Iterator[Finding]:
    if store.answered_in > SLOW:
        yield Finding(Kind.STORE_SLOW, count=round(1000 * store.answered_in))
    if store.disk_free is not None and store.disk_free < LEAST_FREE:
        yield Finding(Kind.DISK_FULL, count=int(100 * store.disk_free))


def _wrong_with_sensors(seen: Observed) -> Iterator[Finding]:
    """Say what is wrong with the one sensor that keeps counts.

    One process at a time releases into a store: where one runs, another that is silent is a machine
    of before.
    """
    running = [each for each in seen.sensors if each.is_running(seen.now)]
    if not seen.sensors:
        yield Finding(Kind.NO_SENSOR)
    elif not running:
        last = max(seen.sensors, key=lambda each: each.seen_at)
        yield from about(Kind.SENSOR_SILENT, [last.name])
    if seen.now - seen.changed_at > GRACE:
        behind = {each.name for each in running if each.version < seen.version}
        yield from about(Kind.SENSOR_BEHIND, behind)


def _of_store(seen: Observed) -> Iterator[Reading]:
    if seen.store is not None:
        yield Reading(What.STORE_ANSWER, 1000 * seen.store.answered_in, Unit.MILLISECONDS)
        yield Reading(What.STORE_SIZE, seen.store.size, Unit.BYTES)
        if seen.store.bytes_free is not None:
            yield Reading(What.DISK_FREE, seen.store.bytes_free, Unit.BYTES)


def _of_sensors(seen: Observed) -> Iterator[Reading]:
    for each in seen.sensors:
        yield Reading(What.SENSOR_SPOKE, seen.now - each.seen_at, Unit.AGO, each.name)
    yield from _age(seen, What.CORE_BEHIND, "lesrust_watermark_lag_seconds", Unit.SECONDS)
    yield from _count(seen, What.ADDON_ERRORS)


def _of_snapshot(seen: Observed) -> Iterator[Reading]:
    for each in seen.sensors:
        if each.is_running(seen.now):
            newest = float(each.version >= seen.version)
            yield Reading(What.SENSOR_HOLDS_NEWEST, newest, Unit.ANSWER, each.name)
    yield from _age(seen, What.SNAPSHOT_AGE, "lesrust_snapshot_age_seconds", Unit.AGO)
    yield from _count(seen, What.SNAPSHOT_FAILURES)


def _of_clock(seen: Observed) -> Iterator[Reading]:
    if seen.live is not None and seen.live.clock_ahead is not None:
        # What an answer tells was cut to whole seconds.
        ahead = seen.live.clock_ahead
        yield Reading(What.CLOCK_AHEAD, 0 if -1 < ahead <= 0 else round(ahead), Unit.SECONDS)


def _of_timetable(seen: Observed, week: Coverage) -> Iterator[Reading]:
    for each in seen.sources:
        age = None if each.read_at is None else seen.now - each.read_at
        yield Reading(What.SOURCE_READ, age, Unit.AGO, each.name)
    if seen.imported_at is not None:
        yield Reading(What.TIMETABLE_CHANGED, seen.now - seen.imported_at, Unit.AGO)
    for what, share in (
        (What.LESSONS_WITH_ROOM, week.lessons),
        (What.GROUPS_WITH_LAYER, week.groups),
    ):
        if share.whole:
            yield Reading(what, share.percent, Unit.PERCENT, missing=share.missing)


def _of_places(seen: Observed, week: Coverage) -> Iterator[Reading]:
    if week.rooms.whole and seen.placed is not None:
        yield Reading(
            What.ROOMS_WITH_PLACE, week.rooms.percent, Unit.PERCENT, missing=week.rooms.missing
        )
    yield from _count(seen, What.UNKNOWN_PLACE)
    yield from _count(seen, What.SHARED_ADDRESSES)


def _of_feeds(seen: Observed) -> Iterator[Reading]:
    if seen.live is None:
        return
    for (feed,), age in seen.live.by_label("lesrust_feed_age_seconds").items():
        yield Reading(What.FEED_HEARD, age if isfinite(age) else None, Unit.AGO, feed)
    for (feed, outcome), count in seen.live.by_label(live.MESSAGES).items():
        if count:
            yield Reading(What.FEED_MESSAGES, count, Unit.COUNT, feed, outcome)
    if seen.live.by_label("lesrust_feed_age_seconds"):
        yield from _count(seen, What.FEED_FAILURES)


def _of_visibility(seen: Observed) -> Iterator[Reading]:
    if seen.live is None:
        return
    connections = seen.live.total(live.CONNECTIONS)
    for (evidence,), count in seen.live.by_label(live.CONNECTIONS).items():
        if connections:
            share = 100 * count / connections
            yield Reading(What.SEEN_BY, share, Unit.PERCENT, detail=evidence)
    for (how,), count in seen.live.by_label("lesrust_hidden_connections_total").items():
        if count:
            yield Reading(What.HIDDEN, count, Unit.COUNT, detail=how)
    yield from _count(seen, What.DROPPED_PACKETS)


def _of_releases(seen: Observed) -> Iterator[Reading]:
    if seen.pauses:
        end = max(pause.end for pause in seen.pauses)
        yield Reading(What.PAUSED_UNTIL, end, Unit.MOMENT)
    yield from _count(seen, What.RELEASE_FAILURES)


def _count(seen: Observed, what: What) -> Iterator[Reading]:
    if seen.live is not None:
        yield Reading(what, seen.live.total(f"lesrust_{what}_total"), Unit.COUNT)


def _age(seen: Observed, what: What, name: str, unit: Unit) -> Iterator[Reading]:
    if seen.live is not None:
        for age in seen.live.by_label(name).values():
            yield Reading(what, max(0.0, age), unit)


def _seen_at(part: Part, seen: Observed) -> float | None:
    """Say when something was last seen of a part; what was asked just now was seen now."""
    now = [seen.now]
    spoke = [each.seen_at for each in seen.sensors]
    heard: Mapping[Part, Sequence[float | None]] = {
        Part.STORE: now if seen.store else [],
        Part.SENSORS: spoke,
        Part.RELEASES: spoke,
        Part.TIMETABLE: [seen.imported_at, *(each.read_at for each in seen.sources)],
        Part.SNAPSHOT: _heard(seen, "lesrust_snapshot_age_seconds"),
        Part.FEEDS: _heard(seen, "lesrust_feed_age_seconds"),
    }
    found = heard.get(part, now if seen.live else [])
    return max((moment for moment in found if moment is not None), default=None)


def _heard(seen: Observed, ages: str) -> list[float]:
    found = seen.live.by_label(ages).values() if seen.live else ()
    return [seen.now - age for age in found if isfinite(age)]
