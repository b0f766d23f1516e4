"""The bell schedule: when each lesson hour is, by branch, track, variant and weekday.

Lower and upper school can have their breaks at other times, and on a shortened day the same lesson
hours are shorter. A schedule that leaves branch, track or weekdays open holds for all of them; of
those that fit, the one that says most is taken.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import NamedTuple

NORMAL = "normal"
SHORTENED = "shortened"


class Period(NamedTuple):
    """A lesson hour: its label, and its times on the school's clocks."""

    label: str
    start: time
    end: time


@dataclass(frozen=True, slots=True, kw_only=True)
class BellSchedule:
    """The lesson hours of some days."""

    periods: tuple[Period, ...]
    branch: str = ""
    """Empty: every branch."""
    track: str = ""
    """Empty: every track."""
    variant: str = NORMAL
    """`normal`, `shortened`, or another name that the school's calendar gives to a day."""
    weekdays: frozenset[int] = frozenset(range(1, 8))
    """ISO weekdays: 1 is Monday."""


class Bells:
    """Every bell schedule of a school, as one branch and track of it hears them.

    Args:
        schedules: of the whole school.
        branch: whose bells are asked for; empty: of those that hold for every branch.
        track: likewise.
    """

    def __init__(
        self, schedules: Iterable[BellSchedule] = (), *, branch: str = "", track: str = ""
    ) -> None:
        self.schedules = tuple(schedules)
        self._whose = (branch, track)
        self._chosen: dict[tuple[int, str, str, str], BellSchedule | None] = {}

    def of(self, branch: str, track: str) -> "Bells":
        """Give the same bells, as another branch and track hears them."""
        return Bells(self.schedules, branch=branch, track=track)

    def schedule(self, day: date, *, variant: str = NORMAL) -> BellSchedule | None:
        """Give the schedule that holds on a day; None when no schedule fits."""
        asked = (day.isoweekday(), variant, *self._whose)
        if asked not in self._chosen:
            fitting = [each for each in self.schedules if _fits(each, *asked)]
            self._chosen[asked] = max(fitting, key=_says, default=None)
        return self._chosen[asked]

    def period(self, label: str, day: date, *, variant: str = NORMAL) -> Period | None:
        """Give a lesson hour by its label; None when the day has no such hour."""
        schedule = self.schedule(day, variant=variant)
        periods = schedule.periods if schedule else ()
        return next((period for period in periods if period.label == label), None)

    def variant_of(self, day: date, times: Iterable[tuple[str, time, time]]) -> str | None:
        """Say which variant a day's lessons show by their own times, label and start and end.

        The variant under which most of them are exactly as the bells ring; None when no variant
        has more than half of them.
        """
        shown = set(times)
        hours = {
            variant: {
                tuple(period)
                for each in self.schedules
                if each.variant == variant and day.isoweekday() in each.weekdays
                for period in each.periods
            }
            for variant in dict.fromkeys(each.variant for each in self.schedules)
        }
        found = max(hours, key=lambda variant: len(hours[variant] & shown), default=None)
        if found is None or 2 * len(hours[found] & shown) <= len(shown):
            return None
        return found


def _fits(schedule: BellSchedule, weekday: int, variant: str, branch: str, track: str) -> bool:
    return (
        schedule.variant == variant
        and weekday in schedule.weekdays
        and schedule.branch in {"", branch}
        and schedule.track in {"", track}
    )


def _says(schedule: BellSchedule) -> tuple[bool, bool, int]:
    return bool(schedule.branch), bool(schedule.track), -len(schedule.weekdays)
