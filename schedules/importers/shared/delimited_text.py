"""Parses delimited text as spreadsheets and school systems export it, in any encoding or separator.

A cell is on one line, so a quote that is never closed is a mistake on its own line and does not
swallow the lines after it. Everything is bounded, because files are made by people and by programs
that we do not know.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from schedules.importers.shared import code_pages
from schedules.importers.shared.code_pages import recognise_code_page
from schedules.language import gettext, ngettext
from schedules.problem import InvalidValue, ProblemCollector

MAX_BYTES = 32 * 1024 * 1024
MAX_LINES = 300_000
MAX_LINE_LENGTH = 20_000
"""Characters."""
SEPARATORS = (",", ";", "\t")
type AddUnreadable = Callable[[str, InvalidValue], None]
"""Called with the place of a row that cannot be read, and what is wrong with it."""
NO_ALIASES: Mapping[str, str] = MappingProxyType({})
_SEPARATOR_LINE = re.compile(r'"?sep=."?', re.IGNORECASE)
_END_OF_FILE = b"\x1a"
"""What DOS writes at the end of a text."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class TextRow:
    """One line of a file with a header: its cells by column."""

    line: int
    cells: dict[str, str]


def decode_text(content: bytes) -> str:
    """Decode UTF-8, with or without a byte order mark, or else Windows-1252 or code page 850.

    Raises:
        InvalidValue: when it is none of them, or too large.
    """
    return decode_named(content)[0]


def decode_named(content: bytes) -> tuple[str, str]:
    """Decode as `decode_text` does, and return the name of the encoding too.

    Raises:
        InvalidValue: when it is none of them, or too large.
    """
    if len(content) > MAX_BYTES:
        raise InvalidValue(
            gettext("{count} bytes", count=len(content)),
            gettext("{count} bytes at most", count=MAX_BYTES),
        )
    allowed = gettext("text in UTF-8, Windows-1252 or code page 850")
    if content.startswith(_UTF_16):
        raise InvalidValue(gettext("UTF-16 text"), allowed)
    plain = content.rstrip(_END_OF_FILE)
    try:
        return plain.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        code_page = recognise_code_page(plain)
    if code_page is None:
        raise InvalidValue(gettext("bytes that are no text"), allowed)
    return plain.decode(code_page), code_pages.NAMES[code_page]


def parse_rows(
    text: str,
    *,
    required: Sequence[str],
    known: Sequence[str],
    problems: ProblemCollector,
    aliases: Mapping[str, str] = NO_ALIASES,
    add_unreadable: AddUnreadable | None = None,
) -> Iterator[TextRow]:
    """Parse the rows below the header into the cells of the known columns.

    Columns may be in any order and case; unknown ones are ignored.

    Args:
        text: the file.
        required: columns that the header must have.
        known: all columns that are used.
        aliases: other headings, and the column that each is if the header has none of that name.
        problems: collects what is wrong with the file.
        add_unreadable: called for each row that cannot be split; without it those are problems.
    """
    add_unreadable = add_unreadable or problems.add_value
    lines = enumerate(io.StringIO(text, newline=None), start=1)
    header_line, header = next((line for line in lines if is_content(line[1])), (1, ""))
    separator = _separator(header, (*known, *aliases))
    try:
        columns = [cell.lower() for cell in split_line(header, separator)]
    except InvalidValue as error:
        problems.add_value(gettext("line {number}", number=header_line), error)
        return
    columns = [_column(name, columns, aliases) for name in columns]
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
        where = gettext("line {number}", number=number)
        try:
            cells = _fit(split_line(line, separator), len(columns))
        except InvalidValue as error:
            if line.endswith("\n") or isinstance(error, TooMuch):
                add_unreadable(where, error)
            else:
                problems.add_value(where, cut_off())
            continue
        if cells:
            yield TextRow(number, {name: cells[position] for position, name in used})


def is_content(line: str) -> bool:
    """Return whether a line is neither empty nor `sep=;`, which Excel writes above the header."""
    return bool(line.strip()) and not _SEPARATOR_LINE.fullmatch(line.strip())


def _column(heading: str, headings: Sequence[str], aliases: Mapping[str, str]) -> str:
    column = aliases.get(heading, heading)
    return heading if column in headings else column


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


def split_line(line: str, separator: str, quote: str = '"') -> list[str]:
    """Return the cells of a line, without the blanks around them.

    Raises:
        InvalidValue: when its quotes do not match, or it is too long (`TooMuch`).
    """
    if len(line) > MAX_LINE_LENGTH:
        raise TooMuch(
            gettext("{count} characters", count=len(line)),
            gettext("{count} characters at most", count=MAX_LINE_LENGTH),
        )
    plain = line.rstrip("\n")
    try:
        cells = next(csv.reader([plain], delimiter=separator, quotechar=quote, strict=True), [])
    except csv.Error:
        raise InvalidValue(
            gettext("a quote inside a cell or left open"),
            gettext("quotes around a whole cell, closed on the same line"),
        ) from None
    return [cell.strip() for cell in cells]


def cut_off() -> InvalidValue:
    """Return the mistake of a last line that is half a line: more may be missing below it."""
    return InvalidValue(
        gettext("a file that ends in the middle of a line"), gettext("the whole file")
    )


class TooMuch(InvalidValue):
    """A line that is longer than any line."""


def _fit(cells: list[str], columns: int) -> list[str]:
    """Return as many cells as there are columns; none for an empty row."""
    if not any(cells):
        return []
    while len(cells) > columns and not cells[-1]:
        cells.pop()
    if len(cells) > columns:
        raise TooMuch(*_count_cells(len(cells), columns))
    if len(cells) < columns:
        raise InvalidValue(*_count_cells(len(cells), columns))
    return cells


def _count_cells(count: int, columns: int) -> tuple[str, str]:
    return (
        ngettext("{count} cell", "{count} cells", count),
        gettext("{count}, as in the header", count=columns),
    )
