"""Divides an iCalendar file into its content lines, each with its place in the file.

The library puts a replacement character for a byte that it cannot decode, and a group of that name
is nobody's: here such a file is refused, with the line. A line is unfolded before it is decoded,
since a fold may divide a character.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from schedules.language import gettext
from schedules.problem import InvalidValue

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_NEWLINE = re.compile(rb"\r?\n")


@dataclass(frozen=True, slots=True)
class ContentLine:
    """One unfolded line."""

    number: int
    """The line of the file where it begins, from 1."""
    text: str


def parse_content_lines(content: bytes) -> list[ContentLine]:
    """Return the lines of a file that hold something.

    Raises:
        InvalidValue: when a line is not UTF-8.
    """
    return [
        ContentLine(pieces[0][0], _decode(pieces))
        for pieces in _unfold(content.removeprefix(_BYTE_ORDER_MARK))
    ]


def _unfold(content: bytes) -> Iterator[list[tuple[int, bytes]]]:
    """Iterate over the lines, each as its pieces: the line of the file, and what is there."""
    pieces: list[tuple[int, bytes]] = []
    for number, line in enumerate(_NEWLINE.split(content), start=1):
        if not line:
            continue
        if pieces and line[:1] in b" \t":
            pieces.append((number, line[1:]))
            continue
        if pieces:
            yield pieces
        pieces = [(number, line)]
    if pieces:
        yield pieces


def _decode(pieces: list[tuple[int, bytes]]) -> str:
    try:
        return b"".join(piece for _, piece in pieces).decode()
    except UnicodeDecodeError as error:
        ends = accumulate(len(piece) for _, piece in pieces)
        number = next(
            number for (number, _), end in zip(pieces, ends, strict=True) if error.start < end
        )
        raise InvalidValue(
            gettext("a byte on line {number} that is no UTF-8", number=number),
            gettext("a file that is exported as UTF-8"),
        ) from None
