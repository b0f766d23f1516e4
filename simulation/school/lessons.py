"""The lessons of the simulated school: forty at a time, with two changes a day.

Of the 48 groups eight have a free hour in each lesson hour. Every day one lesson is cancelled, and
another is moved from later in the day to the same lesson hour; on Monday that is the first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from simulation.randomness import seeded_random
from simulation.school.bells import ZONE, BellSpan, bell_spans
from simulation.school.school import GROUPS, PupilGroup, SimulatedSchool

HEADER = "id,date,start,end,period,rooms,groups,teachers,status"
PLANNED, CANCELLED, MOVED = "planned", "cancelled", "moved"
TEACHERS = 61
"""Teachers are numbers, so that they name nobody. A prime: no two lessons at a time have the same
teacher."""

_ONE_FREE_IN = 6
"""Groups, in each lesson hour."""
_MOVED_BY = 4
"""Lesson hours."""


@dataclass(frozen=True, slots=True)
class SimulatedLesson:
    """A lesson in the timetable."""

    name: str
    span: BellSpan
    group: PupilGroup
    teacher: str
    status: str = PLANNED

    @property
    def is_held(self) -> bool:
        """Whether it takes place."""
        return self.status != CANCELLED


def list_lessons(school: SimulatedSchool, span: BellSpan, seed: int) -> Iterator[SimulatedLesson]:
    """List the lessons of a lesson hour, with that day's changes; a break has none."""
    if not span.hour:
        return
    changed = span.day.weekday() + 1
    cancelled, moved = _choose_changes(span, changed, seed)
    for group in school.groups:
        if span.hour == changed and group.number == cancelled:
            yield _lesson(group, span, CANCELLED)
        elif span.hour == changed and group.number == moved:
            yield _lesson(group, span, MOVED)
        elif span.hour == changed + _MOVED_BY and group.number == moved:
            continue
        elif not _is_free(group.number, span):
            yield _lesson(group, span)


def format_timetable(lessons: Iterable[SimulatedLesson]) -> str:
    """Format lessons as the CSV timetable that an administrator imports."""
    return "\n".join([HEADER, *map(_row, lessons), ""])


def list_lessons_of_days(
    school: SimulatedSchool, days: Iterable[date], seed: int
) -> Iterator[SimulatedLesson]:
    """List the lessons of some days."""
    for day in days:
        for span in bell_spans(day):
            yield from list_lessons(school, span, seed)


def _is_free(number: int, span: BellSpan) -> bool:
    return (number + span.hour + 5 * span.day.weekday()) % _ONE_FREE_IN == 0


def _choose_changes(span: BellSpan, changed: int, seed: int) -> tuple[int, int]:
    """Choose a group whose lesson is cancelled, and one that is free and gets a later lesson."""
    random = seeded_random(seed, "changes", span.day)
    at = BellSpan(span.start, span.end, changed, span.day)
    numbers = random.sample(range(GROUPS), GROUPS)
    cancelled = next(number for number in numbers if not _is_free(number, at))
    moved = next(number for number in numbers if _is_free(number, at))
    return cancelled, moved


def _lesson(group: PupilGroup, span: BellSpan, status: str = PLANNED) -> SimulatedLesson:
    hour = span.hour + (_MOVED_BY if status == MOVED else 0)
    teacher = (7 * group.number + 11 * span.hour + 13 * span.day.weekday()) % TEACHERS
    name = f"{span.day}-{hour}-{group.name}"
    return SimulatedLesson(name, span, group, f"doc{teacher + 1:02}", status)


def _row(lesson: SimulatedLesson) -> str:
    start, end = (
        datetime.fromtimestamp(timestamp, ZONE).strftime("%H:%M")
        for timestamp in (lesson.span.start, lesson.span.end)
    )
    return ",".join(
        (
            lesson.name,
            str(lesson.span.day),
            start,
            end,
            str(lesson.span.hour),
            lesson.group.room,
            lesson.group.name,
            lesson.teacher,
            lesson.status,
        )
    )
