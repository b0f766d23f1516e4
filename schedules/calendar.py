"""School years, weeks and school days, and which bells ring on a day.

Public holidays and the school holidays of the region come from the library `holidays`. It gives
one May week, and its autumn and spring weeks are advisory, so the school's own days come first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from schedules.bells import NORMAL
from schedules.language import gettext

if TYPE_CHECKING:
    from holidays import HolidayBase

SCHOOL_YEAR_BEGINS = (8, 1)
"""Month and day."""


class DateRange(NamedTuple):
    """Days in a row, from the first to the last, both included."""

    first: date
    last: date

    def days(self) -> Iterator[date]:
        """Iterate over every day."""
        return (
            self.first + timedelta(days=number)
            for number in range((self.last - self.first).days + 1)
        )

    def covers(self, day: date) -> bool:
        """Return whether a day is in it."""
        return self.first <= day <= self.last

    def in_pieces(self, length: timedelta) -> Iterator["DateRange"]:
        """Cut it into pieces of some days; the last piece may be shorter."""
        first = self.first
        while first <= self.last:
            last = min(first + length - timedelta(days=1), self.last)
            yield DateRange(first, last)
            first = last + timedelta(days=1)


def monday(day: date) -> date:
    """Return the Monday of the week that a day is in."""
    return day - timedelta(days=day.weekday())


def school_year_start(day: date) -> date:
    """Return the first day of the school year that a day is in."""
    has_begun = (day.month, day.day) >= SCHOOL_YEAR_BEGINS
    return date(day.year if has_begun else day.year - 1, *SCHOOL_YEAR_BEGINS)


def school_year(day: date) -> DateRange:
    """Return the school year that a day is in."""
    start = school_year_start(day)
    return DateRange(start, date(start.year + 1, *SCHOOL_YEAR_BEGINS) - timedelta(days=1))


class Region(StrEnum):
    """The three regions of the Dutch school holidays."""

    NORTH = "noord"
    MIDDLE = "midden"
    SOUTH = "zuid"


@dataclass(frozen=True, slots=True)
class NamedDays:
    """Days in a row, and what the school calls them."""

    first: date
    last: date
    name: str = ""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class SchoolCalendar:
    """Which days are school days. Without a region only the school's own days are known."""

    region: Region | None = None
    free: tuple[NamedDays, ...] = ()
    """Free days that the library does not have: a second May week, a study day."""
    open: tuple[NamedDays, ...] = ()
    """School days that the library has as a holiday."""
    variants: dict[date, str] = field(default_factory=dict)
    """Days with other bells than the normal ones, such as `shortened`."""

    def holiday_name(self, day: date) -> str:
        """Return the name of the holiday that a day is in; empty on a school day.

        Weekends are school days here: lessons that a timetable has on them were put there.
        """
        if own := next((days for days in self.free if day in days), None):
            return own.name or gettext("a day that the school has marked as free")
        if any(day in days for days in self.open):
            return ""
        return str(self._holidays.get(day, "")) if self._holidays is not None else ""

    def bell_variant(self, day: date) -> str:
        """Return which variant of the bells rings on a day."""
        return self.variants.get(day, NORMAL)

    @cached_property
    def _holidays(self) -> "HolidayBase | None":
        if self.region is None:
            return None
        from holidays import country_holidays

        return country_holidays(
            "NL", subdiv=self.region.capitalize(), categories=("public", "school"), language="nl"
        )


def variants_of_days(days: Iterable[date], variant: str) -> dict[date, str]:
    """Return the variants of a calendar in which some days have the same other bells."""
    return dict.fromkeys(days, variant)
