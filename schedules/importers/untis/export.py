"""Parses one export of Untis: the week laid out over days, with its substitutions applied."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

from schedules.bells import Bells
from schedules.calendar import DateRange, SchoolCalendar
from schedules.importers.importer import ImportResult
from schedules.importers.untis.applied_substitutions import apply_substitutions
from schedules.importers.untis.dated_plan import DatedPlan
from schedules.importers.untis.dif import Dialect
from schedules.importers.untis.file_names import (
    PARSED,
    SUBSTITUTIONS,
    VALIDITY,
    WEEK,
    file_number,
)
from schedules.importers.untis.file_reading import FileReading
from schedules.importers.untis.substitutions import parse_substitutions
from schedules.importers.untis.validity import LessonKey, Validities, parse_validity
from schedules.importers.untis.weekly_plan import (
    PlannedLesson,
    parse_lesson_keys,
    parse_weekly_plan,
)
from schedules.language import gettext
from schedules.problem import Problem

MAX_SPAN = timedelta(days=400)
MAX_UNREADABLE_CHANGES = 10
"""Lines of GPU014, whatever their share: on a quiet day one is much, and costs its own lesson."""

type _File = tuple[str, bytes]
"""Name and content."""


def parse_export(
    files: Mapping[str, bytes],
    *,
    bells: Bells,
    calendar: SchoolCalendar,
    days: DateRange,
    zone: ZoneInfo,
) -> ImportResult:
    """Lay the week of an export out over some days, with its substitutions.

    It never raises, whatever the files.

    Args:
        files: by name; GPU001 is needed, GPU002 and GPU014 are optional.
        bells: when the hours are.
        calendar: which days are school days, and which bells ring on them.
        days: 401 days at most; later ones are left alone.
        zone: the school's time zone.
    """
    by_number, problems = _files_by_number(files)
    if WEEK not in by_number:
        where = next(iter(files), gettext("the export"))
        problems.append(Problem(where, gettext("no GPU001"), gettext("a file GPU001")))
    if problems:
        return ImportResult(format="Untis", problems=tuple(problems))
    reading = {number: FileReading(name) for number, (name, _) in by_number.items()}
    left_out: list[Problem] = []
    week = by_number[WEEK][1]
    validity: dict[LessonKey, Validities] = {}
    if VALIDITY in by_number:
        _, validity = parse_validity(
            by_number[VALIDITY][1], parse_lesson_keys(week), reading[VALIDITY], left_out
        )
    dialect, plan = parse_weekly_plan(week, validity, reading[WEEK], left_out)
    certain = [lesson for lesson in plan if not _is_doubtful(lesson, reading)]
    dated_plan = DatedPlan(certain, _bounded(days).days(), bells, calendar, zone)
    left_out.extend(dated_plan.lay_out(reading[WEEK].problems))
    if SUBSTITUTIONS in by_number:
        name, content = by_number[SUBSTITUTIONS]
        _, substitutions = parse_substitutions(content, reading[SUBSTITUTIONS])
        left_out.extend(apply_substitutions(substitutions, dated_plan, name=name))
        dated_plan.leave_out(reading[SUBSTITUTIONS].doubts)
    lessons = tuple(dated_plan.lessons())
    problems = [problem for number, file in reading.items() for problem in _problems(number, file)]
    if not plan and not problems:
        problems = [
            Problem(by_number[WEEK][0], gettext("no lesson"), gettext("a line for each lesson"))
        ]
    return ImportResult(
        format=_format(by_number, dialect),
        lessons=lessons,
        problems=tuple(problems),
        left_out=(
            *left_out,
            *(problem for file in reading.values() for problem in file.leftovers.left_out),
        ),
        unreadable=tuple(
            problem for file in reading.values() for problem in file.leftovers.unreadable
        ),
        days=days if lessons else None,
    )


def _is_doubtful(lesson: PlannedLesson, reading: Mapping[str, FileReading]) -> bool:
    return any(
        reading[number].doubts.covers(lesson.number, lesson.weekday, lesson.hour)
        for number in (WEEK, VALIDITY)
        if number in reading
    )


def _problems(number: str, file: FileReading) -> tuple[Problem, ...]:
    few = MAX_UNREADABLE_CHANGES if number == SUBSTITUTIONS else 0
    return (*file.problems.problems, *file.leftovers.refusal(file.readable, few=few))


def _files_by_number(files: Mapping[str, bytes]) -> tuple[dict[str, _File], list[Problem]]:
    """Sort the files by number. Two of one number are a problem: which one is meant is unknown."""
    by_number: dict[str, _File] = {}
    problems: list[Problem] = []
    for name, content in files.items():
        number = file_number(name)
        if number in by_number:
            problems.append(
                Problem(
                    name,
                    gettext("another GPU{number}", number=number),
                    gettext("one file of each number"),
                )
            )
        elif number in PARSED:
            by_number[number] = name, content
    return by_number, problems


def _format(numbers: Iterable[str], dialect: Dialect | None) -> str:
    files = "Untis " + ", ".join(f"GPU{number}" for number in sorted(numbers))
    return f"{files}, {dialect}" if dialect else files


def _bounded(days: DateRange) -> DateRange:
    return DateRange(days.first, min(days.last, days.first + MAX_SPAN))
