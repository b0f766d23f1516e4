"""Parses the lines of Untis's DIF files, whose separator, quotes and encoding the user chooses.

The format has no header: columns are known by their number. It is described in Untis's manual
under 'DIF files'; published samples agree with it.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from schedules.importers.shared.delimited_text import MAX_LINE_LENGTH, MAX_LINES, decode_text
from schedules.language import gettext
from schedules.problem import InvalidValue, ProblemCollector

SEPARATORS = (";", ",", "\t", "|")
_SAMPLED_LINES = 20
"""Enough to tell a separator from a character in a text."""


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
    encoding: str

    def __str__(self) -> str:
        shown = gettext("a tab") if self.separator == "\t" else f"'{self.separator}'"
        return gettext(
            "{separator} between cells, {encoding}", separator=shown, encoding=self.encoding
        )


def parse_lines(
    content: bytes, *, columns: int, dropped: tuple[int, ...] = (), problems: ProblemCollector
) -> tuple[Dialect | None, Iterator[DifLine]]:
    """Recognise how a file is written, and parse its lines.

    Args:
        content: the file.
        columns: the fewest that a line has.
        dropped: columns, from 1, that are nobody's business: they are emptied at once.
        problems: collects the invalid lines.
    """
    try:
        text, encoding = _decode(content)
    except InvalidValue as error:
        problems.add_value(gettext("the whole file"), error)
        return None, iter(())
    separator = _separator(text)
    return Dialect(separator, encoding), _parse(text, separator, columns, dropped, problems)


def _decode(content: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding."""
    text = decode_text(content)
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        for number, line in enumerate(content.splitlines(), start=1):
            if _is_utf_8(line):
                allowed = gettext("one encoding; this line is in UTF-8 and another is not")
                raise InvalidValue(gettext("line {number}", number=number), allowed) from None
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
    """Choose the separator that occurs most in the first lines, outside quotes."""
    sample = list(islice(io.StringIO(text, newline=None), _SAMPLED_LINES))
    unquoted = ["".join(line.split('"')[::2]) for line in sample]
    return max(SEPARATORS, key=lambda separator: sum(line.count(separator) for line in unquoted))


def _parse(
    text: str, separator: str, columns: int, dropped: tuple[int, ...], problems: ProblemCollector
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
        cells = _split(line, separator)
        if len(cells) < columns:
            found = (
                gettext("{count} cells", count=len(cells))
                if cells
                else gettext("a line that is too long or half quoted")
            )
            problems.add(
                gettext("line {number}", number=number),
                found,
                gettext("{columns} cells or more", columns=columns),
            )
            continue
        for column in dropped:
            if column <= len(cells):
                cells[column - 1] = ""
        yield DifLine(number, tuple(cells))


def _split(line: str, separator: str) -> list[str]:
    if len(line) > MAX_LINE_LENGTH:
        return []
    try:
        cells = next(csv.reader([line.rstrip("\n")], delimiter=separator, strict=True), [])
    except csv.Error:
        return []
    return [cell.strip() for cell in cells]
