"""Checks the timetable against the configuration: rooms, places, groups, layers and sources."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from monitor.configuration import Configuration, TimetableSettings
from monitor.diagnostics.finding import Finding, FindingKind, findings_about
from monitor.release.layers import Layers
from schedules.calendar import SchoolCalendar
from schedules.importers.importer import FileImporter
from schedules.store.source_states import SourceState
from schedules.timetable import Timetable

SATURDAY = 5
STALE_SERVER = 24 * 3600.0
"""Seconds since a server was read, after which its lessons are old."""
STALE_FILE = 14 * 24 * 3600.0


def find_holidays(calendar: SchoolCalendar, first: date, last: date) -> tuple[str, ...]:
    """Name the holidays that all of these days are in; none when one of them is a school day."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    names = [calendar.holiday_name(day) for day in days if day.weekday() < SATURDAY]
    return tuple(dict.fromkeys(names)) if all(names) else ()


def check_timetable(
    timetable: Timetable,
    placed_rooms: frozenset[str],
    layers: Layers,
    free: Sequence[str] = (),
) -> Iterator[Finding]:
    """Check that the lessons of some days can be counted.

    Args:
        timetable: the lessons of today and the days to come.
        placed_rooms: the rooms with a prefix or an attachment.
        layers: the year layers of the roster.
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
    yield from findings_about(FindingKind.ROOMS_WITHOUT_PLACE, rooms - placed_rooms)
    yield from findings_about(FindingKind.PLACES_WITHOUT_LESSON, placed_rooms - rooms)
    groups = {group for lesson in held for group in lesson.groups}
    yield from findings_about(
        FindingKind.GROUPS_WITHOUT_LAYER,
        {group for group in groups if not layers.layer_of_groups([group])},
    )


def check_roster(layers: Layers) -> Iterator[Finding]:
    """Check for which figures the roster is too small."""
    if not layers.has_figures:
        yield Finding(FindingKind.SCHOOL_TOO_SMALL, count=layers.pupils)
        return
    if not layers.has_daily_figures:
        yield Finding(FindingKind.SCHOOL_WEEKLY, count=layers.pupils)
    names = [layer.name for layer in layers.roster]
    merged = {name for name in names if layers.released_layer(name) != name}
    yield from findings_about(FindingKind.LAYER_TOO_SMALL, merged)


def check_sources(
    settings: Configuration, states: Sequence[SourceState], now: float
) -> Iterator[Finding]:
    """Check that every source of the timetable was read, and lately."""
    if not settings.timetables:
        yield Finding(FindingKind.NO_SOURCE)
    if any(_needs_bells(source) for source in settings.timetables) and not settings.bells:
        yield Finding(FindingKind.NO_BELLS)
    known = {state.name: state for state in states}
    for source in settings.timetables:
        yield from _check_source(source, known.get(source.name), now)


def _needs_bells(source: TimetableSettings) -> bool:
    importer = source.importer
    return isinstance(importer, FileImporter) and importer.needs_bells


def _check_source(
    source: TimetableSettings, state: SourceState | None, now: float
) -> Iterator[Finding]:
    if state is None or state.read_at is None:
        yield Finding(FindingKind.NEVER_READ, (source.name, *((state.failure,) if state else ())))
        return
    hours = int((now - state.read_at) // 3600)
    if state.failure and state.read_at == state.looked_at:
        yield Finding(FindingKind.PARTLY_READ, (source.name, state.failure))
    elif state.failure:
        if hours:
            yield Finding(FindingKind.SOURCE_TROUBLE, (source.name, state.failure), hours)
        else:
            yield Finding(FindingKind.SOURCE_FAILED, (source.name, state.failure))
    elif now - state.read_at > (STALE_SERVER if source.is_on_server else STALE_FILE):
        yield Finding(FindingKind.STALE_SOURCE, (source.name,), hours)
