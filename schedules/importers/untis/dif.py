"""Parses the lines of Untis's DIF files, whose separator, quotes and encoding the user chooses.

The format has no header: columns are known by their number. It is described in Untis's manual
under 'DIF files'; published samples agree with it.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from re import findall

from schedules.importers.shared.delimited_text import (
    MAX_LINES,
    cut_off,
    decode_named,
    split_line,
)
from schedules.language import gettext, ngettext
from schedules.problem import InvalidValue, ProblemCollector

SEPARATORS = (";", ",", "\t", "|")
QUOTES = ('"', "'")
_QUOTED_CELL = r"(?m)(?<![^;,\t|]){0}[^{0}\n]*{0}(?=\s*(?:[;,\t|]|$))"
_SAMPLED_LINES = 20
"""Enough to tell a separator from a character in a text."""
_LEADING_CELLS = 5
"""Up to the lesson's number in GPU014; no text comes before."""
_MAX_LEAD = 200
"""Characters."""


@dataclass(frozen=True, slots=True)
class DifLine:
    """One line: its number, and its cells, stripped of blanks."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """Return a cell by the manual's number of its column, from 1; empty when it is absent."""
        return self.cells[column - 1] if column <= len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written."""

    separator: str
    quote: str
    encoding: str

    def __str__(self) -> str:
        shown = gettext("a tab") if self.separator == "\t" else f"'{self.separator}'"
        return gettext(
            "{separator} between cells, {encoding}", separator=shown, encoding=self.encoding
        )


type LeaveOut = Callable[[DifLine, InvalidValue], None]
"""Called with a line that cannot be read, and what is wrong with it."""


def parse_lines(
    content: bytes,
    *,
    columns: int,
    dropped: tuple[int, ...] = (),
    problems: ProblemCollector,
    leave_out: LeaveOut,
) -> tuple[Dialect | None, Iterator[DifLine]]:
    """Recognise how a file is written, and parse its lines.

    Args:
        content: the file.
        columns: the fewest that a line has.
        dropped: columns, from 1, that are nobody's business: they are emptied at once.
        problems: collects what is wrong with the file.
        leave_out: called for each line with fewer columns or broken quotes; it has those cells
            that come before any text, as far as they are there.
    """
    try:
        text, encoding = _decode(content)
    except InvalidValue as error:
        problems.add_value(gettext("the whole file"), error)
        return None, iter(())
    sample = "".join(islice(io.StringIO(text, newline=None), _SAMPLED_LINES))
    quote = _recognise_quote(sample)
    dialect = Dialect(_recognise_separator(sample, quote), quote, encoding)
    shape = _LineShape(dialect, columns, dropped)
    return dialect, _parse(text, shape, problems, leave_out)


@dataclass(frozen=True, slots=True)
class _LineShape:
    """What a line of a file looks like."""

    dialect: Dialect
    columns: int
    dropped: tuple[int, ...]

    def parse(self, line: str) -> list[str]:
        """Return the cells.

        Raises:
            InvalidValue: when they are not as they should be.
        """
        cells = split_line(line, self.dialect.separator, self.dialect.quote)
        if len(cells) < self.columns:
            raise InvalidValue(
                ngettext("{count} cell", "{count} cells", len(cells)),
                gettext("{columns} cells or more", columns=self.columns),
            )
        for column in self.dropped:
            if column <= len(cells):
                cells[column - 1] = ""
        return cells

    def leading_cells(self, line: str) -> tuple[str, ...]:
        """Return the first cells of a line that cannot be parsed."""
        cells = line[:_MAX_LEAD].split(self.dialect.separator)[:_LEADING_CELLS]
        return tuple(cell.strip().strip(self.dialect.quote) for cell in cells)


def _decode(content: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding."""
    text, encoding = decode_named(content)
    if encoding != "UTF-8":
        for number, line in enumerate(content.splitlines(), start=1):
            if _is_utf_8(line):
                allowed = gettext("one encoding; this line is in UTF-8 and another is not")
                raise InvalidValue(gettext("line {number}", number=number), allowed)
    return text, encoding


def _is_utf_8(line: bytes) -> bool:
    if line.isascii():
        return False
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _recognise_quote(sample: str) -> str:
    """Return the character that more cells of the first lines stand between."""
    return max(QUOTES, key=lambda quote: len(findall(_QUOTED_CELL.format(quote), sample)))


def _recognise_separator(sample: str, quote: str) -> str:
    """Return the separator that occurs most in the first lines, outside quotes."""
    unquoted = ["".join(line.split(quote)[::2]) for line in sample.splitlines()]
    return max(SEPARATORS, key=lambda separator: sum(line.count(separator) for line in unquoted))


def _parse(
    text: str, shape: _LineShape, problems: ProblemCollector, leave_out: LeaveOut
) -> Iterator[DifLine]:
    for number, line in enumerate(io.StringIO(text, newline=None), start=1):
        if number > MAX_LINES:
            problems.add(
                gettext("line {number}", number=number),
                gettext("more lines"),
                gettext("{count} lines at most", count=MAX_LINES),
            )
            return
        if not line.strip():
            continue
        try:
            cells = shape.parse(line)
        except InvalidValue as error:
            if line.endswith("\n"):
                leave_out(DifLine(number, shape.leading_cells(line)), error)
            else:
                problems.add_value(gettext("line {number}", number=number), cut_off())
            continue
        yield DifLine(number, tuple(cells))
