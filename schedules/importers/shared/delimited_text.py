"""Parses delimited text as spreadsheets and school systems export it, in any encoding or separator.

A cell is on one line, so a quote that is never closed is a mistake on its own line and does not
swallow the lines after it. Everything is bounded, because files are made by people and by programs
that we do not know.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schedules.language import gettext
from schedules.problem import InvalidValue, ProblemCollector

MAX_BYTES = 32 * 1024 * 1024
MAX_LINES = 300_000
MAX_LINE_LENGTH = 20_000
"""Characters."""
SEPARATORS = (",", ";", "\t")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class TextRow:
    """One line of a file with a header: its cells by column."""

    line: int
    cells: dict[str, str]


def decode_text(content: bytes) -> str:
    """Decode UTF-8, with or without a byte order mark, or else Windows-1252.

    Raises:
        InvalidValue: when it is neither, or too large.
    """
    if len(content) > MAX_BYTES:
        raise InvalidValue(
            gettext("{count} bytes", count=len(content)),
            gettext("{count} bytes at most", count=MAX_BYTES),
        )
    if content.startswith(_UTF_16):
        raise InvalidValue(gettext("UTF-16 text"), gettext("UTF-8 or Windows-1252 text"))
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidValue(gettext("bytes that are no text"), gettext("UTF-8 or Windows-1252 text"))


def parse_rows(
    text: str, *, required: Sequence[str], known: Sequence[str], problems: ProblemCollector
) -> Iterator[TextRow]:
    """Parse the rows below the header into the cells of the known columns.

    Invalid lines are collected as problems and skipped. Columns may be in any order and case;
    unknown ones are ignored.
    """
    lines = enumerate(io.StringIO(text, newline=None), start=1)
    header_line, header = next((line for line in lines if line[1].strip()), (1, ""))
    separator = _separator(header, known)
    columns = [cell.lower() for cell in _split(header_line, header, separator, problems)]
    if not _is_header(header_line, columns, required, known, problems):
        return
    used = [(position, name) for position, name in enumerate(columns) if name in known]
    for number, line in lines:
        if number > MAX_LINES:
            problems.add(
                gettext("line {number}", number=number),
                gettext("more lines"),
                gettext("{count} lines at most", count=MAX_LINES),
            )
            return
        cells = _split(number, line, separator, problems)
        if any(cells) and _fits(number, cells, columns, problems):
            yield TextRow(number, {name: cells[position] for position, name in used})


def _separator(header: str, known: Sequence[str]) -> str:
    """Choose the separator by which the header has most known columns."""

    def count_known(separator: str) -> int:
        return len(set(known) & {cell.strip(' "\n').lower() for cell in header.split(separator)})

    return max(SEPARATORS, key=count_known)


def _is_header(
    line: int,
    columns: list[str],
    required: Sequence[str],
    known: Sequence[str],
    problems: ProblemCollector,
) -> bool:
    missing = [name for name in required if name not in columns]
    if missing:
        problems.add(
            gettext("line {number}, the header", number=line),
            gettext("no {names}", names=", ".join(missing)),
            ",".join(known),
        )
    repeated = [name for name in known if columns.count(name) > 1]
    for name in repeated:
        problems.add(
            gettext("line {number}, column {name}", number=line, name=name),
            gettext("this column twice"),
            gettext("each column once"),
        )
    return not (missing or repeated)


def _split(number: int, line: str, separator: str, problems: ProblemCollector) -> list[str]:
    if len(line) > MAX_LINE_LENGTH:
        found = gettext("{count} characters", count=len(line))
        problems.add(
            gettext("line {number}", number=number),
            found,
            gettext("{count} characters at most", count=MAX_LINE_LENGTH),
        )
        return []
    try:
        cells = next(csv.reader([line.rstrip("\n")], delimiter=separator, strict=True), [])
    except csv.Error:
        allowed = gettext("quotes around a whole cell, closed on the same line")
        problems.add(
            gettext("line {number}", number=number),
            gettext("a quote inside a cell or left open"),
            allowed,
        )
        return []
    return [cell.strip() for cell in cells]


def _fits(number: int, cells: list[str], columns: list[str], problems: ProblemCollector) -> bool:
    while len(cells) > len(columns) and not cells[-1]:
        cells.pop()
    if len(cells) == len(columns):
        return True
    problems.add(
        gettext("line {number}", number=number),
        gettext("{count} cells", count=len(cells)),
        gettext("{count}, as in the header", count=len(columns)),
    )
    return False
