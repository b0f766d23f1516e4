"""Takes the readings of each part from an observation."""

from collections.abc import Callable, Iterator, Mapping
from math import isfinite

from monitor.diagnostics.coverage import Coverage
from monitor.diagnostics.finding import SystemPart
from monitor.diagnostics.observation import Observation
from monitor.diagnostics.reading import PartReading, ReadingKind, ReadingUnit
from monitor.diagnostics.sensor_metrics import (
    CONNECTIONS,
    FEED_AGE,
    FEED_MESSAGES,
    HIDDEN_CONNECTIONS,
    SNAPSHOT_AGE,
    WATERMARK_LAG,
)
from monitor.runtime.health_metrics import HOURLY_GAUGES

type Readings = Iterator[PartReading]


def take_readings(part: SystemPart, observation: Observation, week: Coverage) -> Readings:
    """Take the readings of one part.

    Args:
        part: the part.
        observation: the answers of store and sensor.
        week: the coverage of this week's lessons.
    """
    return _READINGS[part](observation, week)


def _of_store(observation: Observation, _: Coverage) -> Readings:
    store = observation.store
    if store is None:
        return
    answered_in = 1000 * store.answered_in
    yield PartReading(ReadingKind.STORE_ANSWER, answered_in, ReadingUnit.MILLISECONDS)
    yield PartReading(ReadingKind.STORE_SIZE, store.size, ReadingUnit.BYTES)
    if store.bytes_free is not None:
        yield PartReading(ReadingKind.DISK_FREE, store.bytes_free, ReadingUnit.BYTES)


def _of_sensors(observation: Observation, _: Coverage) -> Readings:
    for sensor in observation.sensors:
        age = observation.now - sensor.seen_at
        yield PartReading(ReadingKind.SENSOR_SPOKE, age, ReadingUnit.AGO, sensor.name)
    yield from _age(observation, ReadingKind.CORE_BEHIND, WATERMARK_LAG, ReadingUnit.SECONDS)
    yield from _total(observation, ReadingKind.ADDON_ERRORS)


def _of_snapshot(observation: Observation, _: Coverage) -> Readings:
    for sensor in observation.sensors:
        if sensor.is_running(observation.now):
            is_newest = float(sensor.version >= observation.version)
            kind = ReadingKind.SENSOR_HOLDS_NEWEST
            yield PartReading(kind, is_newest, ReadingUnit.YES_OR_NO, sensor.name)
    yield from _age(observation, ReadingKind.SNAPSHOT_AGE, SNAPSHOT_AGE, ReadingUnit.AGO)
    yield from _total(observation, ReadingKind.SNAPSHOT_FAILURES)


def _of_clock(observation: Observation, _: Coverage) -> Readings:
    if observation.metrics is not None and observation.metrics.clock_ahead is not None:
        ahead = observation.metrics.clock_ahead
        # The sensor states its time in whole seconds: less than one behind is no difference.
        seconds = 0 if -1 < ahead <= 0 else round(ahead)
        yield PartReading(ReadingKind.CLOCK_AHEAD, seconds, ReadingUnit.SECONDS)


def _of_timetable(observation: Observation, week: Coverage) -> Readings:
    for source in observation.sources:
        age = None if source.read_at is None else observation.now - source.read_at
        yield PartReading(ReadingKind.SOURCE_READ, age, ReadingUnit.AGO, source.name)
    if observation.imported_at is not None:
        age = observation.now - observation.imported_at
        yield PartReading(ReadingKind.TIMETABLE_CHANGED, age, ReadingUnit.AGO)
    for kind, share in (
        (ReadingKind.LESSONS_WITH_ROOM, week.lessons),
        (ReadingKind.GROUPS_WITH_LAYER, week.groups),
    ):
        if share.whole:
            yield PartReading(kind, share.percent, ReadingUnit.PERCENT, missing=share.missing)


def _of_places(observation: Observation, week: Coverage) -> Readings:
    rooms = week.rooms
    if rooms.whole and observation.placed_rooms is not None:
        kind = ReadingKind.ROOMS_WITH_PLACE
        yield PartReading(kind, rooms.percent, ReadingUnit.PERCENT, missing=rooms.missing)
    yield from _total(observation, ReadingKind.UNKNOWN_PLACE)
    if observation.metrics is not None:
        is_shared = observation.metrics.total("lesrust_hour_shared_addresses")
        yield PartReading(ReadingKind.SHARED_ADDRESSES, is_shared, ReadingUnit.YES_OR_NO)
    yield from _total(observation, ReadingKind.UNNAMED)


def _of_feeds(observation: Observation, _: Coverage) -> Readings:
    metrics = observation.metrics
    if metrics is None:
        return
    ages = metrics.by_label(FEED_AGE)
    for (feed,), age in ages.items():
        heard = age if isfinite(age) else None
        yield PartReading(ReadingKind.FEED_HEARD, heard, ReadingUnit.AGO, feed)
    for (feed, outcome), count in metrics.by_label(FEED_MESSAGES).items():
        if count:
            yield PartReading(ReadingKind.FEED_MESSAGES, count, ReadingUnit.COUNT, feed, outcome)
    if ages:
        yield from _total(observation, ReadingKind.FEED_FAILURES)


def _of_visibility(observation: Observation, _: Coverage) -> Readings:
    metrics = observation.metrics
    if metrics is None:
        return
    connections = metrics.total(CONNECTIONS)
    for (evidence,), count in metrics.by_label(CONNECTIONS).items():
        if connections:
            share = 100 * count / connections
            yield PartReading(ReadingKind.SEEN_BY, share, ReadingUnit.PERCENT, detail=evidence)
    for (method,), count in metrics.by_label(HIDDEN_CONNECTIONS).items():
        if count:
            yield PartReading(ReadingKind.HIDDEN, count, ReadingUnit.COUNT, detail=method)
    yield from _total(observation, ReadingKind.DROPPED_PACKETS)


def _of_releases(observation: Observation, _: Coverage) -> Readings:
    if observation.store is not None:
        first = observation.first_figure
        yield PartReading(ReadingKind.FIRST_FIGURE, first, ReadingUnit.TIMESTAMP)
    if observation.pauses:
        end = max(pause.end for pause in observation.pauses)
        yield PartReading(ReadingKind.PAUSED_UNTIL, end, ReadingUnit.TIMESTAMP)
    yield from _total(observation, ReadingKind.RELEASE_FAILURES)


def _total(observation: Observation, kind: ReadingKind) -> Readings:
    """Take the gauge of the last hour, or the counter, that is called after the reading."""
    if observation.metrics is not None:
        name = f"lesrust_hour_{kind}" if kind in HOURLY_GAUGES else f"lesrust_{kind}_total"
        yield PartReading(kind, observation.metrics.total(name), ReadingUnit.COUNT)


def _age(observation: Observation, kind: ReadingKind, metric: str, unit: ReadingUnit) -> Readings:
    if observation.metrics is not None:
        for age in observation.metrics.by_label(metric).values():
            yield PartReading(kind, max(0.0, age), unit)


_READINGS: Mapping[SystemPart, Callable[[Observation, Coverage], Readings]] = {
    SystemPart.STORE: _of_store,
    SystemPart.SENSORS: _of_sensors,
    SystemPart.SNAPSHOT: _of_snapshot,
    SystemPart.CLOCK: _of_clock,
    SystemPart.TIMETABLE: _of_timetable,
    SystemPart.PLACES: _of_places,
    SystemPart.FEEDS: _of_feeds,
    SystemPart.VISIBILITY: _of_visibility,
    SystemPart.RELEASES: _of_releases,
}
