"""Untis's substitutions, GPU014: what is cancelled, moved, elsewhere or taught by another.

Column 16 is the reason of an absence, which is staff health data, and column 17 a free text: both
are emptied as a line is parsed. A separator in a text without quotes moves such words into later
columns: a line whose later columns cannot be what they should be is left out as a whole, and
nothing of it is quoted. What it changes is then not known, so its lesson is left out too.

Types are blank-padded: `C` cancelled, `L` released, `T` and `F` the two ends of a move, `R` another
room, `S` supervision; all others are a change of teacher, room or class.

Which of `T` and `F` is which end is unverified. It does not matter here: the end at which the plan
has the lesson is its origin, and the other is its target.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

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
from schedules.importers.untis.validity import parse_day
from schedules.language import gettext
from schedules.problem import InvalidValue

COLUMNS = 20
"""Up to the type: a line that is cut off before it would be taken for another change."""
DROPPED_COLUMNS = (16, 17)
"""An absence's reason, and a free text."""
CANCELLING = frozenset("CL")
MOVING = frozenset("TF")
KEEPING_TEACHERS = frozenset("RTF")
"""Another room or hour does not take a lesson from its teacher."""


@dataclass(frozen=True, slots=True)
class Substitution:
    """One line of GPU014."""

    line: int
    lesson: str
    """The lesson's number."""
    day: date
    hour: str
    absent: str
    """The teacher who is absent."""
    stand_in: str
    """The teacher who takes over; empty when there is none."""
    planned_rooms: tuple[str, ...]
    rooms: tuple[str, ...]
    """Empty: as planned."""
    planned_groups: tuple[str, ...]
    groups: tuple[str, ...]
    """Empty: as planned."""
    kind: str

    @property
    def cancels(self) -> bool:
        """Whether the lesson is not held."""
        return self.kind in CANCELLING

    @property
    def moves(self) -> bool:
        """Whether it is one end of a move."""
        return self.kind in MOVING

    @property
    def keeps_teachers(self) -> bool:
        """Whether the teachers stay, unless it names a stand-in."""
        return self.kind in KEEPING_TEACHERS


def parse_substitutions(
    content: bytes, file: FileReading
) -> tuple[Dialect | None, Iterator[Substitution]]:
    """Parse GPU014.

    Args:
        content: the file.
        file: collects the lines that cannot be read; the lessons that they are about are in doubt.
    """
    dialect, lines = parse_lines(
        content,
        columns=COLUMNS,
        dropped=DROPPED_COLUMNS,
        problems=file.problems,
        leave_out=partial(_leave_out, file),
    )
    return dialect, _parse(lines, file)


def _parse(lines: Iterator[DifLine], file: FileReading) -> Iterator[Substitution]:
    for line in lines:
        try:
            substitution = _parse_line(line)
        except NoLesson as kind:
            file.leftovers.leave_out(kind)
        except InvalidValue as error:
            _leave_out(file, line, error)
        else:
            file.readable += 1
            yield substitution


def _leave_out(file: FileReading, line: DifLine, mistake: InvalidValue) -> None:
    """Cast doubt on the lessons that a line may be about; on all of them when it names none."""
    number = line.cell(5) if is_number(line.cell(5)) else None
    try:
        day = parse_day(line.cell(2))
    except InvalidValue:
        day = None
    if number is None and day is None:
        file.problems.add_value(gettext("line {number}", number=line.number), mistake)
        return
    file.add_unreadable(line.number, mistake)
    file.doubts.add(number, day, line.cell(3) if is_number(line.cell(3)) else None)


def _parse_line(line: DifLine) -> Substitution:
    require_lesson(line.cell(5))
    _check_columns(line)
    check_text(*(line.cell(column) for column in (5, 6, 7, 12, 13, 15, 19)))
    return Substitution(
        line=line.number,
        lesson=line.cell(5),
        day=parse_day(line.cell(2)),
        hour=parse_hour(line.cell(3)),
        absent=line.cell(6),
        stand_in=line.cell(7),
        planned_rooms=split_cell(line.cell(12)),
        rooms=split_cell(line.cell(13)),
        planned_groups=split_cell(line.cell(15)),
        groups=split_cell(line.cell(19)),
        kind=line.cell(20),
    )


def _check_columns(line: DifLine) -> None:
    """Refuse a line whose bits, type or time of change cannot be that."""
    bits, kind, changed = line.cell(18), line.cell(20), line.cell(21)
    if _is_digits(bits) and len(kind) <= 1 and not kind.isdecimal() and _is_digits(changed):
        return
    allowed = gettext("a line with quotes around its texts, so that a separator in one is none")
    raise InvalidValue(gettext("columns that are not in their place"), allowed)


def _is_digits(cell: str) -> bool:
    return not cell or (cell.isascii() and cell.isdecimal())
