"""A week, a month or a school year, made of whole weeks: the smallest that all figures share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from schedules.calendar import monday, school_year, school_year_start

WEEK = timedelta(days=7)


class Kind(StrEnum):
    """How long a period is; its value stands in the address of a page."""

    WEEK = "week"
    MONTH = "maand"
    SCHOOL_YEAR = "schooljaar"
    TERM = "periode"
    """From one holiday to the next: the weeks with lessons that follow each other."""


IN_ADDRESS = (Kind.WEEK, Kind.MONTH, Kind.SCHOOL_YEAR)
"""Those that a calendar knows; a term is known by what was released."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The weeks that begin, on a Monday, in a week, a month or a school year."""

    kind: Kind
    first: date
    """A Monday, the first of a month, or the first of August."""
    length: int = 0
    """Weeks; only of a term."""
    before: "Period | None" = None
    """Only of a term."""

    @classmethod
    def of(cls, kind: Kind, day: date) -> "Period":
        """Give the period that the week of a day is in."""
        begins = monday(day)
        match kind:
            case Kind.WEEK:
                return cls(kind, begins)
            case Kind.MONTH:
                return cls(kind, begins.replace(day=1))
            case Kind.SCHOOL_YEAR:
                return cls(kind, school_year_start(begins))
            case _:
                return cls(kind, begins, 1)

    @property
    def mondays(self) -> tuple[date, ...]:
        """The weeks of the period, by name, in order."""
        week = monday(self.first)
        week = week if week >= self.first else week + WEEK
        found = []
        while week < self._after:
            found.append(week)
            week += WEEK
        return tuple(found)

    @property
    def begins(self) -> date:
        """The first day that figures can be of."""
        return self.mondays[0]

    @property
    def ends(self) -> date:
        """The last day that figures can be of."""
        return self.mondays[-1] + timedelta(days=6)

    @property
    def previous(self) -> "Period":
        """The period of the same kind before this one."""
        return self.before or Period.of(self.kind, self.begins - WEEK)

    @property
    def next(self) -> "Period":
        """The period of the same kind after this one."""
        return Period.of(self.kind, self.ends + timedelta(days=1))

    @property
    def _after(self) -> date:
        """The first day that no week of the period can begin on."""
        match self.kind:
            case Kind.MONTH:
                return (self.first + timedelta(days=31)).replace(day=1)
            case Kind.SCHOOL_YEAR:
                return school_year(self.first).last + timedelta(days=1)
            case _:
                return self.first + WEEK * max(1, self.length)


def periods(kind: Kind, weeks: Iterable[date]) -> tuple[Period, ...]:
    """List the periods that some weeks are in, the newest first."""
    return tuple(sorted({Period.of(kind, week) for week in weeks}, reverse=True))


def term(weeks: Iterable[date], day: date) -> Period:
    """Give the term that a day's week is in: a week without lessons, a holiday, ends one.

    Args:
        weeks: the Mondays of the weeks that have figures; one that says 'no figure' has one.
        day: a day of the term. In a holiday it is the term before that is meant.
    """
    known = {monday(week) for week in weeks}
    earlier = [week for week in known if week <= monday(day)]
    if not earlier:
        return Period.of(Kind.TERM, day)
    return _run(known, max(earlier), with_before=True)


def _run(known: set[date], week: date, *, with_before: bool) -> Period:
    first = last = week
    while first - WEEK in known:
        first -= WEEK
    while last + WEEK in known:
        last += WEEK
    earlier = [each for each in known if each < first]
    before = _run(known, max(earlier), with_before=False) if with_before and earlier else None
    return Period(Kind.TERM, first, (last - first) // WEEK + 1, before)
