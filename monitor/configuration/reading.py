"""Reads `lesrust.toml`: all of it, or every problem that it has."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from monitor.configuration.processes import Store
from monitor.configuration.values import FOLDER
from monitor.configuration.whole import Configuration
from schedules.problem import Problem, Refused

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes. A school with a prefix for every room stays far below it."""
LONGEST_QUOTE = 100


def read(path: Path) -> Configuration:
    """Read a configuration file; paths in it are relative to the file's own folder.

    Raises:
        Refused: with every problem found, when the file cannot be used.
    """
    configuration = _validated(_parsed(path), path)
    problems = tuple(_contradictions(configuration, path))
    if problems:
        raise Refused(problems)
    return _anchored(configuration, path.absolute().parent).read_from(path.absolute())


def _parsed(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Refused([Problem(str(path), "a larger file", f"{LARGEST_FILE} bytes at most")])
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise Refused([Problem(str(path), error.strerror or "", "a readable file")]) from error
    except UnicodeDecodeError as error:
        where = f"{path}, byte {error.start}"
        raise Refused([Problem(where, "bytes that are not UTF-8", "UTF-8 text")]) from error
    except (ValueError, RecursionError) as error:  # also numbers of thousands of digits
        raise Refused([Problem(str(path), str(error), "TOML, see https://toml.io")]) from error


def _validated(data: dict[str, Any], path: Path) -> Configuration:
    try:
        return Configuration.model_validate(data, context={FOLDER: path.absolute().parent})
    except ValidationError as error:
        raise Refused(_problems(error.errors(), path)) from None


def _problems(details: list[ErrorDetails], path: Path) -> Iterator[Problem]:
    for detail in details:
        within = any(
            other is not detail and other["loc"][: len(detail["loc"])] == detail["loc"]
            for other in details
        )
        if not within:  # the problem of a part says more than that of the whole
            yield _problem(detail, path)


def _problem(detail: ErrorDetails, path: Path) -> Problem:
    key = ""
    for part in detail["loc"]:
        key += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if key else part
    key = key if key.isprintable() else ascii(key)
    where = f"{path}, key {key[:LONGEST_QUOTE]}"
    if detail["type"] == "missing":
        return Problem(where, "nothing", "this key is required")
    if detail["type"] == "extra_forbidden":
        return Problem(where, "an unknown key", "a key that the documentation lists")
    return Problem(where, _quoted(detail["input"]), _allowed(detail))


def _allowed(detail: ErrorDetails) -> str:
    """Say what may be written, in words of TOML."""
    kind, found, name = detail["type"], detail["input"], detail["loc"][-1]
    if kind == "tuple_type" and isinstance(found, dict):
        return f"[[{name}]] between two brackets, once for each"
    if kind == "model_type" and isinstance(found, list):
        return f"[{name}] between single brackets, once"
    return _IN_TOML.get(kind) or detail["msg"].removeprefix("Input should be ")


_IN_TOML = {
    "bool_type": "true or false",
    "date_type": "a date such as 2026-10-06, without quotes",
    "int_type": "a whole number",
    "model_type": "a section with keys of its own",
    "path_type": "a path in quotes",
    "string_too_short": "a text that is not empty",
    "string_type": "a text in quotes",
    "tuple_type": "a list between brackets",
}
"""What is allowed instead, by pydantic's name for the mistake; what it says itself is of Python."""


def _quoted(found: object) -> str:
    try:
        return str(found)[:LONGEST_QUOTE]
    except ValueError:  # Python writes no number of thousands of digits
        return "a number of too many digits"


def _contradictions(configuration: Configuration, path: Path) -> Iterator[Problem]:
    names = [layer.name for layer in configuration.layers]
    yield from _twice(names, f"{path}, key layer", "each layer's name once")
    providers = [provider.name for provider in configuration.providers]
    yield from _twice(providers, f"{path}, key provider", "each provider's name once")
    emails = [member.email.casefold() for member in configuration.members]
    yield from _twice(emails, f"{path}, key member", "each e-mail address once")
    sources = [source.name for source in configuration.timetables]
    yield from _twice(sources, f"{path}, key timetable", "each timetable's name once")
    prefixes: dict[IPv4Network | IPv6Network, int] = {}
    for number, place in enumerate(configuration.places, start=1):
        if place.layer and place.layer not in names:
            allowed = "the name of a [[layer]]: " + (", ".join(names) or "none is given")
            yield Problem(f"{path}, key place[{number}].layer", place.layer, allowed)
        for prefix in place.prefixes:
            if prefix in prefixes:
                allowed = f"each prefix once; place[{prefixes[prefix]}] has it too"
                yield Problem(f"{path}, key place[{number}].prefixes", str(prefix), allowed)
            prefixes.setdefault(prefix, number)


def _twice(names: list[str], where: str, allowed: str) -> Iterator[Problem]:
    for name, times in Counter(names).items():
        if times > 1:
            yield Problem(where, name, allowed)


def _anchored(configuration: Configuration, folder: Path) -> Configuration:
    """Put what a default names beside the file too, and the database."""
    web = configuration.web
    anchored: dict[str, object] = {"web": web.model_copy(update={"secret": folder / web.secret})}
    database = configuration.store.database
    if "://" not in database:
        anchored["store"] = Store(database=str(folder / database))
    return configuration.model_copy(update=anchored)
