"""Asks the store, the running sensor and the disk how Lesrust is, once."""

import time
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from monitor import store
from monitor.configuration import Configuration
from monitor.configuration.timetables import build_calendar
from monitor.diagnostics import schedule, sensor_health
from monitor.diagnostics.condition import Observation
from monitor.runtime.factories import rooms_with_a_place
from schedules import store as schedule_store
from schedules.calendar import monday
from schedules.lesson import Lesson
from schedules.problem import Refused
from schedules.store import source_states
from schedules.timetable import Timetable

AHEAD = timedelta(days=14)
"""Of the timetable that is looked at."""
WAIT = 1.0
"""Seconds for the sensor: somebody waits for the page."""


def observe(settings: Configuration, now: float) -> Observation:
    """Look at everything, at most a few seconds long; the store is open.

    Raises:
        django.db.DatabaseError: when the store does not answer.
    """
    zone = settings.school.zone
    today = datetime.fromtimestamp(now, zone).date()
    began = time.monotonic()
    version = schedule_store.current_version()
    answered_in = time.monotonic() - began
    first = monday(today)
    loaded = schedule_store.load_timetable(zone, first, today + AHEAD).lessons
    heard = sensor_health.fetch_metrics(settings.health.address, WAIT)
    return Observation(
        now=now,
        live=heard,
        without_room=()
        if heard is None
        else sensor_health.fetch_unmapped(settings.health.address, WAIT),
        free=schedule.find_holidays(build_calendar(settings.calendar), today, today + AHEAD),
        store=store.measure_state(settings.database, answered_in),
        sensors=store.list_sensors(),
        version=version,
        changed_at=schedule_store.last_change_timestamp(),
        sources=source_states.list_source_states(),
        imported_at=schedule_store.last_import_timestamp(),
        pauses=schedule_store.list_pauses(now),
        ahead=_from(loaded, today, today + AHEAD, zone),
        week=_from(loaded, first, first + timedelta(days=6), zone),
        placed=_placed(settings),
    )


def observe_without_store(settings: Configuration, now: float) -> Observation:
    """Look at what is left when the store cannot be opened."""
    return Observation(
        now=now,
        live=sensor_health.fetch_metrics(settings.health.address, WAIT),
        store=None,
        ahead=Timetable(),
        week=Timetable(),
        placed=_placed(settings),
    )


def _from(lessons: Iterable[Lesson], first: date, last: date, zone: ZoneInfo) -> Timetable:
    kept = (each for each in lessons if first <= each.start.astimezone(zone).date() <= last)
    return Timetable(kept, zone)


def _placed(settings: Configuration) -> frozenset[str] | None:
    try:
        return rooms_with_a_place(settings)
    except Refused:
        return None
