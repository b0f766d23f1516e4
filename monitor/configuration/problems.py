"""Turns pydantic's validation errors into problems in words of TOML."""

from collections.abc import Iterator
from pathlib import Path

from pydantic_core import ErrorDetails

from schedules.problem import Problem

LONGEST_QUOTE = 100

_ALLOWED_IN_TOML = {
    "bool_type": "true or false",
    "date_type": "a date such as 2026-10-06, without quotes",
    "int_type": "a whole number",
    "model_type": "a section with keys of its own",
    "path_type": "a path in quotes",
    "string_too_short": "a text that is not empty",
    "string_type": "a text in quotes",
    "tuple_type": "a list between brackets",
}
"""What is allowed instead, by pydantic's name for the error. Pydantic's own text names Python's
types, which an administrator need not know."""


def describe_errors(errors: list[ErrorDetails], path: Path) -> Iterator[Problem]:
    """Describe each error by its key, what was found and what is allowed."""
    for error in errors:
        has_inner_error = any(
            other is not error and other["loc"][: len(error["loc"])] == error["loc"]
            for other in errors
        )
        if not has_inner_error:  # the problem of a part says more than that of the whole
            yield _describe_error(error, path)


def _describe_error(error: ErrorDetails, path: Path) -> Problem:
    key = ""
    for part in error["loc"]:
        key += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if key else part
    key = key if key.isprintable() else ascii(key)
    where = f"{path}, key {key[:LONGEST_QUOTE]}"
    if error["type"] == "missing":
        return Problem(where, "nothing", "this key is required")
    if error["type"] == "extra_forbidden":
        return Problem(where, "an unknown key", "a key that the documentation lists")
    return Problem(where, _quote(error["input"]), _describe_allowed(error))


def _describe_allowed(error: ErrorDetails) -> str:
    kind, value, name = error["type"], error["input"], error["loc"][-1]
    if kind == "tuple_type" and isinstance(value, dict):
        return f"[[{name}]] between two brackets, once for each"
    if kind == "model_type" and isinstance(value, list):
        return f"[{name}] between single brackets, once"
    return _ALLOWED_IN_TOML.get(kind) or error["msg"].removeprefix("Input should be ")


def _quote(value: object) -> str:
    try:
        return str(value)[:LONGEST_QUOTE]
    except ValueError:  # Python writes no number of thousands of digits
        return "a number of too many digits"
