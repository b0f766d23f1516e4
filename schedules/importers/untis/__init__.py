"""The timetable of Untis, from the DIF files that it exports by itself, every night if asked.

GPU001 is the week: which lesson is when and where; it has hours and no times, which come from the
school's bells. GPU002 says over which time each lesson holds, GPU014 what is different on a day.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import PurePath
from re import search
from zoneinfo import ZoneInfo

from schedules.bells import Bells
from schedules.calendar import DateRange, SchoolCalendar
from schedules.importers.result import ImportResult
from schedules.importers.untis.changes import apply
from schedules.importers.untis.days import Days
from schedules.importers.untis.files import Dialect
from schedules.importers.untis.plan import hours, keys
from schedules.importers.untis.substitutions import substitutions
from schedules.importers.untis.validity import Key, Spans, periods
from schedules.problem import Problem, ProblemCollector

_NUMBER = r"(?i)gpu(\d{3})"
_HOURS, _PERIODS, _CHANGES = "001", "002", "014"
_READ = (_HOURS, _PERIODS, _CHANGES)
LONGEST_TIME = timedelta(days=400)


def recognises(name: str, content: bytes) -> bool:
    """Say whether a file is one of Untis's, by its name."""
    return bool(content) and _number(name) in _READ


def parse(
    files: Mapping[str, bytes],
    *,
    bells: Bells,
    calendar: SchoolCalendar,
    days: DateRange,
    zone: ZoneInfo,
) -> ImportResult:
    """Lay the week of an export out over some days, with its substitutions.

    Never raises, whatever the files.

    Args:
        files: by name; GPU001 is needed, GPU002 and GPU014 may be there.
        bells: when the hours are.
        calendar: which days are school days, and by which bells.
        days: the first day and the last, at most 400 days apart.
        zone: where the school's clocks stand.
    """
    found, problems = _exported(files)
    if _HOURS not in found:
        where = next(iter(files), "the export")
        problems.append(Problem(where, "no GPU001", "a file GPU001"))
    if problems:
        return ImportResult(format="Untis", problems=tuple(problems))
    mistakes = {number: ProblemCollector(name) for number, (name, _) in found.items()}
    left_out: list[Problem] = []
    content = found[_HOURS][1]
    validity: dict[Key, Spans] = {}
    if _PERIODS in found:
        _, validity = periods(found[_PERIODS][1], keys(content), mistakes[_PERIODS], left_out)
    dialect, plan = hours(content, validity, mistakes[_HOURS], left_out)
    laid_out = Days(plan, _bounded(days).days(), bells, calendar, zone)
    left_out.extend(laid_out.lay_out(mistakes[_HOURS]))
    if _CHANGES in found:
        name, content = found[_CHANGES]
        _, changes = substitutions(content, mistakes[_CHANGES])
        left_out.extend(apply(changes, laid_out, name=name))
    lessons = tuple(laid_out.lessons())
    problems = [problem for each in mistakes.values() for problem in each.problems]
    if not plan and not problems:
        problems = [Problem(found[_HOURS][0], "no lesson", "a line for each lesson")]
    return ImportResult(
        format=_format(found, dialect),
        lessons=lessons,
        problems=tuple(problems),
        left_out=tuple(left_out),
        days=days if lessons else None,
    )


def _exported(files: Mapping[str, bytes]) -> tuple[dict[str, tuple[str, bytes]], list[Problem]]:
    """Find the files that are read, by number; two of one number leave open which is meant."""
    found: dict[str, tuple[str, bytes]] = {}
    problems: list[Problem] = []
    for name, content in files.items():
        number = _number(name)
        if number in found:
            problems.append(Problem(name, f"another GPU{number}", "one file of each number"))
        elif number in _READ:
            found[number] = name, content
    return found, problems


def _format(found: Iterable[str], dialect: Dialect | None) -> str:
    read = "Untis " + ", ".join(f"GPU{number}" for number in sorted(found))
    return f"{read}, {dialect}" if dialect else read


def _number(name: str) -> str:
    found = search(_NUMBER, PurePath(name).name)
    return found[1] if found else ""


def _bounded(days: DateRange) -> DateRange:
    return DateRange(days.first, min(days.last, days.first + LONGEST_TIME))
