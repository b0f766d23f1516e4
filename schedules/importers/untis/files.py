"""Reads the lines of Untis's DIF files, whose separator, quotes and encoding are the user's choice.

The format has no header: columns are known by their number. It is described in Untis's manual
under 'DIF files'; samples that were published agree with it.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from schedules.importers.spreadsheet import LONGEST_LINE, MOST_LINES, decode
from schedules.problem import InvalidValue, ProblemCollector

SEPARATORS = (";", ",", "\t", "|")
_LOOKED_AT = 20
"""Lines: enough to tell a separator from a character in a text."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number, and its cells, stripped of blanks."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """Give a cell by the number that the manual gives its column, from 1; empty if absent."""
        return self.cells[column - 1] if column <= len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written."""

    separator: str
    encoding: str

    def __str__(self) -> str:
        shown = "a tab" if self.separator == "\t" else f"'{self.separator}'"
        return f"{shown} between cells, {self.encoding}"


def lines(
    content: bytes, *, columns: int, dropped: tuple[int, ...] = (), mistakes: ProblemCollector
) -> tuple[Dialect | None, Iterator[Line]]:
    """Recognise how a file is written, and give its lines.

    Args:
        content: the file as it is.
        columns: how many a line has at the least.
        dropped: columns, from 1, that are nobody's business: they are emptied as they are read.
        mistakes: takes the lines that are wrong.
    """
    try:
        text, encoding = _decoded(content)
    except InvalidValue as wrong:
        mistakes.add_value("the whole file", wrong)
        return None, iter(())
    separator = _separator(text)
    return Dialect(separator, encoding), _lines(text, separator, columns, dropped, mistakes)


def _decoded(content: bytes) -> tuple[str, str]:
    text = decode(content)
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        for number, line in enumerate(content.splitlines(), start=1):
            if _is_utf_8(line):
                allowed = "one encoding; this line is in UTF-8 and another is not"
                raise InvalidValue(f"line {number}", allowed) from None
        return text, "Windows-1252"
    return text, "UTF-8"


def _is_utf_8(line: bytes) -> bool:
    if line.isascii():
        return False
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _separator(text: str) -> str:
    """Choose the separator that most lines have most of, outside quotes."""
    seen = list(islice(io.StringIO(text, newline=None), _LOOKED_AT))
    outside = ["".join(line.split('"')[::2]) for line in seen]
    return max(SEPARATORS, key=lambda each: sum(line.count(each) for line in outside))


def _lines(
    text: str, separator: str, columns: int, dropped: tuple[int, ...], mistakes: ProblemCollector
) -> Iterator[Line]:
    for number, line in enumerate(io.StringIO(text, newline=None), start=1):
        if number > MOST_LINES:
            mistakes.add(f"line {number}", "more lines", f"{MOST_LINES} lines at most")
            return
        if not line.strip():
            continue
        cells = _cells(line, separator)
        if len(cells) < columns:
            found = f"{len(cells)} cells" if cells else "a line that is too long or half quoted"
            mistakes.add(f"line {number}", found, f"{columns} cells or more")
            continue
        for column in dropped:
            if column <= len(cells):
                cells[column - 1] = ""
        yield Line(number, tuple(cells))


def _cells(line: str, separator: str) -> list[str]:
    if len(line) > LONGEST_LINE:
        return []
    try:
        read = next(csv.reader([line.rstrip("\n")], delimiter=separator, strict=True), [])
    except csv.Error:
        return []
    return [cell.strip() for cell in read]
