"""Asks the store, the running sensor and the disk, once: the only input of diagnostics."""

import time
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from monitor import store
from monitor.configuration import Configuration
from monitor.configuration.timetables import make_calendar
from monitor.diagnostics.checks.first_figure import find_first_figure
from monitor.diagnostics.checks.timetable import find_holidays
from monitor.diagnostics.observation import Observation
from monitor.diagnostics.sensor_metrics import ask_sensor
from monitor.release.measured.measured_hour import PlacedRooms
from monitor.runtime.factories import (
    load_sizes,
    make_layers,
    measured_rooms,
    rooms_with_a_place,
)
from monitor.store.guarded.confirmations import find_confirmation
from schedules import store as schedule_store
from schedules.calendar import monday
from schedules.importers.group_sizes.loading import LoadedSizes
from schedules.lesson import Lesson
from schedules.problem import Refused
from schedules.store import source_states
from schedules.timetable import Timetable

AHEAD = timedelta(days=14)
"""The part of the timetable that is checked, from today."""
TIMEOUT = 1.0
"""Seconds for the sensor: a person waits for the page."""


def observe(settings: Configuration, now: float) -> Observation:
    """Ask for everything, in at most a few seconds; the store is open.

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
    coming = _select(loaded, today, today + AHEAD, zone)
    measured, sizes = _find_measured_rooms(settings), _load_sizes(settings)
    answer = ask_sensor(settings, TIMEOUT)
    return Observation(
        now=now,
        metrics=answer.metrics,
        without_room=answer.without_room,
        is_refused=answer.is_refused,
        free=find_holidays(make_calendar(settings.calendar), today, today + AHEAD),
        store=store.measure_state(settings.database, answered_in),
        sensors=store.list_sensors(),
        version=version,
        changed_at=schedule_store.last_change_timestamp(),
        sources=source_states.list_source_states(),
        imported_at=schedule_store.last_import_timestamp(),
        pauses=schedule_store.list_pauses(now),
        confirmation=find_confirmation(settings),
        coming_days=coming,
        week=_select(loaded, first, first + timedelta(days=6), zone),
        placed_rooms=_find_placed_rooms(settings),
        measured_rooms=measured,
        sizes=sizes,
        first_figure=find_first_figure(
            coming, measured, make_layers(settings), sizes, zone=zone, now=now
        ),
    )


def observe_without_store(settings: Configuration, now: float) -> Observation:
    """Ask for what is left when the store cannot be opened."""
    answer = ask_sensor(settings, TIMEOUT)
    return Observation(
        now=now,
        metrics=answer.metrics,
        is_refused=answer.is_refused,
        store=None,
        coming_days=Timetable(),
        week=Timetable(),
        placed_rooms=_find_placed_rooms(settings),
    )


def _select(lessons: Iterable[Lesson], first: date, last: date, zone: ZoneInfo) -> Timetable:
    selected = (
        lesson for lesson in lessons if first <= lesson.start.astimezone(zone).date() <= last
    )
    return Timetable(selected, zone)


def _load_sizes(settings: Configuration) -> LoadedSizes | None:
    """Load the sizes of groups; where nothing of them can be used, what is wrong with them."""
    try:
        return load_sizes(settings)
    except Refused as refused:
        return LoadedSizes({}, refused.problems)


def _find_measured_rooms(settings: Configuration) -> PlacedRooms:
    try:
        return measured_rooms(settings)
    except Refused:
        return {}


def _find_placed_rooms(settings: Configuration) -> frozenset[str] | None:
    try:
        return rooms_with_a_place(settings)
    except Refused:
        return None
