"""The bell schedule: when each period is, by branch, track, variant and weekday.

Lower and upper school can have their breaks at other times, and on a shortened day the same periods
are shorter. A schedule that leaves branch, track or weekdays open holds for all of them. Where
several fit, the most specific one holds.
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
    """The periods of some weekdays."""

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
    """Every bell schedule of a school, for one branch and track.

    Args:
        schedules: of the whole school.
        branch: whose bells these are; empty: only the schedules that hold for every branch.
        track: likewise.
    """

    def __init__(
        self, schedules: Iterable[BellSchedule] = (), *, branch: str = "", track: str = ""
    ) -> None:
        self.schedules = tuple(schedules)
        self._branch_and_track = (branch, track)
        self._by_day_kind: dict[tuple[int, str, str, str], BellSchedule | None] = {}

    def for_branch(self, branch: str, track: str) -> "Bells":
        """Return the same school's bells for another branch and track."""
        return Bells(self.schedules, branch=branch, track=track)

    def schedule_on(self, day: date, *, variant: str = NORMAL) -> BellSchedule | None:
        """Return the schedule that holds on a day; None when no schedule fits."""
        key = (day.isoweekday(), variant, *self._branch_and_track)
        if key not in self._by_day_kind:
            fitting = [schedule for schedule in self.schedules if _fits(schedule, *key)]
            self._by_day_kind[key] = max(fitting, key=_specificity, default=None)
        return self._by_day_kind[key]

    def period(self, label: str, day: date, *, variant: str = NORMAL) -> Period | None:
        """Return a period by its label; None when the day has no such period."""
        schedule = self.schedule_on(day, variant=variant)
        periods = schedule.periods if schedule else ()
        return next((period for period in periods if period.label == label), None)

    def matching_variant(self, day: date, times: Iterable[tuple[str, time, time]]) -> str | None:
        """Return the variant that a day's lessons follow by their own label, start and end.

        It is the variant under which most of them are exactly as the bells ring; None when no
        variant has more than half of them.
        """
        lesson_times = set(times)
        periods = {
            variant: {
                tuple(period)
                for schedule in self.schedules
                if schedule.variant == variant and day.isoweekday() in schedule.weekdays
                for period in schedule.periods
            }
            for variant in dict.fromkeys(schedule.variant for schedule in self.schedules)
        }
        best = max(periods, key=lambda variant: len(periods[variant] & lesson_times), default=None)
        if best is None or 2 * len(periods[best] & lesson_times) <= len(lesson_times):
            return None
        return best


def _fits(schedule: BellSchedule, weekday: int, variant: str, branch: str, track: str) -> bool:
    return (
        schedule.variant == variant
        and weekday in schedule.weekdays
        and schedule.branch in {"", branch}
        and schedule.track in {"", track}
    )


def _specificity(schedule: BellSchedule) -> tuple[bool, bool, int]:
    return bool(schedule.branch), bool(schedule.track), -len(schedule.weekdays)
