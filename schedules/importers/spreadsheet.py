"""Reads what spreadsheets and school systems export as text, whatever its encoding or separator.

A cell stands on one line: so a quote that is never closed is a mistake on its own line, and does
not swallow the lines after it. Everything is bounded, because files are made by people and by
programs that we do not know.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schedules.problem import InvalidValue, ProblemCollector

MOST_BYTES = 32 * 1024 * 1024
MOST_LINES = 300_000
LONGEST_LINE = 20_000
SEPARATORS = (",", ";", "\t")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file: its cells by column."""

    line: int
    cells: dict[str, str]


def decode(content: bytes) -> str:
    """Decode UTF-8, with or without a byte order mark, or else Windows-1252.

    Raises:
        InvalidValue: when it is neither, or too large.
    """
    if len(content) > MOST_BYTES:
        raise InvalidValue(f"{len(content)} bytes", f"{MOST_BYTES} bytes at most")
    if content.startswith(_UTF_16):
        raise InvalidValue("UTF-16 text", "UTF-8 or Windows-1252 text")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidValue("bytes that are no text", "UTF-8 or Windows-1252 text")


def rows(
    text: str, *, required: Sequence[str], known: Sequence[str], mistakes: ProblemCollector
) -> Iterator[Row]:
    """Give the rows below the header, with the cells of the known columns.

    Wrong lines are noted and passed over. Columns stand in any order and case; others are ignored.
    """
    lines = enumerate(io.StringIO(text, newline=None), start=1)
    at, header = next((pair for pair in lines if pair[1].strip()), (1, ""))
    separator = _separator(header, known)
    names = [cell.lower() for cell in _cells(at, header, separator, mistakes)]
    if not _is_header(at, names, required, known, mistakes):
        return
    wanted = [(place, name) for place, name in enumerate(names) if name in known]
    for number, line in lines:
        if number > MOST_LINES:
            mistakes.add(f"line {number}", "more lines", f"{MOST_LINES} lines at most")
            return
        cells = _cells(number, line, separator, mistakes)
        if any(cells) and _fits(number, cells, names, mistakes):
            yield Row(number, {name: cells[place] for place, name in wanted})


def _separator(header: str, known: Sequence[str]) -> str:
    """Choose the separator by which the header has most known columns."""

    def columns(separator: str) -> int:
        return len(set(known) & {cell.strip(' "\n').lower() for cell in header.split(separator)})

    return max(SEPARATORS, key=columns)


def _is_header(
    number: int,
    names: list[str],
    required: Sequence[str],
    known: Sequence[str],
    mistakes: ProblemCollector,
) -> bool:
    missing = [name for name in required if name not in names]
    if missing:
        mistakes.add(f"line {number}, the header", f"no {', '.join(missing)}", ",".join(known))
    twice = [name for name in known if names.count(name) > 1]
    for name in twice:
        mistakes.add(f"line {number}, column {name}", "this column twice", "each column once")
    return not (missing or twice)


def _cells(number: int, line: str, separator: str, mistakes: ProblemCollector) -> list[str]:
    if len(line) > LONGEST_LINE:
        found = f"{len(line)} characters"
        mistakes.add(f"line {number}", found, f"{LONGEST_LINE} characters at most")
        return []
    try:
        read = next(csv.reader([line.rstrip("\n")], delimiter=separator, strict=True), [])
    except csv.Error:
        allowed = "quotes around a whole cell, closed on the same line"
        mistakes.add(f"line {number}", "a quote inside a cell or left open", allowed)
        return []
    return [cell.strip() for cell in read]


def _fits(number: int, cells: list[str], names: list[str], mistakes: ProblemCollector) -> bool:
    while len(cells) > len(names) and not cells[-1]:
        cells.pop()
    if len(cells) == len(names):
        return True
    mistakes.add(f"line {number}", f"{len(cells)} cells", f"{len(names)}, as in the header")
    return False
