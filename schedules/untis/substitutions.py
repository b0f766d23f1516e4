"""Untis's substitutions, GPU014: what is cancelled, moved, elsewhere or taught by another.

Column 16 is the reason of an absence, staff's health, and column 17 a free text: both are emptied
as a line is read. Types are blank-padded: `C` cancelled, `L` released, `T` and `F` the two ends of
a move, `R` another room, `S` supervision; all others are a change of teacher, room or class.

Which of `T` and `F` is which end is unverified. It does not matter here: the end at which the plan
has the lesson is where it has gone from, the other is where it has gone to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from schedules.mistakes import Mistakes
from schedules.unreadable import Unreadable
from schedules.untis.files import Dialect, Line, lines
from schedules.untis.plan import LONGEST_HOUR, read_day, split

COLUMNS = 15
NOT_READ = (16, 17)
"""An absence's reason, and a free text."""
CANCELLING = frozenset("CL")
MOVING = frozenset("TF")


@dataclass(frozen=True, slots=True)
class Substitution:
    """One line of GPU014."""

    line: int
    number: str
    day: date
    hour: str
    absent: str
    stand_in: str
    rooms: tuple[str, ...]
    """Empty: as planned."""
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


def substitutions(
    content: bytes, mistakes: Mistakes
) -> tuple[Dialect | None, Iterator[Substitution]]:
    """Read GPU014. Lines that are wrong are noted and passed over."""
    dialect, read = lines(content, columns=COLUMNS, dropped=NOT_READ, mistakes=mistakes)
    return dialect, _read(read, mistakes)


def _read(read: Iterator[Line], mistakes: Mistakes) -> Iterator[Substitution]:
    for line in read:
        try:
            yield _substitution(line)
        except Unreadable as wrong:
            mistakes.add(f"line {line.number}", wrong.found, wrong.allowed)


def _substitution(line: Line) -> Substitution:
    hour = line.cell(3)
    if not hour.isdecimal() or len(hour) > LONGEST_HOUR:
        raise Unreadable(hour, "as hour a number")
    return Substitution(
        line=line.number,
        number=line.cell(5),
        day=read_day(line.cell(2)),
        hour=hour,
        absent=line.cell(6),
        stand_in=line.cell(7),
        rooms=split(line.cell(13)),
        groups=split(line.cell(19)),
        kind=line.cell(20)[:1],
    )
