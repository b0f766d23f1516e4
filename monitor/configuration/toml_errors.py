"""Says where a text is no TOML, and why, in the reader's language."""

import re
from collections.abc import Mapping
from pathlib import Path

from schedules.language import Message, gettext
from schedules.language import gettext_lazy as _
from schedules.problem import Problem

_PLACE = re.compile(r" \(at line (?P<line>\d+), column (?P<column>\d+)\)$")
"""How `tomllib` ends its messages; at the end of the document it names no line."""

_TWICE = _("a key or section that stands there twice")
_NO_STATEMENT = _("a line that is neither [section] nor key = value")
_NO_QUOTE = _("a text without its closing quote")
_BACKSLASH = _("a backslash in a text; between single quotes it needs no other")
_FOUND: Mapping[str, Message] = {
    "Cannot declare": _TWICE,
    "Cannot mutate": _TWICE,
    "Cannot overwrite": _TWICE,
    "Cannot redefine": _TWICE,
    "Duplicate inline": _TWICE,
    "Expected '='": _NO_STATEMENT,
    "Invalid initial character": _NO_STATEMENT,
    "Invalid statement": _NO_STATEMENT,
    "Expected ']": _("a section without its closing bracket"),
    "Expected newline": _("more after the value"),
    "Unclosed": _("a list without its closing bracket"),
    "Illegal character": _NO_QUOTE,
    "Unterminated string": _NO_QUOTE,
    "Invalid hex": _BACKSLASH,
    "Unescaped": _BACKSLASH,
    "Invalid date": _("a date or time that does not exist"),
    "Invalid value": _("a value that is no text in quotes, number, true, false or list"),
}
"""What is there, by how the message of `tomllib` begins."""


def describe_toml_error(error: Exception, path: Path) -> Problem:
    """Describe why a file could not be parsed.

    Args:
        error: what `tomllib` raised; also one of Python's own, as for a number of too many digits.
        path: of the file.
    """
    message = str(error)
    found = next(
        (str(told) for begins, told in _FOUND.items() if message.startswith(begins)),
        gettext("something else"),
    )
    where = str(path)
    if place := _PLACE.search(message):
        where = gettext("{path}, line {line}, column {column}", path=path, **place.groupdict())
    return Problem(where, found, gettext("TOML, see https://toml.io"))
