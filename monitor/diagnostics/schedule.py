"""Holds the configuration against the timetable: rooms, places, groups, layers and sources."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from monitor.configuration import Configuration, TimetableSettings
from monitor.diagnostics.finding import Finding, FindingKind, findings_about
from monitor.release.layers import Layers
from monitor.release.tables import MIN_ROOMS
from schedules.calendar import SchoolCalendar
from schedules.importers.formats import Format
from schedules.store.source_states import SourceState
from schedules.timetable import Timetable

SATURDAY = 5
STALE_SERVER = 24 * 3600.0
"""Seconds since a server was read, after which what it said is old."""
STALE_FILE = 14 * 24 * 3600.0


def find_holidays(calendar: SchoolCalendar, first: date, last: date) -> tuple[str, ...]:
    """Name the holidays that some days are in; none when there is school on one of them."""
    days = (first + timedelta(days=each) for each in range((last - first).days + 1))
    names = [calendar.holiday_name(day) for day in days if day.weekday() < SATURDAY]
    return tuple(dict.fromkeys(names)) if all(names) else ()


def check_timetable(
    timetable: Timetable,
    placed: frozenset[str],
    layers: Layers,
    free: Sequence[str] = (),
) -> Iterable[Finding]:
    """Say what is missing for the lessons of some days to be counted.

    Args:
        timetable: the lessons of today and the days to come.
        placed: the rooms that something leads to.
        layers: the roster's.
        free: the holidays that all of these days are in, if they are.
    """
    held = [lesson for lesson in timetable.lessons if lesson.is_held]
    if not held:
        yield (
            Finding(FindingKind.HOLIDAY, tuple(free), len(free))
            if free
            else Finding(FindingKind.NO_LESSONS)
        )
        return
    roomless = sum(not lesson.rooms for lesson in held)
    if roomless:
        yield Finding(FindingKind.LESSONS_WITHOUT_ROOM, count=roomless)
    rooms = set(timetable.rooms)
    yield from findings_about(FindingKind.ROOMS_WITHOUT_PLACE, rooms - placed)
    yield from findings_about(FindingKind.PLACES_WITHOUT_LESSON, placed - rooms)
    groups = {group for lesson in held for group in lesson.groups}
    yield from findings_about(
        FindingKind.GROUPS_WITHOUT_LAYER,
        {each for each in groups if not layers.layer_of_groups([each])},
    )
    hours = {hour.period for day in timetable.days for hour in timetable.periods_on(day)}
    large = {
        hour.period
        for day in timetable.days
        for hour in timetable.periods_on(day)
        if hour.rooms >= MIN_ROOMS
    }
    yield from findings_about(FindingKind.HOUR_TOO_SMALL, hours - large)


def check_roster(layers: Layers) -> Iterable[Finding]:
    """Say what the roster is too small for."""
    if not layers.has_figures:
        yield Finding(FindingKind.SCHOOL_TOO_SMALL, count=layers.pupils)
        return
    if not layers.has_daily_figures:
        yield Finding(FindingKind.SCHOOL_WEEKLY, count=layers.pupils)
    merged = {each.name for each in layers.roster if layers.released_layer(each.name) != each.name}
    yield from findings_about(FindingKind.LAYER_TOO_SMALL, merged)


def check_sources(
    settings: Configuration, states: Sequence[SourceState], now: float
) -> Iterable[Finding]:
    """Say how it is with the sources of the timetable."""
    if not settings.timetables:
        yield Finding(FindingKind.NO_SOURCE)
    if any(each.format is Format.UNTIS for each in settings.timetables) and not settings.bells:
        yield Finding(FindingKind.NO_BELLS)
    known = {state.name: state for state in states}
    for source in settings.timetables:
        yield from _of_source(source, known.get(source.name), now)


def _of_source(
    source: TimetableSettings, state: SourceState | None, now: float
) -> Iterable[Finding]:
    if state is None or state.read_at is None:
        yield Finding(FindingKind.NEVER_READ, (source.name, *((state.trouble,) if state else ())))
        return
    hours = int((now - state.read_at) // 3600)
    if state.trouble:
        yield Finding(FindingKind.SOURCE_TROUBLE, (source.name, state.trouble), hours)
    elif now - state.read_at > (STALE_SERVER if source.format.is_of_a_server else STALE_FILE):
        yield Finding(FindingKind.STALE_SOURCE, (source.name,), hours)
