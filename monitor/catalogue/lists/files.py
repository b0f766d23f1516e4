"""From a file to its entries: bounded, in whatever format it is."""

from collections.abc import Iterator
from pathlib import Path

from monitor.catalogue.lists import filter_rules, formats, hosts, service_registry, v2fly
from monitor.catalogue.lists.entry import Entry, Reading
from monitor.catalogue.lists.formats import Format
from schedules.problem import InvalidValue, Problem, Refused

MOST_BYTES = 50_000_000
MOST_INCLUDED = 500
"""Files that one list may include, counting those that they include."""
_READABLE = ", ".join(each.value for each in Format)


def read(path: Path, reading: Reading) -> Iterator[Entry]:
    """Give the entries of a list, and of those that it includes and that lie beside it.

    What a list is about is its file's name without the ending.

    Raises:
        Refused: when a file cannot be read, is too large, or is in no format that is known.
    """
    text = _text(path)
    found = formats.recognise(text)
    if found is None:
        raise Refused([Problem(f"{path}, line 1", text.strip()[:80], _READABLE)])
    yield from _entries(found, text, path, reading)
    seen = {path.name}
    while reading.includes:
        name = reading.includes.pop()
        if name in seen:
            continue
        seen.add(name)
        included = path.parent / name
        if _is_a_list_name(name) and len(seen) <= MOST_INCLUDED and included.is_file():
            yield from _entries(Format.V2FLY, _text(included), included, reading)
        else:
            reading.passed_over += 1


def _entries(found: Format, text: str, path: Path, reading: Reading) -> Iterator[Entry]:
    about = path.stem.lower()
    try:
        match found:
            case Format.V2FLY:
                yield from v2fly.read(text, about, reading)
            case Format.FILTER_RULES:
                yield from filter_rules.read(text, about, reading)
            case Format.SERVICE_REGISTRY:
                yield from service_registry.read(text, reading)
            case Format.HOSTS:
                yield from hosts.read(text, reading)
    except InvalidValue as wrong:
        raise Refused([Problem(str(path), wrong.found, wrong.allowed)]) from None


def _is_a_list_name(name: str) -> bool:
    """Whether a name is that of a list, and not a path to anywhere else."""
    return name.replace("-", "").replace("!", "").replace("_", "").isalnum()


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as wrong:
        problem = Problem(str(path), wrong.strerror or "no file", "a file that can be read")
        raise Refused([problem]) from None
    if len(content) > MOST_BYTES:
        raise Refused([Problem(str(path), "a larger file", f"at most {MOST_BYTES:,} bytes")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise Refused([Problem(f"{path}, line {line}", "other bytes", "text in UTF-8")]) from None
