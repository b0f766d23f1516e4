"""Lays a week's plan out over days, and applies what is different on each of them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from schedules.bells import Bells
from schedules.calendar import Calendar
from schedules.identity import Identities
from schedules.lesson import Lesson, Status
from schedules.problem import Problem
from schedules.unreadable import Unreadable
from schedules.untis.plan import Planned, of_day
from schedules.untis.substitutions import Substitution
from schedules.wall_time import moment

type Slot = tuple[str, date, str]
"""A lesson's number, a day and an hour."""
type Times = tuple[datetime, datetime]


class Days:
    """The lessons of some days.

    Args:
        plan: the week.
        bells: when the hours are.
        calendar: which days are school days, and by which bells.
        zone: where the school's clocks stand.
        name: what to call the plan in what is left out.
    """

    def __init__(
        self, plan: list[Planned], bells: Bells, calendar: Calendar, zone: ZoneInfo, *, name: str
    ) -> None:
        self._plan = plan
        self._bells = bells
        self._calendar = calendar
        self._zone = zone
        self._name = name
        self._identities = Identities(zone)
        self._slots: dict[Slot, list[Lesson]] = {}
        self._times: dict[tuple[date, str], Times | None] = {}
        self.left_out: list[Problem] = []

    def lessons(self) -> Iterator[Lesson]:
        """Give every lesson once."""
        found = {each.instance: each for lessons in self._slots.values() for each in lessons}
        yield from found.values()

    def lay_out(self, days: Iterable[date]) -> None:
        """Place the plan on the school days among these."""
        without_times: Counter[str] = Counter()
        alternating: Counter[str] = Counter()
        for day in days:
            if self._calendar.why_free(day):
                continue
            for planned in of_day(self._plan, day):
                if planned.spans and all(span.week_group for span in planned.spans):
                    alternating[planned.number] += 1
                elif (lesson := self._lesson(planned, day)) is None:
                    without_times[planned.hour] += 1
                else:
                    slot = (planned.number, day, planned.hour)
                    self._slots.setdefault(slot, []).append(lesson)
        for hour, count in without_times.items():
            self._leave_out(f"hour {hour}", f"{count} lessons", "an hour that [[bells]] has")
        for number, count in alternating.items():
            allowed = "a lesson of every week; which weeks a week group is of is not in these files"
            self._leave_out(f"lesson {number}", f"{count} lessons of a week group", allowed)

    def change(self, changes: list[Substitution], *, name: str) -> None:
        """Apply substitutions; what has no lesson is left out with its line."""
        moves = [each for each in changes if each.moves]
        for each in changes:
            if not each.moves and not self._apply(each):
                self._pass_over(each, name)
        for number in dict.fromkeys(each.number for each in moves):
            self._move([each for each in moves if each.number == number], name)

    def _lesson(self, planned: Planned, day: date) -> Lesson | None:
        times = self._at(day, planned.hour)
        if times is None:
            return None
        lesson = self._identities.named(
            Lesson(
                instance="",
                start=times[0],
                end=times[1],
                period=planned.hour,
                rooms=planned.rooms,
                groups=tuple(planned.groups),
                teachers=tuple(planned.teachers),
            )
        )
        return replace(lesson, instance=f"untis-{lesson.instance}")

    def _at(self, day: date, hour: str) -> Times | None:
        if (day, hour) not in self._times:
            self._times[day, hour] = self._read_times(day, hour)
        return self._times[day, hour]

    def _read_times(self, day: date, hour: str) -> Times | None:
        period = self._bells.period(hour, day, variant=self._calendar.variant(day))
        try:
            return period and (
                moment(day, period.start, self._zone),
                moment(day, period.end, self._zone),
            )
        except Unreadable:  # an hour that the clocks skip is no lesson hour
            return None

    def _apply(self, change: Substitution) -> bool:
        lessons = self._slots.get((change.number, change.day, change.hour), [])
        meant = [each for each in lessons if _is_meant(change, each, len(lessons))]
        for lesson in meant:
            lessons[lessons.index(lesson)] = _changed(lesson, change)
        return bool(meant)

    def _move(self, ends: list[Substitution], name: str) -> None:
        """Bring a lesson from where the plan has it to where it has not."""
        origins = [each for each in ends if self._slot(each)]
        targets = [each for each in ends if not self._slot(each)]
        for origin in origins:
            lessons = self._slot(origin)
            target = targets.pop(0) if targets else None
            times = self._at(target.day, target.hour) if target else None
            for place, lesson in enumerate(lessons):
                if target is None or times is None:
                    lessons[place] = replace(lesson, status=Status.CANCELLED)
                else:
                    here = replace(lesson, start=times[0], end=times[1], period=target.hour)
                    lessons[place] = replace(
                        _changed(here, target), rooms=target.rooms, status=Status.MOVED
                    )
        for target in targets:
            self._pass_over(target, name)

    def _slot(self, change: Substitution) -> list[Lesson]:
        return self._slots.get((change.number, change.day, change.hour), [])

    def _pass_over(self, change: Substitution, name: str) -> None:
        where = f"{name}, line {change.line}"
        found = f"lesson {change.number[:40]} on {change.day}, hour {change.hour}"
        self.left_out.append(Problem(where, found, "a lesson of the plan"))

    def _leave_out(self, where: str, found: str, allowed: str) -> None:
        self.left_out.append(Problem(f"{self._name}, {where}", found, allowed))


def _is_meant(change: Substitution, lesson: Lesson, parts: int) -> bool:
    return parts == 1 or not change.absent or change.absent in lesson.teachers


def _changed(lesson: Lesson, change: Substitution) -> Lesson:
    if change.cancels:
        return replace(lesson, status=Status.CANCELLED)
    return replace(
        lesson,
        rooms=change.rooms or lesson.rooms,
        groups=change.groups or lesson.groups,
        teachers=_taught_by(lesson, change),
        status=Status.MOVED if change.rooms not in {(), lesson.rooms} else lesson.status,
    )


def _taught_by(lesson: Lesson, change: Substitution) -> tuple[str, ...]:
    left = tuple(each for each in lesson.teachers if each != change.absent)
    stand_in = (change.stand_in,) if change.stand_in else ()
    if not stand_in:
        return lesson.teachers if change.kind == "R" else left
    return tuple(dict.fromkeys((*left, *stand_in)))
