"""Turns pydantic's validation errors into problems in words of TOML."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from re import findall
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from schedules.language import Message, gettext, writing
from schedules.language import gettext_lazy as _
from schedules.problem import Problem

MAX_QUOTE_LENGTH = 100

_ALLOWED_IN_TOML: Mapping[str, Message] = {
    "bool_type": _("true or false"),
    "date_type": _("a date such as 2026-10-06, without quotes"),
    "float_type": _("a number such as 0.5"),
    "int_type": _("a whole number"),
    "model_type": _("a section with keys of its own"),
    "path_type": _("a path in quotes"),
    "string_too_short": _("a text that is not empty"),
    "string_type": _("a text in quotes"),
    "too_short": _("a list that is not empty"),
    "tuple_type": _("a list between brackets"),
}
"""What is allowed instead, by pydantic's name for the error. Pydantic's own text names Python's
types, which an administrator need not know."""


def describe_errors(
    errors: list[ErrorDetails], path: Path, model: type[BaseModel]
) -> Iterator[Problem]:
    """Describe each error by its key, what was found and what is allowed.

    Args:
        errors: as pydantic tells them.
        path: of the file that was validated.
        model: what it was validated against.
    """
    for error in errors:
        has_inner_error = any(
            other is not error and other["loc"][: len(error["loc"])] == error["loc"]
            for other in errors
        )
        if not has_inner_error:  # the problem of a part says more than that of the whole
            yield _describe_error(error, path, model)


def _describe_error(error: ErrorDetails, path: Path, model: type[BaseModel]) -> Problem:
    key = ""
    for part in error["loc"]:
        key += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if key else part
    key = key if key.isprintable() else ascii(key)
    where = gettext("{path}, key {key}", path=path, key=key[:MAX_QUOTE_LENGTH])
    if error["type"] == "missing":
        return Problem(where, gettext("nothing"), gettext("this key is required"))
    if error["type"] == "extra_forbidden":
        return Problem(where, gettext("an unknown key"), _suggest_keys(error["loc"], model))
    return Problem(where, _quote(error["input"]), _describe_allowed(error))


def _suggest_keys(location: tuple[int | str, ...], model: type[BaseModel]) -> str:
    """Name the keys that an unknown one looks like, or all that could stand there."""
    models = [model]
    for part in location[:-1]:
        if isinstance(part, str):
            models = [inner for outer in models for inner in _models_of(outer, part)]
    known = sorted({key for model in models for key in _keys_of(model)})
    similar = get_close_matches(str(location[-1]), known, n=1)
    return writing.listing(similar or known, either=True)


def _keys_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _models_of(model: type[BaseModel], key: str) -> Iterator[type[BaseModel]]:
    """Yield the models that the section of a key may be, also in a list or a union."""
    field = _keys_of(model).get(key)
    annotations: list[Any] = [field.annotation] if field else []
    while annotations:
        annotation = annotations.pop()
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield annotation
        annotations += get_args(annotation)


def _describe_allowed(error: ErrorDetails) -> str:
    kind, value, name = error["type"], error["input"], error["loc"][-1]
    if kind == "tuple_type" and isinstance(value, dict):
        return gettext("[[{name}]] between two brackets, once for each", name=name)
    if kind == "model_type" and isinstance(value, list):
        return gettext("[{name}] between single brackets, once", name=name)
    if kind in _ALLOWED_IN_TOML:
        return str(_ALLOWED_IN_TOML[kind])
    limits = _describe_limits(kind, error.get("ctx", {}))
    return limits or error["msg"].removeprefix("Input should be ")


def _describe_limits(kind: str, limits: Mapping[str, Any]) -> str:
    """Describe between which numbers, or among which words, a value has to be."""
    match kind:
        case "greater_than_equal":
            return gettext("{least} or more", least=limits["ge"])
        case "less_than_equal":
            return gettext("{most} at most", most=limits["le"])
        case "string_too_long":
            return gettext("{most} characters at most", most=limits["max_length"])
        case "enum" | "literal_error":
            return writing.listing(findall("'[^']*'", limits["expected"]), either=True)
    return ""


def _quote(value: object) -> str:
    try:
        return str(value)[:MAX_QUOTE_LENGTH]
    except ValueError:  # Python writes no number of thousands of digits
        return gettext("a number of too many digits")
