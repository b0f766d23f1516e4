"""A week, a month or a school year, made of whole weeks: the smallest that all figures share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from monitor.agenda import monday
from monitor.retention import SCHOOL_YEAR_BEGINS, school_year

WEEK = timedelta(days=7)


class Kind(StrEnum):
    """How long a period is; its value stands in the address of a page."""

    WEEK = "week"
    MONTH = "maand"
    SCHOOL_YEAR = "schooljaar"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The weeks that begin, on a Monday, in a week, a month or a school year."""

    kind: Kind
    first: date
    """A Monday, the first of a month, or the first of August."""

    @classmethod
    def of(cls, kind: Kind, day: date) -> Self:
        """Give the period that the week of a day is in."""
        begins = monday(day)
        match kind:
            case Kind.WEEK:
                return cls(kind, begins)
            case Kind.MONTH:
                return cls(kind, begins.replace(day=1))
            case _:
                return cls(kind, school_year(begins))

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
    def previous(self) -> Self:
        """The period of the same kind before this one."""
        return type(self).of(self.kind, self.begins - WEEK)

    @property
    def next(self) -> Self:
        """The period of the same kind after this one."""
        return type(self).of(self.kind, self.ends + timedelta(days=1))

    @property
    def _after(self) -> date:
        """The first day that no week of the period can begin on."""
        match self.kind:
            case Kind.WEEK:
                return self.first + WEEK
            case Kind.MONTH:
                return (self.first + timedelta(days=31)).replace(day=1)
            case _:
                return date(self.first.year + 1, *SCHOOL_YEAR_BEGINS)


def periods(kind: Kind, weeks: Iterable[date]) -> tuple[Period, ...]:
    """List the periods that some weeks are in, the newest first."""
    return tuple(sorted({Period.of(kind, week) for week in weeks}, reverse=True))
