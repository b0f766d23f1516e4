"""Lays a week's plan out over days."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from schedules.bells import Bells
from schedules.calendar import SchoolCalendar
from schedules.importers.untis.file_reading import DoubtfulLessons
from schedules.importers.untis.lesson_parts import LessonPart, current_lessons
from schedules.importers.untis.weekly_plan import EVERY_WEEK, PlannedClass, PlannedLesson
from schedules.language import gettext, gettext_lazy, ngettext
from schedules.lesson import Lesson
from schedules.local_time import to_utc
from schedules.problem import InvalidValue, Problem, ProblemCollector

MAX_LESSONS = 500_000
"""A school of 2,000 pupils has some 94,000 in a year."""
_WEEK_GROUP = gettext_lazy(
    "a lesson of every week; which weeks a week group is of is not in these files"
)
_NO_DAY = gettext_lazy(
    "a lesson on one of the days that are read, by its validity and the calendar"
)

type Slot = tuple[str, date, str]
"""A lesson's number, a day and an hour."""
type Times = tuple[datetime, datetime]
"""Start and end, in UTC."""


class DatedPlan:
    """The lessons of some days.

    Args:
        plan: the week.
        days: every day to lay it out over.
        bells: when the hours are.
        calendar: which days are school days, and which bells ring on them.
        zone: the school's time zone.
    """

    def __init__(
        self,
        plan: list[PlannedLesson],
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
        self._parts: dict[Slot, list[LessonPart]] = {}
        self._times: dict[tuple[date, str], Times | None] = {}
        self._without_times: Counter[str] = Counter()
        self._alternating: Counter[str] = Counter()

    def lessons(self) -> Iterator[Lesson]:
        """Iterate over all lessons as they are now."""
        return (lesson for parts in self._parts.values() for lesson in current_lessons(parts))

    def parts(self, slot: Slot) -> list[LessonPart]:
        """Return the parts of a lesson that the plan has in an hour."""
        return self._parts.get(slot, [])

    def leave_out(self, doubts: DoubtfulLessons) -> None:
        """Remove the lessons of which nobody knows what holds for them."""
        self._parts = {
            slot: parts for slot, parts in self._parts.items() if not doubts.covers(*slot)
        }

    def times(self, day: date, hour: str) -> Times | None:
        """Return when an hour is; None without bells, and on a day that is not imported."""
        if day not in self._days:
            return None
        if (day, hour) not in self._times:
            self._times[day, hour] = self._bell_times(day, hour)
        return self._times[day, hour]

    def lay_out(self, problems: ProblemCollector) -> Iterator[Problem]:
        """Place the plan on the school days; return what of it is no lesson, with the reason."""
        by_weekday: defaultdict[int, list[PlannedLesson]] = defaultdict(list)
        for planned in self._plan:
            by_weekday[planned.weekday].append(planned)
        school_days = [day for day in sorted(self._days) if not self._calendar.holiday_name(day)]
        if not self._place_all(
            (planned, day) for day in school_days for planned in by_weekday[day.isoweekday()]
        ):
            problems.add(
                gettext("the whole plan"),
                gettext("more lessons"),
                gettext("{count} lessons at most", count=MAX_LESSONS),
            )
            return iter(())
        return self._left_out(problems.name)

    def _place_all(self, planned_on_days: Iterable[tuple[PlannedLesson, date]]) -> bool:
        """Place lessons, and return whether there were not too many."""
        count = 0
        for planned, day in planned_on_days:
            count += self._place(planned, day)
            if count > MAX_LESSONS:
                return False
        return True

    def _place(self, planned: PlannedLesson, day: date) -> bool:
        classes = self._classes_on(planned, day)
        if not classes:
            return False
        times = self.times(day, planned.hour)
        if times is None:
            self._without_times[planned.hour] += 1
            return False
        lesson = _make_lesson(planned, classes, day, times)
        slot = (planned.number, day, planned.hour)
        self._parts.setdefault(slot, []).append(LessonPart(lesson, lesson))
        return True

    def _classes_on(self, planned: PlannedLesson, day: date) -> list[PlannedClass]:
        """Return the classes whose lesson is valid on a day in every week."""
        classes: list[PlannedClass] = []
        alternates = False
        for planned_class in planned.classes.values():
            week_groups = planned_class.week_groups(day)
            planned_class.is_on_a_day = planned_class.is_on_a_day or bool(week_groups)
            if week_groups >= EVERY_WEEK:
                classes.append(planned_class)
            elif week_groups:
                alternates = True
        if alternates:
            self._alternating[planned.number] += 1
        return classes

    def _bell_times(self, day: date, hour: str) -> Times | None:
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
            allowed = gettext("an hour that [[bells]] has")
            yield Problem(
                gettext("{name}, hour {hour}", name=name, hour=hour),
                ngettext("{count} lesson", "{count} lessons", count),
                allowed,
                count,
            )
        for number, count in self._alternating.items():
            found = ngettext(
                "{count} lesson of a week group", "{count} lessons of a week group", count
            )
            yield Problem(
                gettext("{name}, lesson {number}", name=name, number=number),
                found,
                str(_WEEK_GROUP),
                count,
            )
        for line, number in sorted(self._lines_on_no_day()):
            yield Problem(
                gettext("{name}, line {number}", name=name, number=line),
                gettext("lesson {number}", number=number),
                str(_NO_DAY),
            )

    def _lines_on_no_day(self) -> Iterator[tuple[int, str]]:
        """Iterate over the lines that hold on no imported day, with their lesson's number."""
        for planned in self._plan:
            for planned_class in planned.classes.values():
                if not planned_class.is_on_a_day:
                    yield from ((line, planned.number) for line in planned_class.lines)


def _make_lesson(
    planned: PlannedLesson, classes: list[PlannedClass], day: date, times: Times
) -> Lesson:
    instance = f"untis-{planned.number}-{day:%Y%m%d}-{planned.hour}"
    groups = (group for planned_class in classes for group in planned_class.groups)
    teachers = (teacher for planned_class in classes for teacher in planned_class.teachers)
    return Lesson(
        instance=f"{instance}-{planned.mark}" if planned.mark else instance,
        start=times[0],
        end=times[1],
        period=planned.hour,
        rooms=planned.rooms,
        groups=tuple(dict.fromkeys(groups)),
        teachers=tuple(dict.fromkeys(teachers)),
    )
