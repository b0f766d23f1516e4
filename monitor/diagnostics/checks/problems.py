"""Runs every check of an observation and the configuration."""

from collections.abc import Iterator

from monitor.configuration import Configuration
from monitor.diagnostics.checks.approval import check_approval
from monitor.diagnostics.checks.confirmation import check_confirmation
from monitor.diagnostics.checks.feeds import SILENT, check_feeds, check_senders
from monitor.diagnostics.checks.floors import check_floors
from monitor.diagnostics.checks.places import check_place_sources
from monitor.diagnostics.checks.sensor import check_sensor
from monitor.diagnostics.checks.steering import check_steering
from monitor.diagnostics.checks.store import check_sensors, check_store
from monitor.diagnostics.checks.timetable import check_roster, check_sources, check_timetable
from monitor.diagnostics.finding import Finding, FindingKind
from monitor.diagnostics.observation import Observation
from monitor.diagnostics.sensor_metrics import SensorAnswer
from monitor.runtime.factories import make_layers


def find_problems(settings: Configuration, observation: Observation) -> Iterator[Finding]:
    """Run every check."""
    layers = make_layers(settings)
    yield from check_approval(settings)
    if observation.store is None:
        yield Finding(FindingKind.STORE_AWAY)
    else:
        yield from check_store(observation.store)
        yield from check_sensors(observation)
        yield from check_sources(settings, observation.sources, observation.now)
        if observation.placed_rooms is not None:
            yield from check_timetable(
                observation.coming_days, observation.placed_rooms, layers, observation.free
            )
            yield from check_floors(
                observation.coming_days, observation.measured_rooms, layers, observation.sizes
            )
    if observation.placed_rooms is None:
        yield Finding(FindingKind.MAPPING)
    if observation.pauses:
        yield Finding(FindingKind.PAUSED, count=len(observation.pauses))
    yield from check_confirmation(observation.confirmation, observation.metrics)
    yield from check_roster(layers)
    yield from check_place_sources(settings)
    yield from check_steering(settings)
    yield from check_sensor(observation.metrics)
    answer = SensorAnswer(
        observation.metrics, tuple(observation.without_room), observation.is_refused
    )
    yield from check_senders(settings, observation.metrics)
    for finding in check_feeds(answer):
        # Where nobody has a lesson, nobody signs in anywhere.
        if finding.kind is not FindingKind.FEED_SILENT or _had_lessons(observation):
            yield finding


def _had_lessons(observation: Observation) -> bool:
    """Whether there were lessons for as long as a feed may be silent."""
    timetable, now = observation.coming_days, observation.now
    hours = [hour for day in timetable.days for hour in timetable.periods_on(day)]
    return any(hour.start <= now < hour.end for hour in hours) and any(
        hour.start <= now - SILENT < hour.end for hour in hours
    )
