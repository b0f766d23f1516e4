"""The timetable of Untis, from the DIF files that it exports by itself, every night if asked.

GPU001 is the week: which lesson is when and where; it has hours and no times, which come from the
school's bells. GPU002 says over which time each lesson holds, GPU014 what is different on a day.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import PurePath
from re import search
from zoneinfo import ZoneInfo

from schedules.bells import Bells
from schedules.calendar import Calendar
from schedules.imported import Imported
from schedules.mistakes import Mistakes
from schedules.problem import Problem
from schedules.untis.days import Days
from schedules.untis.plan import Key, Validity, hours, keys, periods
from schedules.untis.substitutions import substitutions

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
    calendar: Calendar,
    days: tuple[date, date],
    zone: ZoneInfo,
) -> Imported:
    """Lay the week of an export out over some days, with its substitutions.

    Never raises, whatever the files.

    Args:
        files: by name; GPU001 is needed, GPU002 and GPU014 may be there.
        bells: when the hours are.
        calendar: which days are school days, and by which bells.
        days: the first day and the last, at most 400 days apart.
        zone: where the school's clocks stand.
    """
    found = {_number(name): (name, content) for name, content in files.items()}
    if _HOURS not in found:
        where = next(iter(files), "the export")
        return Imported(format="Untis", problems=(Problem(where, "no GPU001", "a file GPU001"),))
    mistakes = {number: Mistakes(name) for number, (name, _) in found.items()}
    left_out: list[Problem] = []
    content = found[_HOURS][1]
    validity: dict[Key, Validity] = {}
    if _PERIODS in found:
        _, validity = periods(found[_PERIODS][1], keys(content), mistakes[_PERIODS], left_out)
    dialect, plan = hours(content, validity, mistakes[_HOURS], left_out)
    laid_out = Days(plan, bells, calendar, zone, name=found[_HOURS][0])
    laid_out.lay_out(_each(days))
    if _CHANGES in found:
        _, changes = substitutions(found[_CHANGES][1], mistakes[_CHANGES])
        laid_out.change(list(changes), name=found[_CHANGES][0])
    lessons = tuple(laid_out.lessons())
    problems = [problem for each in mistakes.values() for problem in each.problems]
    if not plan and not problems:
        problems = [Problem(found[_HOURS][0], "no lesson", "a line for each lesson")]
    return Imported(
        format=f"Untis {', '.join(f'GPU{number}' for number in sorted(found))}, {dialect}",
        lessons=lessons,
        problems=tuple(problems),
        left_out=(*left_out, *laid_out.left_out),
        days=days if lessons else None,
    )


def _number(name: str) -> str:
    found = search(_NUMBER, PurePath(name).name)
    return found[1] if found else ""


def _each(days: tuple[date, date]) -> Iterable[date]:
    first, last = days
    last = min(last, first + LONGEST_TIME)
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
