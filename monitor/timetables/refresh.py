"""Brings the store up to date with a source: as a whole, or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from monitor.configuration import Configuration, TimetableSettings
from monitor.timetables.export import export_signature
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

    def list_due(self) -> list[TimetableSettings]:
        """List the sources that are due."""
        now, sources = self._clock(), self._settings.timetables
        return [source for source in sources if self._due.get(source.name, now) <= now]

    def refresh(self, source: TimetableSettings) -> SourceRefresh:
        """Read a source, and import what has changed: all of it or, when it is refused, nothing."""
        now = self._clock()
        self._due[source.name] = now + source.minutes * 60
        try:
            changes = self._update(source)
        except (Refused, ServerFailure) as error:
            if isinstance(error, ServerFailure) and not error.cause.is_temporary:
                self._due[source.name] = now + DENIAL_DELAY
            failure = _describe_failure(error)
            source_states.record_source_failure(source.name, failure, now)
            self._signatures.pop(source.name, None)
            return SourceRefresh(source.name, failure=failure)
        source_states.record_source_read(source.name, now)
        return SourceRefresh(source.name, changes)

    def _update(self, source: TimetableSettings) -> TimetableDifference | None:
        if source.is_on_server:
            return self._update_from_server(source)
        signature = self._sign(source.export_path)
        if signature == self._signatures.get(source.name):
            return None
        changes = self._apply(source.name, self._load(source, school_year(self._today)))
        self._signatures[source.name] = signature
        return changes

    def _sign(self, path: Path) -> object:
        # A new school year too: the weekly lessons of Untis are then laid out over other days.
        return export_signature(path), school_year(self._today)

    def _update_from_server(self, source: TimetableSettings) -> TimetableDifference | None:
        week = monday(self._today)
        is_full = self._last_full_day.get(source.name) != self._today
        last = max(school_year(self._today).last, week + NEAR) if is_full else week + NEAR
        changes = self._apply(source.name, self._load(source, DateRange(week, last)))
        self._last_full_day[source.name] = self._today
        return changes

    def _load(self, source: TimetableSettings, days: DateRange) -> ImportResult:
        return TimetableReader(self._settings, days).of_source(source)

    def _apply(self, name: str, imported: ImportResult) -> TimetableDifference | None:
        if imported.problems:
            raise Refused(imported.problems)
        zone, days = self._settings.school.zone, imported.days
        changes = store.compare_timetable(imported.lessons, source=name, zone=zone, days=days)
        if not (changes.new or changes.changed or changes.gone):
            return None
        return store.import_timetable(
            imported.lessons, source=name, by=self._by, now=self._clock(), zone=zone, days=days
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
