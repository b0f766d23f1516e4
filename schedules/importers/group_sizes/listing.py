"""Sizes of groups as a CSV file that anybody can make: a group and a number in each row.

The header is `groep;aantal`, or in English `group,pupils`. Other columns are ignored.
"""

from collections.abc import Iterator

from schedules.importers.shared.delimited_text import (
    TextRow,
    decode_text,
    is_content,
    parse_rows,
)
from schedules.importers.shared.limits import MAX_VALUE_LENGTH
from schedules.language import gettext
from schedules.problem import InvalidValue, ProblemCollector

HEADERS = (("groep", "aantal"), ("group", "pupils"))
MAX_PUPILS = 1000
"""Of one group."""


def parse_listing(content: bytes, problems: ProblemCollector) -> dict[str, int]:
    """Parse the sizes of a file. What is wrong with a row is collected, and the row left out.

    Raises:
        InvalidValue: when the whole file cannot be used.
    """
    sizes: dict[str, int] = {}
    for where, group, count in _parse_rows(decode_text(content), problems):
        try:
            size = parse_size(count)
            _require_group(group)
        except InvalidValue as wrong:
            problems.add_value(where, wrong)
            continue
        if group in sizes:
            problems.add(where, group, gettext("each group once; the smallest number counts"))
        sizes[group] = min(size, sizes.get(group, size))
    return sizes


def parse_size(text: str) -> int:
    """Parse how many pupils a group has.

    Raises:
        InvalidValue: when it is no such number.
    """
    # `isdecimal` is true of other digits too, which nobody writes here by intention.
    if text.isascii() and text.isdecimal() and len(text) <= len(str(MAX_PUPILS)):
        size = int(text)
        if size <= MAX_PUPILS:
            return size
    raise InvalidValue(
        text or gettext("nothing"), gettext("a number of pupils from 0 to {most}", most=MAX_PUPILS)
    )


def _parse_rows(text: str, problems: ProblemCollector) -> Iterator[tuple[str, str, str]]:
    header = next((line for line in text.splitlines() if is_content(line)), "").lower()
    columns = next((names for names in HEADERS if names[0] in header), HEADERS[0])
    rows: Iterator[TextRow] = parse_rows(text, required=columns, known=columns, problems=problems)
    for row in rows:
        group, count = (row.cells[name] for name in columns)
        yield gettext("line {number}", number=row.line), group, count


def _require_group(group: str) -> None:
    if not group or len(group) > MAX_VALUE_LENGTH or not group.isprintable():
        raise InvalidValue(
            group or gettext("nothing"),
            gettext("the name of a group, as the timetable has it"),
        )
