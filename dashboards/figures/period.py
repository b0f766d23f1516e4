"""A week, a month or a school year, made of whole weeks: the smallest that all figures share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from schedules.calendar import monday, school_year, school_year_start

WEEK = timedelta(days=7)


class PeriodKind(StrEnum):
    """How long a period is; its value stands in the address of a page."""

    WEEK = "week"
    MONTH = "maand"
    SCHOOL_YEAR = "schooljaar"
    TERM = "periode"
    """From one holiday to the next: the weeks with lessons that follow each other."""


CALENDAR_KINDS = (PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.SCHOOL_YEAR)
"""Those that a calendar knows; a term is known by what was released."""


@dataclass(frozen=True, slots=True, order=True)
class ReportingPeriod:
    """The weeks that begin, on a Monday, in a week, a month or a school year."""

    kind: PeriodKind
    start: date
    """A Monday, the first of a month, or the first of August."""
    length: int = 0
    """Weeks; only of a term."""
    before: "ReportingPeriod | None" = None
    """Only of a term."""

    @classmethod
    def containing(cls, kind: PeriodKind, day: date) -> "ReportingPeriod":
        """Return the period that the week of a day is in."""
        week = monday(day)
        match kind:
            case PeriodKind.WEEK:
                return cls(kind, week)
            case PeriodKind.MONTH:
                return cls(kind, week.replace(day=1))
            case PeriodKind.SCHOOL_YEAR:
                return cls(kind, school_year_start(week))
            case _:
                return cls(kind, week, 1)

    @property
    def mondays(self) -> tuple[date, ...]:
        """The Mondays of its weeks, in order."""
        week = monday(self.start)
        week = week if week >= self.start else week + WEEK
        mondays = []
        while week < self._end:
            mondays.append(week)
            week += WEEK
        return tuple(mondays)

    @property
    def first_day(self) -> date:
        """The first day that figures can be of."""
        return self.mondays[0]

    @property
    def last_day(self) -> date:
        """The last day that figures can be of."""
        return self.mondays[-1] + timedelta(days=6)

    @property
    def previous(self) -> "ReportingPeriod":
        """The period of the same kind before this one."""
        return self.before or ReportingPeriod.containing(self.kind, self.first_day - WEEK)

    @property
    def next(self) -> "ReportingPeriod":
        """The period of the same kind after this one."""
        return ReportingPeriod.containing(self.kind, self.last_day + timedelta(days=1))

    def covers(self, day: date) -> bool:
        """Whether figures of a day, or of the week that begins on it, are of this period."""
        return self.first_day <= day <= self.last_day

    @property
    def _end(self) -> date:
        """The first day that no week of the period can begin on."""
        match self.kind:
            case PeriodKind.MONTH:
                return (self.start + timedelta(days=31)).replace(day=1)
            case PeriodKind.SCHOOL_YEAR:
                return school_year(self.start).last + timedelta(days=1)
            case _:
                return self.start + WEEK * max(1, self.length)


def list_periods(kind: PeriodKind, weeks: Iterable[date]) -> tuple[ReportingPeriod, ...]:
    """List the periods that some weeks are in, the newest first."""
    return tuple(sorted({ReportingPeriod.containing(kind, week) for week in weeks}, reverse=True))


def term_containing(weeks: Iterable[date], day: date) -> ReportingPeriod:
    """Return the term that a day's week is in: a week without lessons, a holiday, ends one.

    Args:
        weeks: the Mondays of the weeks that have figures; one that says 'no figure' has one.
        day: a day of the term. In a holiday it is the term before that is meant.
    """
    mondays = {monday(week) for week in weeks}
    earlier = [week for week in mondays if week <= monday(day)]
    if not earlier:
        return ReportingPeriod.containing(PeriodKind.TERM, day)
    return _term_around(mondays, max(earlier), with_before=True)


def _term_around(mondays: set[date], week: date, *, with_before: bool) -> ReportingPeriod:
    first = last = week
    while first - WEEK in mondays:
        first -= WEEK
    while last + WEEK in mondays:
        last += WEEK
    earlier = [monday for monday in mondays if monday < first]
    before = (
        _term_around(mondays, max(earlier), with_before=False) if with_before and earlier else None
    )
    return ReportingPeriod(PeriodKind.TERM, first, (last - first) // WEEK + 1, before)
