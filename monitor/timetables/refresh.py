"""Brings the store up to date with a source: as a whole, or not at all."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from monitor.configuration import Configuration, TimetableSettings
from monitor.configuration.timetables import make_calendar
from monitor.timetables.export import export_signature
from monitor.timetables.loss import refuse_loss
from monitor.timetables.reading import TimetableReader
from schedules import store
from schedules.calendar import DateRange, monday, school_year
from schedules.importers.importer import ImportResult
from schedules.importers.shared.failure import ServerFailure
from schedules.language import gettext
from schedules.problem import Refused
from schedules.store import source_states
from schedules.store.difference import TimetableDifference

NEAR = timedelta(days=14)
"""The days that a server is asked for each time; once a day it is the rest of the school year."""
FULL_DELAY = 3600.0
"""Seconds before the rest of the school year is asked for again when it could not be read."""
DENIAL_DELAY = 3600.0
"""Seconds before a server that denies access is asked again: it may lock the account."""


@dataclass(frozen=True, slots=True)
class SourceRefresh:
    """The result of refreshing one source."""

    source: str
    changes: TimetableDifference | None = None
    """None: nothing was read, or nothing has changed."""
    failure: str = ""
    """Why it could not be read; empty when it could."""
    missing: str = ""
    """What is missing beside the days that could be read; empty when nothing is."""
    unreadable: int = 0
    """How many lessons of a source that could be read cannot be read themselves."""


class TimetableRefresher:
    """Refreshes the sources of a school, and remembers their last state.

    Args:
        settings: the school's configuration.
        by: who imports, for the audit.
        clock: returns seconds since 1970-01-01 UTC.
    """

    def __init__(self, settings: Configuration, by: str, clock: Callable[[], float]) -> None:
        self._settings = settings
        self._by = by
        self._clock = clock
        self._signatures: dict[str, object] = {}
        self._due: dict[str, float] = {}
        self._last_full_day: dict[str, date] = {}
        self._full_due: dict[str, float] = {}
        self._missing: dict[str, str] = {}

    def list_due(self) -> list[TimetableSettings]:
        """List the sources that are due."""
        now, sources = self._clock(), self._settings.timetables
        return [source for source in sources if self._due.get(source.name, now) <= now]

    def refresh(self, source: TimetableSettings) -> SourceRefresh:
        """Read a source, and import what has changed: all of it or, when it is refused, nothing."""
        now = self._clock()
        self._due[source.name] = now + source.minutes * 60
        try:
            refresh = self._update(source)
        except (Refused, ServerFailure) as error:
            if isinstance(error, ServerFailure) and not error.cause.is_temporary:
                self._due[source.name] = now + DENIAL_DELAY
            failure = _describe_failure(error)
            source_states.record_source_failure(source.name, failure, now)
            self._signatures.pop(source.name, None)
            return SourceRefresh(source.name, failure=failure)
        source_states.record_source_read(source.name, now)
        if refresh.missing:
            source_states.record_source_failure(source.name, refresh.missing, now)
        return refresh

    def _update(self, source: TimetableSettings) -> SourceRefresh:
        if source.is_on_server:
            return self._update_from_server(source)
        signature = self._sign(source.export_path)
        if signature == self._signatures.get(source.name):
            return SourceRefresh(source.name)
        refresh = self._apply(source.name, self._load(source, school_year(self._today)))
        self._signatures[source.name] = signature
        return refresh

    def _sign(self, path: Path) -> object:
        # A new school year too: the weekly lessons of Untis are then laid out over other days.
        return export_signature(path), school_year(self._today)

    def _update_from_server(self, source: TimetableSettings) -> SourceRefresh:
        name, week = source.name, monday(self._today)
        near = DateRange(week, week + NEAR)
        if self._is_full_due(name):
            full = DateRange(week, max(school_year(self._today).last, near.last))
            try:
                refresh = self._apply(name, self._load(source, full))
            except (Refused, ServerFailure) as error:
                if isinstance(error, ServerFailure) and not error.cause.is_temporary:
                    raise
                self._full_due[name] = self._clock() + FULL_DELAY
                self._missing[name] = gettext(
                    "this week and the next are read, the rest of the year is not: {failure}",
                    failure=_describe_failure(error),
                )
            else:
                self._last_full_day[name] = self._today
                self._missing.pop(name, None)
                return refresh
        refresh = self._apply(name, self._load(source, near))
        return replace(refresh, missing=self._missing.get(name, ""))

    def _is_full_due(self, name: str) -> bool:
        is_due = self._full_due.get(name, 0.0) <= self._clock()
        return is_due and self._last_full_day.get(name) != self._today

    def _load(self, source: TimetableSettings, days: DateRange) -> ImportResult:
        return TimetableReader(self._settings, days).of_source(source)

    def _apply(self, name: str, imported: ImportResult) -> SourceRefresh:
        if imported.problems:
            raise Refused(imported.problems)
        zone, days = self._settings.school.zone, imported.days
        changes = store.compare_timetable(imported.lessons, source=name, zone=zone, days=days)
        if not (changes.new or changes.changed or changes.gone):
            return SourceRefresh(name)
        refuse_loss(
            changes, source=name, calendar=make_calendar(self._settings.calendar), zone=zone
        )
        changes = store.import_timetable(
            imported.lessons, source=name, by=self._by, now=self._clock(), zone=zone, days=days
        )
        return SourceRefresh(
            name, changes, unreadable=sum(lesson.rows for lesson in imported.unreadable)
        )

    @property
    def _today(self) -> date:
        return datetime.fromtimestamp(self._clock(), self._settings.school.zone).date()


def _describe_failure(error: Refused | ServerFailure) -> str:
    """Describe where the first problem is; its value is not for a log: it may be a name."""
    if isinstance(error, ServerFailure):
        return str(error)
    first = error.problems[0]
    return gettext(
        "{where} is not as it should be; allowed: {allowed}",
        where=first.where,
        allowed=first.allowed,
    )
