"""The weekly plan of Untis: GPU001, the hours of each lesson, and GPU002, when it holds.

A coupled lesson is one line for each class: lines of one lesson, hour and room are one lesson here.
Lines of one lesson in another room stay apart, so that what a teacher allows holds where she is.
The subject often has the name of the teaching group (`BI-GK1`); it is left out, because a group
that is of no class would take the lesson from its year layer.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from schedules.mistakes import Mistakes
from schedules.problem import Problem
from schedules.unreadable import Unreadable
from schedules.untis.files import Dialect, Line, lines

BETWEEN = "~"
LAST_DAY = 7
LONGEST_VALUE = 100
LONGEST_HOUR = 40
HOURS_COLUMNS = 7
LESSONS_COLUMNS = 16
_NO_HOUR = "a lesson that GPU001 gives no hour"
_NO_TIME = "a lesson with a day and an hour"


@dataclass(slots=True)
class Planned:
    """A lesson in one hour of the week, in one room or in the same rooms."""

    number: str
    """Of the lesson, in Untis."""
    weekday: int
    """ISO: 1 is Monday."""
    hour: str
    rooms: tuple[str, ...]
    groups: list[str] = field(default_factory=list)
    teachers: list[str] = field(default_factory=list)
    spans: set["Validity"] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Validity:
    """When a line of GPU002 holds."""

    first: date
    last: date
    week_group: str = ""
    """Empty: every week. Which weeks the others are is not in these files."""


type Key = tuple[str, str, str, str]
"""Lesson, class, teacher, subject: what GPU001 and GPU002 have in common."""


def hours(
    content: bytes, validity: dict[Key, Validity], mistakes: Mistakes, left_out: list[Problem]
) -> tuple[Dialect | None, list[Planned]]:
    """Read GPU001, with what GPU002 says of the same lessons.

    Args:
        content: the file as it is.
        validity: what `periods` gave; empty without GPU002.
        mistakes: takes the lines that are wrong.
        left_out: takes the lines that are no lesson, each with the reason.
    """
    dialect, read = lines(content, columns=HOURS_COLUMNS, mistakes=mistakes)
    planned: dict[tuple[str, int, str, tuple[str, ...]], Planned] = {}
    for line in read:
        try:
            one = _hour(line)
        except Unreadable as wrong:
            mistakes.add(f"line {line.number}", wrong.found, wrong.allowed)
            continue
        if one is None:
            where = f"{mistakes.name}, line {line.number}"
            left_out.append(Problem(where, "a lesson without an hour", _NO_TIME))
            continue
        key = (one.number, one.weekday, one.hour, one.rooms)
        whole = planned.setdefault(key, one)
        _join(whole.groups, line.cell(2))
        _join(whole.teachers, line.cell(3))
        if said := validity.get(_key(line, 1, 2, 3, 4)):
            whole.spans.add(said)
    return dialect, list(planned.values())


def periods(
    content: bytes, taught: set[Key], mistakes: Mistakes, left_out: list[Problem]
) -> tuple[Dialect | None, dict[Key, Validity]]:
    """Read GPU002: when lessons hold.

    Args:
        content: the file as it is.
        taught: the lessons that GPU001 has.
        mistakes: takes the lines that are wrong.
        left_out: takes the lines of lessons that GPU001 does not have.
    """
    dialect, read = lines(content, columns=LESSONS_COLUMNS, mistakes=mistakes)
    found: dict[Key, Validity] = {}
    for line in read:
        key = _key(line, 1, 5, 6, 7)
        if key not in taught:
            where = f"{mistakes.name}, line {line.number}"
            left_out.append(Problem(where, f"lesson {key[0][:LONGEST_VALUE]}", _NO_HOUR))
            continue
        try:
            first, last = _day(line.cell(15), date.min), _day(line.cell(16), date.max)
        except Unreadable as wrong:
            mistakes.add(f"line {line.number}, columns 15 and 16", wrong.found, wrong.allowed)
            continue
        found[key] = Validity(first, last, line.cell(12))
    return dialect, found


def keys(content: bytes) -> set[Key]:
    """Name the lessons of GPU001; what is wrong with it is for `hours` to say."""
    _, read = lines(content, columns=HOURS_COLUMNS, mistakes=Mistakes(""))
    return {_key(line, 1, 2, 3, 4) for line in read}


def split(cell: str) -> tuple[str, ...]:
    """Give the values of a cell."""
    return tuple(dict.fromkeys(filter(None, (part.strip() for part in cell.split(BETWEEN)))))


def _hour(line: Line) -> Planned | None:
    day, hour = line.cell(6), line.cell(7)
    if not day or not hour or day == "0" or hour == "0":
        return None
    if not (day.isdecimal() and int(day) <= LAST_DAY):
        raise Unreadable(day, f"as day a number from 1 (Monday) to {LAST_DAY}")
    if not (hour.isdecimal() and len(hour) <= LONGEST_HOUR):
        raise Unreadable(hour, "as hour a number")
    for value in (line.cell(1), line.cell(2), line.cell(5)):
        if not value.isprintable() or len(value) > LONGEST_VALUE:
            raise Unreadable("a value that is too long or does not print", "text")
    return Planned(line.cell(1), int(day), hour, split(line.cell(5)))


def _key(line: Line, *columns: int) -> Key:
    number, group, teacher, subject = (line.cell(column) for column in columns)
    return number, group, teacher, subject


def _join(values: list[str], cell: str) -> None:
    values.extend(each for each in split(cell) if each not in values)


def _day(text: str, otherwise: date) -> date:
    if not text or not text.strip("0"):
        return otherwise
    return read_day(text)


def read_day(text: str) -> date:
    """Read `20261019`.

    Raises:
        Unreadable: when it is no day of the calendar.
    """
    allowed = "a date such as 20261019"
    if not (len(text) == len("20261019") and text.isascii() and text.isdecimal()):
        raise Unreadable(text, allowed)
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise Unreadable(text, allowed) from None


def of_day(plan: list[Planned], day: date) -> Iterator[Planned]:
    """Give what is planned on a day, by weekday and validity."""
    for one in plan:
        if one.weekday == day.isoweekday() and (
            not one.spans or any(span.first <= day <= span.last for span in one.spans)
        ):
            yield one
