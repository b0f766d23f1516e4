"""Lays a week's plan out over days."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from schedules.bells import Bells
from schedules.calendar import SchoolCalendar
from schedules.importers.untis.plan import EVERY_WEEK, Planned, Row
from schedules.lesson import Lesson
from schedules.local_time import to_utc
from schedules.problem import InvalidValue, Problem, ProblemCollector

MOST_LESSONS = 500_000
"""A school of 2,000 pupils has some 94,000 in a year."""
_WEEK_GROUP = "a lesson of every week; which weeks a week group is of is not in these files"
_NO_DAY = "a lesson on one of the days that are read, by its validity and the calendar"

type Slot = tuple[str, date, str]
"""A lesson's number, a day and an hour."""
type Times = tuple[datetime, datetime]


@dataclass(slots=True)
class Part:
    """A lesson in one room on a day: as planned, and as it is now."""

    planned: Lesson
    now: Lesson
    has_moved: bool = False


class Days:
    """The lessons of some days.

    Args:
        plan: the week.
        days: every day to lay it out over.
        bells: when the hours are.
        calendar: which days are school days, and by which bells.
        zone: where the school's clocks stand.
    """

    def __init__(
        self,
        plan: list[Planned],
        days: Iterable[date],
        bells: Bells,
        calendar: SchoolCalendar,
        zone: ZoneInfo,
    ) -> None:
        self._plan = plan
        self._days = frozenset(days)
        self._bells = bells
        self._calendar = calendar
        self._zone = zone
        self._parts: dict[Slot, list[Part]] = {}
        self._times: dict[tuple[date, str], Times | None] = {}
        self._without_times: Counter[str] = Counter()
        self._alternating: Counter[str] = Counter()

    def lessons(self) -> Iterator[Lesson]:
        """Give every lesson once."""
        return (part.now for parts in self._parts.values() for part in parts)

    def parts(self, slot: Slot) -> list[Part]:
        """Give the parts of a lesson that the plan has in an hour."""
        return self._parts.get(slot, [])

    def times(self, day: date, hour: str) -> Times | None:
        """Say when an hour is; None without bells, and on a day that is not read."""
        if day not in self._days:
            return None
        if (day, hour) not in self._times:
            self._times[day, hour] = self._read_times(day, hour)
        return self._times[day, hour]

    def lay_out(self, mistakes: ProblemCollector) -> Iterator[Problem]:
        """Place the plan on the school days; give what of it is no lesson, and why."""
        week: defaultdict[int, list[Planned]] = defaultdict(list)
        for planned in self._plan:
            week[planned.weekday].append(planned)
        school = [day for day in sorted(self._days) if not self._calendar.holiday_name(day)]
        if not self._place_all(
            (planned, day) for day in school for planned in week[day.isoweekday()]
        ):
            mistakes.add("the whole plan", "more lessons", f"{MOST_LESSONS} lessons at most")
            return iter(())
        return self._left_out(mistakes.name)

    def _place_all(self, placed: Iterable[tuple[Planned, date]]) -> bool:
        count = 0
        for planned, day in placed:
            count += self._place(planned, day)
            if count > MOST_LESSONS:
                return False
        return True

    def _place(self, planned: Planned, day: date) -> bool:
        rows = self._rows(planned, day)
        if not rows:
            return False
        times = self.times(day, planned.hour)
        if times is None:
            self._without_times[planned.hour] += 1
            return False
        lesson = _lesson(planned, rows, day, times)
        slot = (planned.number, day, planned.hour)
        self._parts.setdefault(slot, []).append(Part(lesson, lesson))
        return True

    def _rows(self, planned: Planned, day: date) -> list[Row]:
        """Choose the rows that hold in every week around a day."""
        found: list[Row] = []
        alternates = False
        for row in planned.rows.values():
            weeks = row.weeks(day)
            row.is_on_a_day = row.is_on_a_day or bool(weeks)
            if weeks >= EVERY_WEEK:
                found.append(row)
            elif weeks:
                alternates = True
        if alternates:
            self._alternating[planned.number] += 1
        return found

    def _read_times(self, day: date, hour: str) -> Times | None:
        period = self._bells.period(hour, day, variant=self._calendar.bell_variant(day))
        try:
            return period and (
                to_utc(day, period.start, self._zone),
                to_utc(day, period.end, self._zone),
            )
        except InvalidValue:  # an hour that the clocks skip is no lesson hour
            return None

    def _left_out(self, name: str) -> Iterator[Problem]:
        for hour, count in self._without_times.items():
            allowed = "an hour that [[bells]] has"
            yield Problem(f"{name}, hour {hour}", f"{count} lessons", allowed)
        for number, count in self._alternating.items():
            found = f"{count} lessons of a week group"
            yield Problem(f"{name}, lesson {number}", found, _WEEK_GROUP)
        for line, number in sorted(self._on_no_day()):
            yield Problem(f"{name}, line {line}", f"lesson {number}", _NO_DAY)

    def _on_no_day(self) -> Iterator[tuple[int, str]]:
        for planned in self._plan:
            for row in planned.rows.values():
                if not row.is_on_a_day:
                    yield from ((line, planned.number) for line in row.lines)


def _lesson(planned: Planned, rows: list[Row], day: date, times: Times) -> Lesson:
    named = f"untis-{planned.number}-{day:%Y%m%d}-{planned.hour}"
    return Lesson(
        instance=f"{named}-{planned.mark}" if planned.mark else named,
        start=times[0],
        end=times[1],
        period=planned.hour,
        rooms=planned.rooms,
        groups=tuple(dict.fromkeys(each for row in rows for each in row.groups)),
        teachers=tuple(dict.fromkeys(each for row in rows for each in row.teachers)),
    )
