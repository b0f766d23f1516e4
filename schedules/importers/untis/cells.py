"""Parses the cells that GPU001 and GPU014 have in common."""

from schedules.importers.shared.leftovers import NoLesson
from schedules.importers.shared.limits import MAX_VALUE_LENGTH
from schedules.language import gettext
from schedules.problem import InvalidValue

VALUE_SEPARATOR = "~"
MAX_DIGITS = 20
"""Digits."""


def split_cell(cell: str) -> tuple[str, ...]:
    """Return the values of a cell, each once."""
    parts = (part.strip() for part in cell.split(VALUE_SEPARATOR))
    return tuple(dict.fromkeys(filter(None, parts)))


def is_number(text: str) -> bool:
    """Return whether a cell is a number as Untis writes it."""
    return text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS


def parse_hour(text: str) -> str:
    """Return the number of an hour of the day.

    Raises:
        InvalidValue: when it is none.
    """
    if not is_number(text):
        raise InvalidValue(text, gettext("as hour a number"))
    return text


def require_lesson(number: str) -> None:
    """Check that a line is about a lesson: exams and duties have no lesson's number.

    Raises:
        NoLesson: when it is not.
    """
    if not number.strip("0"):
        raise NoLesson(gettext("without a lesson's number"))


def check_text(*cells: str) -> None:
    """Refuse what cannot be the name of a room, a class or a person.

    Raises:
        InvalidValue: without the value, because it may be a person's.
    """
    for cell in cells:
        if not cell.isprintable() or len(cell) > MAX_VALUE_LENGTH:
            raise InvalidValue(
                gettext("a value that is too long or does not print"), gettext("text")
            )
