"""The weekly plan of Untis: GPU001, the hours of each lesson.

A coupled lesson is one line for each class: lines of one lesson, hour and room are one lesson here.
Lines of one lesson in another room stay apart, so that what a teacher allows holds where she is.
The subject often has the name of the teaching group (`BI-GK1`); it is left out, because a group
that is of no class would take the lesson from its year layer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b

from schedules.importers.untis.files import Dialect, Line, lines
from schedules.importers.untis.validity import LONGEST_VALUE, Key, Spans, key_of
from schedules.problem import InvalidValue, Problem, ProblemCollector

BETWEEN = "~"
WEEKDAYS = "1234567"
EVERY_WEEK = frozenset({""})
LONGEST_NUMBER = 20
COLUMNS = 7
MOST_PARTS = 100
"""Rooms in which one lesson has lines in one hour: a plan has a few."""
_NO_TIME = "a lesson with a day and an hour"
_DIGEST_BYTES = 5


@dataclass(slots=True)
class Row:
    """What the lines of one class say, and when they hold."""

    groups: tuple[str, ...]
    teachers: tuple[str, ...]
    spans: Spans
    """Empty: always."""
    lines: list[int] = field(default_factory=list)
    is_on_a_day: bool = False
    """Whether any day that was asked for is one on which it holds, if only in some weeks."""

    def weeks(self, day: date) -> frozenset[str]:
        """Give the week groups in which it holds around a day; the empty one is every week."""
        if not self.spans:
            return EVERY_WEEK
        return frozenset(each.week_group for each in self.spans if each.covers(day))


@dataclass(slots=True)
class Planned:
    """A lesson in one hour of the week, in one room or in the same rooms."""

    number: str
    """Of the lesson, in Untis."""
    weekday: int
    """ISO: 1 is Monday."""
    hour: str
    rooms: tuple[str, ...]
    rows: dict[Key, Row] = field(default_factory=dict)
    mark: str = ""
    """Tells it from the lesson's other parts in the same hour; empty when there are none."""

    @property
    def teachers(self) -> tuple[str, ...]:
        """Everyone who teaches in it, on whatever days."""
        return tuple(sorted({each for row in self.rows.values() for each in row.teachers}))


def hours(
    content: bytes,
    validity: Mapping[Key, Spans],
    mistakes: ProblemCollector,
    left_out: list[Problem],
) -> tuple[Dialect | None, list[Planned]]:
    """Read GPU001, with what GPU002 says of the same lessons.

    Args:
        content: the file as it is.
        validity: what `periods` gave; empty without GPU002.
        mistakes: takes the lines that are wrong.
        left_out: takes the lines that are no lesson, each with the reason.
    """
    dialect, read = lines(content, columns=COLUMNS, mistakes=mistakes)
    planned: dict[tuple[str, int, str, tuple[str, ...]], Planned] = {}
    parts: Counter[tuple[str, int, str]] = Counter()
    for line in read:
        try:
            one = _hour(line)
            if one is None:
                where = f"{mistakes.name}, line {line.number}"
                left_out.append(Problem(where, "a lesson without an hour", _NO_TIME))
                continue
            hour = (one.number, one.weekday, one.hour)
            if (*hour, one.rooms) not in planned:
                parts[hour] = _one_more(parts[hour])
        except InvalidValue as wrong:
            mistakes.add_value(f"line {line.number}", wrong)
            continue
        _join(planned.setdefault((*hour, one.rooms), one), line, validity)
    _mark(planned.values())
    return dialect, list(planned.values())


def keys(content: bytes) -> set[Key]:
    """Name the lessons of GPU001; what is wrong with it is for `hours` to say."""
    _, read = lines(content, columns=COLUMNS, mistakes=ProblemCollector(""))
    return {key_of(line, 1, 2, 3, 4) for line in read}


def split(cell: str) -> tuple[str, ...]:
    """Give the values of a cell."""
    return tuple(dict.fromkeys(filter(None, (part.strip() for part in cell.split(BETWEEN)))))


def read_hour(text: str) -> str:
    """Read the number of an hour of the day.

    Raises:
        InvalidValue: when it is none.
    """
    if not _is_number(text):
        raise InvalidValue(text, "as hour a number")
    return text


def check(*cells: str) -> None:
    """Refuse what no name of a room, a class or a person is.

    Raises:
        InvalidValue: without the value, because it may be a person's.
    """
    for cell in cells:
        if not cell.isprintable() or len(cell) > LONGEST_VALUE:
            raise InvalidValue("a value that is too long or does not print", "text")


def _hour(line: Line) -> Planned | None:
    number, day, hour = line.cell(1), line.cell(6), line.cell(7)
    if not day or not hour or day == "0" or hour == "0":
        return None
    if not _is_number(number):
        raise InvalidValue(number, "as lesson a number")
    if len(day) != 1 or day not in WEEKDAYS:
        raise InvalidValue(day, f"as day a number from 1 (Monday) to {len(WEEKDAYS)}")
    check(line.cell(2), line.cell(3), line.cell(5))
    return Planned(number, int(day), read_hour(hour), split(line.cell(5)))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER


def _one_more(parts: int) -> int:
    if parts == MOST_PARTS:
        raise InvalidValue("one more room of a lesson in one hour", f"{MOST_PARTS} at most")
    return parts + 1


def _join(whole: Planned, line: Line, validity: Mapping[Key, Spans]) -> None:
    key = key_of(line, 1, 2, 3, 4)
    if key not in whole.rows:
        whole.rows[key] = Row(split(line.cell(2)), split(line.cell(3)), validity.get(key, ()))
    whole.rows[key].lines.append(line.number)


def _mark(planned: Iterable[Planned]) -> None:
    """Tell the parts of a lesson apart by their teachers, or by their rooms if those are alike.

    Never by their order: another export may have another, and what is allowed in one room would
    then hold in the next.
    """
    slots: defaultdict[tuple[str, int, str], list[Planned]] = defaultdict(list)
    for each in planned:
        slots[each.number, each.weekday, each.hour].append(each)
    for parts in slots.values():
        if len(parts) > 1:
            for part, mark in _marks(parts):
                part.mark = mark


def _marks(parts: list[Planned]) -> Iterator[tuple[Planned, str]]:
    by_teachers = Counter(part.teachers for part in parts)
    for part in parts:
        is_alone = bool(part.teachers) and by_teachers[part.teachers] == 1
        told_by = (part.teachers, () if is_alone else part.rooms)
        yield part, blake2b(repr(told_by).encode(), digest_size=_DIGEST_BYTES).hexdigest()
