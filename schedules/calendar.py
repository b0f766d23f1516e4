"""Which days are school days, and by which bells: holidays, with the school's own days over them.

Public holidays and the school holidays of the region come from the library `holidays`. It gives
one May week, and autumn and spring are advisory: so what the school says itself comes first.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from schedules.bells import NORMAL

if TYPE_CHECKING:
    from holidays import HolidayBase


class Region(StrEnum):
    """The three regions of the Dutch school holidays."""

    NORTH = "noord"
    MIDDLE = "midden"
    SOUTH = "zuid"


@dataclass(frozen=True, slots=True)
class Days:
    """Some days in a row, and what the school calls them."""

    first: date
    last: date
    name: str = ""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Calendar:
    """A school's calendar. Without a region, only what the school says itself is known."""

    region: Region | None = None
    free: tuple[Days, ...] = ()
    """Free although no holiday of the library's: a second May week, a study day."""
    open: tuple[Days, ...] = ()
    """School although the library has a holiday."""
    variants: dict[date, str] = field(default_factory=dict)
    """Days with other bells than the normal ones, such as `shortened`."""

    def why_free(self, day: date) -> str:
        """Name the holiday that a day is in; empty on a school day.

        Weekends are school days here: what the timetable has on them was put there.
        """
        if own := next((days for days in self.free if day in days), None):
            return own.name or "a day that the school has marked as free"
        if any(day in days for days in self.open):
            return ""
        return str(self._holidays.get(day, "")) if self._holidays is not None else ""

    def variant(self, day: date) -> str:
        """Say which bells ring on a day."""
        return self.variants.get(day, NORMAL)

    @cached_property
    def _holidays(self) -> "HolidayBase | None":
        if self.region is None:
            return None
        from holidays import country_holidays

        return country_holidays(
            "NL", subdiv=self.region.capitalize(), categories=("public", "school"), language="nl"
        )


def shortened(days: Iterable[date], variant: str) -> dict[date, str]:
    """Give the same other bells to some days."""
    return dict.fromkeys(days, variant)
