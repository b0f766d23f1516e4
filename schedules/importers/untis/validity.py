"""When a lesson of Untis holds: the first day, last day and week group of a line of GPU002."""

from dataclasses import dataclass
from datetime import date

from schedules.importers.untis.files import Dialect, Line, lines
from schedules.problem import InvalidValue, Problem, ProblemCollector

COLUMNS = 16
LONGEST_VALUE = 100
MOST_SPANS = 20
"""Of one lesson of a class: more is no plan, and would be looked through for every day."""
_NO_HOUR = "a lesson that GPU001 gives no hour"


@dataclass(frozen=True, slots=True)
class Validity:
    """When a line of GPU002 holds."""

    first: date
    last: date
    week_group: str = ""
    """Empty: every week. Which weeks the others are is not in these files."""

    def covers(self, day: date) -> bool:
        """Say whether a day is in it, in whatever week."""
        return self.first <= day <= self.last


type Key = tuple[str, str, str, str]
"""Lesson, class, teacher, subject: what GPU001 and GPU002 have in common."""
type Spans = tuple[Validity, ...]


def periods(
    content: bytes, taught: set[Key], mistakes: ProblemCollector, left_out: list[Problem]
) -> tuple[Dialect | None, dict[Key, Spans]]:
    """Read GPU002: when lessons hold. A lesson with several lines holds when any of them does.

    Args:
        content: the file as it is.
        taught: the lessons that GPU001 has.
        mistakes: takes the lines that are wrong.
        left_out: takes the lines of lessons that GPU001 does not have.
    """
    dialect, read = lines(content, columns=COLUMNS, mistakes=mistakes)
    found: dict[Key, Spans] = {}
    for line in read:
        key = key_of(line, 1, 5, 6, 7)
        if key not in taught:
            where = f"{mistakes.name}, line {line.number}"
            left_out.append(Problem(where, f"lesson {key[0][:LONGEST_VALUE]}", _NO_HOUR))
            continue
        try:
            found[key] = _with(found.get(key, ()), _validity(line))
        except InvalidValue as wrong:
            mistakes.add_value(f"line {line.number}, columns 15 and 16", wrong)
    return dialect, found


def key_of(line: Line, *columns: int) -> Key:
    """Give what a lesson of a class is known by in both files."""
    number, group, teacher, subject = (line.cell(column) for column in columns)
    return number, group, teacher, subject


def read_day(text: str) -> date:
    """Read `20261019`.

    Raises:
        InvalidValue: when it is no day of the calendar.
    """
    allowed = "a date such as 20261019"
    if not (len(text) == len("20261019") and text.isascii() and text.isdecimal()):
        raise InvalidValue(text, allowed)
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise InvalidValue(text, allowed) from None


def _validity(line: Line) -> Validity:
    first, last = _day(line.cell(15), date.min), _day(line.cell(16), date.max)
    return Validity(first, last, line.cell(12))


def _with(spans: Spans, one: Validity) -> Spans:
    if one in spans:
        return spans
    if len(spans) == MOST_SPANS:
        raise InvalidValue("more lines of one lesson", f"{MOST_SPANS} at most")
    return (*spans, one)


def _day(text: str, otherwise: date) -> date:
    return read_day(text) if text.strip("0") else otherwise
