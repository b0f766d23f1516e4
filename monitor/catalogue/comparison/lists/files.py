"""From a file to its entries: bounded, in whatever format it is."""

from collections.abc import Iterator
from pathlib import Path

from monitor.catalogue.comparison.lists.entry import ListEntry, ListReading
from monitor.catalogue.comparison.lists.filter_rules import parse_filter_rules
from monitor.catalogue.comparison.lists.formats import ListFormat, recognise_format
from monitor.catalogue.comparison.lists.hosts import parse_hosts_file
from monitor.catalogue.comparison.lists.service_registry import parse_service_registry
from monitor.catalogue.comparison.lists.v2fly import parse_v2fly
from schedules.language import describe_os_error, gettext
from schedules.problem import InvalidValue, Problem, Refused

MAX_BYTES = 50_000_000
MAX_INCLUDED = 500
"""Files that one list may include, counting those that they include."""


def load_list(path: Path, reading: ListReading) -> Iterator[ListEntry]:
    """Yield the entries of a list, and of the lists that it includes and that lie beside it.

    The service that a list is about is its file's name without the ending.

    Raises:
        Refused: when a file cannot be read, is too large, or is in no format that is known.
    """
    text = _load_text(path)
    list_format = recognise_format(text)
    if list_format is None:
        readable = ", ".join(str(list_format.value) for list_format in ListFormat)
        raise Refused([Problem(gettext("{path}, line 1", path=path), text.strip()[:80], readable)])
    yield from _parse_list(list_format, text, path, reading)
    seen = {path.name}
    while reading.includes:
        name = reading.includes.pop()
        if name in seen:
            continue
        seen.add(name)
        included = path.parent / name
        if _is_list_name(name) and len(seen) <= MAX_INCLUDED and included.is_file():
            yield from _parse_list(ListFormat.V2FLY, _load_text(included), included, reading)
        else:
            reading.skipped += 1


def _parse_list(
    list_format: ListFormat, text: str, path: Path, reading: ListReading
) -> Iterator[ListEntry]:
    service = path.stem.lower()
    try:
        match list_format:
            case ListFormat.V2FLY:
                yield from parse_v2fly(text, service, reading)
            case ListFormat.FILTER_RULES:
                yield from parse_filter_rules(text, service, reading)
            case ListFormat.SERVICE_REGISTRY:
                yield from parse_service_registry(text, reading)
            case ListFormat.HOSTS:
                yield from parse_hosts_file(text, reading)
    except InvalidValue as wrong:
        raise Refused([Problem(str(path), wrong.found, wrong.allowed)]) from None


def _is_list_name(name: str) -> bool:
    """Whether a name is that of a list, and not a path to anywhere else."""
    return name.replace("-", "").replace("!", "").replace("_", "").isalnum()


def _load_text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as wrong:
        problem = Problem(str(path), describe_os_error(wrong), gettext("a file that can be read"))
        raise Refused([problem]) from None
    if len(content) > MAX_BYTES:
        raise Refused(
            [
                Problem(
                    str(path),
                    gettext("a larger file"),
                    gettext("at most {count} bytes", count=format(MAX_BYTES, ",")),
                )
            ]
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise Refused(
            [
                Problem(
                    gettext("{path}, line {number}", path=path, number=line),
                    gettext("other bytes"),
                    gettext("text in UTF-8"),
                )
            ]
        ) from None
