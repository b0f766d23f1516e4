"""When a lesson of Untis is valid: the first day, last day and week group of a line of GPU002."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from schedules.importers.shared.limits import MAX_VALUE_LENGTH
from schedules.importers.untis.dif import Dialect, DifLine, parse_lines
from schedules.importers.untis.file_reading import FileReading
from schedules.language import gettext, gettext_lazy
from schedules.problem import InvalidValue, Problem

COLUMNS = 16
MAX_VALIDITIES = 20
"""Of one lesson of a class: more is no plan, and would be searched for every day."""
_NO_HOUR = gettext_lazy("a lesson that GPU001 gives no hour")


@dataclass(frozen=True, slots=True)
class Validity:
    """When a line of GPU002 is valid."""

    first: date
    last: date
    week_group: str = ""
    """Empty: every week. Which weeks the other groups are is not in these files."""

    def covers(self, day: date) -> bool:
        """Return whether a day is in it, in whatever week."""
        return self.first <= day <= self.last


type LessonKey = tuple[str, str, str, str]
"""Lesson, class, teacher, subject: what GPU001 and GPU002 have in common."""
type Validities = tuple[Validity, ...]


def parse_validity(
    content: bytes, planned: set[LessonKey], file: FileReading, left_out: list[Problem]
) -> tuple[Dialect | None, dict[LessonKey, Validities]]:
    """Parse GPU002. A lesson with several lines is valid when any of them is.

    Args:
        content: the file.
        planned: the lessons of GPU001.
        file: collects the lines that cannot be read; their lessons are in doubt.
        left_out: collects the lines of lessons that GPU001 does not have.
    """
    leave_out = partial(_leave_out, file)
    dialect, lines = parse_lines(
        content, columns=COLUMNS, problems=file.problems, leave_out=leave_out
    )
    by_key: dict[LessonKey, Validities] = {}
    for line in lines:
        key = lesson_key(line, 1, 5, 6, 7)
        if key not in planned:
            where = gettext("{name}, line {number}", name=file.name, number=line.number)
            left_out.append(
                Problem(
                    where, gettext("lesson {value}", value=key[0][:MAX_VALUE_LENGTH]), str(_NO_HOUR)
                )
            )
            continue
        try:
            by_key[key] = _with(by_key.get(key, ()), _parse_line(line))
        except InvalidValue as error:
            _leave_out(file, line, error)
            continue
        file.readable += 1
    return dialect, by_key


def _leave_out(file: FileReading, line: DifLine, mistake: InvalidValue) -> None:
    file.add_unreadable(line.number, mistake)
    file.doubts.add(line.cell(1))


def lesson_key(line: DifLine, *columns: int) -> LessonKey:
    """Return what identifies a lesson of a class in both files, from the columns of this one."""
    number, group, teacher, subject = (line.cell(column) for column in columns)
    return number, group, teacher, subject


def parse_day(text: str) -> date:
    """Parse `20261019`.

    Raises:
        InvalidValue: when it is no day of the calendar.
    """
    allowed = gettext("a date such as 20261019")
    if not (len(text) == len("20261019") and text.isascii() and text.isdecimal()):
        raise InvalidValue(text, allowed)
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise InvalidValue(text, allowed) from None


def _parse_line(line: DifLine) -> Validity:
    first, last = _parse_day(line.cell(15), date.min), _parse_day(line.cell(16), date.max)
    return Validity(first, last, line.cell(12))


def _with(validities: Validities, validity: Validity) -> Validities:
    if validity in validities:
        return validities
    if len(validities) == MAX_VALIDITIES:
        raise InvalidValue(
            gettext("more lines of one lesson"), gettext("{count} at most", count=MAX_VALIDITIES)
        )
    return (*validities, validity)


def _parse_day(text: str, default: date) -> date:
    return parse_day(text) if text.strip("0") else default
