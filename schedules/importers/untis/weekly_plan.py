"""The weekly plan of Untis: GPU001, the hours of each lesson.

A coupled lesson has one line for each class: lines of one lesson, hour and room are one lesson
here. Lines of one lesson in another room stay apart, so that a teacher's exemption holds where she
is. The subject often has the name of the teaching group (`BI-GK1`); it is left out, because a group
that is of no class would take the lesson from its year layer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from hashlib import blake2b

from schedules.importers.shared.leftovers import NoLesson
from schedules.importers.untis.cells import (
    check_text,
    is_number,
    parse_hour,
    require_lesson,
    split_cell,
)
from schedules.importers.untis.dif import Dialect, DifLine, parse_lines
from schedules.importers.untis.file_reading import FileReading
from schedules.importers.untis.validity import LessonKey, Validities, lesson_key
from schedules.language import gettext, gettext_lazy
from schedules.problem import InvalidValue, Problem, ProblemCollector

WEEKDAYS = "1234567"
EVERY_WEEK = frozenset({""})
COLUMNS = 7
MAX_PARTS = 100
"""Rooms in which one lesson has lines in one hour: a plan has a few."""
_NO_TIME = gettext_lazy("a lesson with a day and an hour")
_DIGEST_BYTES = 5


@dataclass(slots=True)
class PlannedClass:
    """What the lines of one class say, and when they are valid."""

    groups: tuple[str, ...]
    teachers: tuple[str, ...]
    validities: Validities
    """Empty: always."""
    lines: list[int] = field(default_factory=list)
    is_on_a_day: bool = False
    """Whether it is valid on any of the imported days, if only in some weeks."""

    def week_groups(self, day: date) -> frozenset[str]:
        """Return the week groups in which it is valid on a day; the empty one is every week."""
        if not self.validities:
            return EVERY_WEEK
        return frozenset(
            validity.week_group for validity in self.validities if validity.covers(day)
        )


@dataclass(slots=True)
class PlannedLesson:
    """A lesson in one hour of the week, in one room or in the same rooms."""

    number: str
    """Of the lesson, in Untis."""
    weekday: int
    """ISO: 1 is Monday."""
    hour: str
    rooms: tuple[str, ...]
    classes: dict[LessonKey, PlannedClass] = field(default_factory=dict)
    mark: str = ""
    """Tells it from the lesson's other parts in the same hour; empty when there are none."""

    @property
    def teachers(self) -> tuple[str, ...]:
        """Everyone who teaches it, on whatever days."""
        return tuple(
            sorted({teacher for planned in self.classes.values() for teacher in planned.teachers})
        )


type _Hour = tuple[str, int, str]
"""A lesson's number, weekday and hour."""


def parse_weekly_plan(
    content: bytes,
    validity: Mapping[LessonKey, Validities],
    file: FileReading,
    left_out: list[Problem],
) -> tuple[Dialect | None, list[PlannedLesson]]:
    """Parse GPU001, with what GPU002 says of the same lessons.

    Args:
        content: the file.
        validity: what `parse_validity` returned; empty without GPU002.
        file: collects the lines that cannot be read; no line of their lesson makes one.
        left_out: collects the lines without an hour, with the reason.
    """
    leave_out = partial(_leave_out, file)
    dialect, lines = parse_lines(
        content, columns=COLUMNS, problems=file.problems, leave_out=leave_out
    )
    plan: dict[tuple[_Hour, tuple[str, ...]], PlannedLesson] = {}
    parts: Counter[_Hour] = Counter()
    for line in lines:
        try:
            lesson = _parse_line(line)
            if lesson is None:
                where = gettext("{name}, line {number}", name=file.name, number=line.number)
                left_out.append(Problem(where, gettext("a lesson without an hour"), str(_NO_TIME)))
                continue
            hour = (lesson.number, lesson.weekday, lesson.hour)
            if (hour, lesson.rooms) not in plan:
                parts[hour] = _one_more(parts[hour])
        except NoLesson as kind:
            file.leftovers.leave_out(kind)
            continue
        except InvalidValue as error:
            leave_out(line, error)
            continue
        file.readable += 1
        _add_class(plan.setdefault((hour, lesson.rooms), lesson), line, validity)
    _mark_parts(plan.values())
    return dialect, list(plan.values())


def parse_lesson_keys(content: bytes) -> set[LessonKey]:
    """Return the keys of GPU001's lessons. Its problems are collected by `parse_weekly_plan`."""
    _, lines = parse_lines(
        content, columns=COLUMNS, problems=ProblemCollector(""), leave_out=lambda _, __: None
    )
    return {lesson_key(line, 1, 2, 3, 4) for line in lines}


def _leave_out(file: FileReading, line: DifLine, mistake: InvalidValue) -> None:
    file.add_unreadable(line.number, mistake)
    number, day, hour = line.cell(1), line.cell(6), line.cell(7)
    if is_number(number):
        file.doubts.add(
            number,
            int(day) if len(day) == 1 and day in WEEKDAYS else None,
            hour if is_number(hour) else None,
        )


def _parse_line(line: DifLine) -> PlannedLesson | None:
    """Return the lesson of a line; None when it has no hour. Hour 0 is before the first."""
    number, day, hour = line.cell(1), line.cell(6), line.cell(7)
    require_lesson(number)
    if not day or not hour or day == "0":
        return None
    if not is_number(number):
        raise InvalidValue(number, gettext("as lesson a number"))
    if len(day) != 1 or day not in WEEKDAYS:
        raise InvalidValue(
            day, gettext("as day a number from 1 (Monday) to {count}", count=len(WEEKDAYS))
        )
    check_text(line.cell(2), line.cell(3), line.cell(5))
    return PlannedLesson(number, int(day), parse_hour(hour), split_cell(line.cell(5)))


def _one_more(parts: int) -> int:
    if parts == MAX_PARTS:
        raise InvalidValue(
            gettext("one more room of a lesson in one hour"),
            gettext("{count} at most", count=MAX_PARTS),
        )
    return parts + 1


def _add_class(
    lesson: PlannedLesson, line: DifLine, validity: Mapping[LessonKey, Validities]
) -> None:
    key = lesson_key(line, 1, 2, 3, 4)
    if key not in lesson.classes:
        lesson.classes[key] = PlannedClass(
            split_cell(line.cell(2)), split_cell(line.cell(3)), validity.get(key, ())
        )
    lesson.classes[key].lines.append(line.number)


def _mark_parts(plan: Iterable[PlannedLesson]) -> None:
    """Tell the parts of a lesson apart by their teachers, or by their rooms if those are alike.

    Never by their order: another export may have another order, and an exemption in one room would
    then hold in the next.
    """
    by_hour: defaultdict[_Hour, list[PlannedLesson]] = defaultdict(list)
    for lesson in plan:
        by_hour[lesson.number, lesson.weekday, lesson.hour].append(lesson)
    for parts in by_hour.values():
        if len(parts) > 1:
            for part, mark in _marks(parts):
                part.mark = mark


def _marks(parts: list[PlannedLesson]) -> Iterator[tuple[PlannedLesson, str]]:
    by_teachers = Counter(part.teachers for part in parts)
    for part in parts:
        is_alone = bool(part.teachers) and by_teachers[part.teachers] == 1
        told_by = (part.teachers, () if is_alone else part.rooms)
        yield part, blake2b(repr(told_by).encode(), digest_size=_DIGEST_BYTES).hexdigest()
