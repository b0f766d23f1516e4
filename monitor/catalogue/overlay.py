"""The administrator's own hostnames, which change the catalogue without touching its files.

A line adds or changes a hostname (`weblogs app blog.voorbeeldschool.nl`), or takes one and all
under it out of every platform (`- oudevoorbeeld.nl`). `docs/developers/catalogue.md` has more.
"""

import codecs
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from monitor.catalogue.hostnames.pattern import HostnamePattern, parse_pattern
from monitor.catalogue.platform import HostnameRole, Match
from monitor.catalogue.switches import describe_choices
from schedules.language import describe_os_error, gettext, gettext_lazy
from schedules.problem import Problem

MAX_FILE_SIZE = 1_000_000
MAX_LINE_LENGTH = 500
_A_LINE = gettext_lazy("PLATFORM ROLE HOSTNAME, or - HOSTNAME; after # a remark")


class OverlayChange(NamedTuple):
    """The change that one line makes; `match` is None where it takes a hostname out."""

    pattern: HostnamePattern
    match: Match | None


def load_overlay(path: Path, platforms: Sequence[str]) -> tuple[list[OverlayChange], list[Problem]]:
    """Read an overlay file, and return its problems too."""
    try:
        with path.open("rb") as file:
            text = file.read(MAX_FILE_SIZE + 1)
    except OSError as wrong:
        return [], [
            Problem(str(path), describe_os_error(wrong), gettext("a file that can be read"))
        ]
    if len(text) > MAX_FILE_SIZE:
        return [], [
            Problem(
                str(path),
                gettext("a larger file"),
                gettext("at most {count} bytes", count=format(MAX_FILE_SIZE, ",")),
            )
        ]
    return parse_overlay(text, name=str(path), platforms=platforms)


def parse_overlay(
    text: bytes, *, name: str, platforms: Sequence[str]
) -> tuple[list[OverlayChange], list[Problem]]:
    """Parse an overlay; a line with a problem makes no change."""
    changes: dict[HostnamePattern, OverlayChange] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.removeprefix(codecs.BOM_UTF8).split(b"\n"), start=1):
        where = gettext("{name}, line {number}", name=name, number=number)
        for result in _parse_line(line, where, platforms):
            if isinstance(result, Problem):
                problems.append(result)
            elif result.pattern in changes:
                problems.append(
                    Problem(where, str(result.pattern), gettext("a hostname once in the file"))
                )
            else:
                changes[result.pattern] = result
    return list(changes.values()), problems


def apply_overlay(
    changes: Iterable[OverlayChange], answers: Mapping[HostnamePattern, Match]
) -> dict[HostnamePattern, Match | None]:
    """Apply the changes to the platform files' matches: first what goes out, then the rest."""
    removed = [change.pattern for change in changes if change.match is None]
    branches = {
        pattern.name for pattern in removed if not pattern.is_exact and not pattern.first_label
    }
    applied: dict[HostnamePattern, Match | None] = {
        pattern: match
        for pattern, match in answers.items()
        if branches.isdisjoint(pattern.parent_names())
    }
    applied.update(dict.fromkeys(removed))
    applied.update({change.pattern: change.match for change in changes if change.match is not None})
    return applied


def _parse_line(
    line: bytes, where: str, platforms: Sequence[str]
) -> Iterator[OverlayChange | Problem]:
    if len(line) > MAX_LINE_LENGTH:
        yield Problem(
            where, gettext("a longer line"), gettext("at most {count} bytes", count=MAX_LINE_LENGTH)
        )
        return
    try:
        words = line.decode().partition("#")[0].split()
    except UnicodeDecodeError:
        yield Problem(where, line.decode(errors="backslashreplace")[:80], gettext("text in UTF-8"))
        return
    yield from _parse_words(words, where, platforms)


def _parse_words(
    words: list[str], where: str, platforms: Sequence[str]
) -> Iterator[OverlayChange | Problem]:
    match words:
        case []:
            return
        case ["-", hostname]:
            yield _parse_change(where, hostname, None)
        case [platform, role, hostname] if platform != "-":
            wrong = _unknown_names(where, platform.lower(), role.lower(), platforms)
            yield from wrong
            match = None if wrong else Match(platform.lower(), HostnameRole(role.lower()))
            change = _parse_change(where, hostname, match)
            if match or isinstance(change, Problem):
                yield change
        case _:
            yield Problem(where, " ".join(words)[:80], str(_A_LINE))


def _unknown_names(where: str, platform: str, role: str, platforms: Sequence[str]) -> list[Problem]:
    choices = ((platform, platforms), (role, list(HostnameRole)))
    return [
        Problem(where, name, describe_choices(name, names))
        for name, names in choices
        if name not in names
    ]


def _parse_change(where: str, hostname: str, match: Match | None) -> OverlayChange | Problem:
    try:
        return OverlayChange(parse_pattern(hostname), match)
    except ValueError as wrong:
        return Problem(where, hostname[:80], str(wrong))
