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
from schedules.problem import Refused
from schedules.store import source_states
from schedules.store.difference import TimetableDifference

NEAR = timedelta(days=14)
"""What a server is asked for each time; once a day it is asked for the rest of the school year."""
DENIED = 3600.0
"""Seconds before a server that refuses is asked again: it may lock whoever goes on trying."""


@dataclass(frozen=True, slots=True)
class SourceRefresh:
    """What came of one look at a source."""

    source: str
    changes: TimetableDifference | None = None
    """None: nothing was read, or nothing had changed."""
    failure: str = ""
    """Why it could not be read; empty when it could."""


class TimetableRefresher:
    """Looks at the sources of a school, and knows what it has seen of them.

    Args:
        settings: the school's configuration.
        by: who imports, for the audit.
        clock: gives seconds since 1970-01-01 UTC.
    """

    def __init__(self, settings: Configuration, by: str, clock: Callable[[], float]) -> None:
        self._settings = settings
        self._by = by
        self._clock = clock
        self._seen: dict[str, object] = {}
        self._due: dict[str, float] = {}
        self._widely: dict[str, date] = {}

    def due(self) -> list[TimetableSettings]:
        """Name the sources that it is time for."""
        now = self._clock()
        return [each for each in self._settings.timetables if self._due.get(each.name, now) <= now]

    def look(self, source: TimetableSettings) -> SourceRefresh:
        """Look at a source, and take in what has changed. Never half: Refused is a failure too."""
        now = self._clock()
        self._due[source.name] = now + source.minutes * 60
        try:
            changes = self._taken_in(source)
        except (Refused, ServerFailure) as error:
            if isinstance(error, ServerFailure) and not error.cause.is_temporary:
                self._due[source.name] = now + DENIED
            failure = _said(error)
            source_states.record_source_failure(source.name, failure, now)
            self._seen.pop(source.name, None)
            return SourceRefresh(source.name, failure=failure)
        source_states.record_source_read(source.name, now)
        return SourceRefresh(source.name, changes)

    def _taken_in(self, source: TimetableSettings) -> TimetableDifference | None:
        if source.is_on_server:
            return self._asked(source)
        seen = self._sign(source.export_path)
        if seen == self._seen.get(source.name):
            return None
        changes = self._apply(source.name, self._read(source, school_year(self._today)))
        self._seen[source.name] = seen
        return changes

    def _sign(self, path: Path) -> object:
        # A new day too: what Untis repeats weekly was laid out over another school year before.
        return export_signature(path), school_year(self._today)

    def _asked(self, source: TimetableSettings) -> TimetableDifference | None:
        week = monday(self._today)
        is_wide = self._widely.get(source.name) != self._today
        last = max(school_year(self._today).last, week + NEAR) if is_wide else week + NEAR
        changes = self._apply(source.name, self._read(source, DateRange(week, last)))
        self._widely[source.name] = self._today
        return changes

    def _read(self, source: TimetableSettings, days: DateRange) -> ImportResult:
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


def _said(error: Refused | ServerFailure) -> str:
    """Say where the first mistake is; what stands there is not for a log: it may be a name."""
    if isinstance(error, ServerFailure):
        return str(error)
    first = error.problems[0]
    return f"{first.where} is not as it should be; allowed: {first.allowed}"
