"""Untis's substitutions, GPU014: what is cancelled, moved, elsewhere or taught by another.

Column 16 is the reason of an absence, staff's health, and column 17 a free text: both are emptied
as a line is read. A separator in a text without quotes moves such words into later columns: a line
whose later columns cannot be what they should be is refused as a whole, and nothing of it is told.

Types are blank-padded: `C` cancelled, `L` released, `T` and `F` the two ends of a move, `R` another
room, `S` supervision; all others are a change of teacher, room or class.

Which of `T` and `F` is which end is unverified. It does not matter here: the end at which the plan
has the lesson is where it has gone from, the other is where it has gone to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from schedules.importers.untis.files import Dialect, Line, lines
from schedules.importers.untis.plan import check, read_hour, split
from schedules.importers.untis.validity import read_day
from schedules.problem import InvalidValue, ProblemCollector

COLUMNS = 20
"""Up to the type: a line that is cut off before it would be taken for another change."""
NOT_READ = (16, 17)
"""An absence's reason, and a free text."""
CANCELLING = frozenset("CL")
MOVING = frozenset("TF")
KEEPING_TEACHERS = frozenset("RTF")
"""Another room or hour takes nobody's lesson from her."""


@dataclass(frozen=True, slots=True)
class Substitution:
    """One line of GPU014."""

    line: int
    number: str
    day: date
    hour: str
    absent: str
    stand_in: str
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
        """Whether the lesson has gone from here, or has come here."""
        return self.kind in MOVING

    @property
    def keeps_teachers(self) -> bool:
        """Whether who teaches stays, unless it names a stand-in."""
        return self.kind in KEEPING_TEACHERS


def substitutions(
    content: bytes, mistakes: ProblemCollector
) -> tuple[Dialect | None, Iterator[Substitution]]:
    """Read GPU014. Lines that are wrong are noted and passed over."""
    dialect, read = lines(content, columns=COLUMNS, dropped=NOT_READ, mistakes=mistakes)
    return dialect, _read(read, mistakes)


def _read(read: Iterator[Line], mistakes: ProblemCollector) -> Iterator[Substitution]:
    for line in read:
        try:
            yield _substitution(line)
        except InvalidValue as wrong:
            mistakes.add_value(f"line {line.number}", wrong)


def _substitution(line: Line) -> Substitution:
    _check_columns(line)
    check(*(line.cell(column) for column in (5, 6, 7, 12, 13, 15, 19)))
    return Substitution(
        line=line.number,
        number=line.cell(5),
        day=read_day(line.cell(2)),
        hour=read_hour(line.cell(3)),
        absent=line.cell(6),
        stand_in=line.cell(7),
        planned_rooms=split(line.cell(12)),
        rooms=split(line.cell(13)),
        planned_groups=split(line.cell(15)),
        groups=split(line.cell(19)),
        kind=line.cell(20),
    )


def _check_columns(line: Line) -> None:
    """Refuse a line of which bits, type or moment of change is no such thing."""
    bits, kind, changed = line.cell(18), line.cell(20), line.cell(21)
    if _is_digits(bits) and len(kind) <= 1 and not kind.isdecimal() and _is_digits(changed):
        return
    allowed = "a line with quotes around its texts, so that a separator in one is none"
    raise InvalidValue("columns that are not in their place", allowed)


def _is_digits(cell: str) -> bool:
    return not cell or (cell.isascii() and cell.isdecimal())
