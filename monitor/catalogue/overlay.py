"""The administrator's own hostnames, laid over ours without touching our files.

One line says one thing: `weblogs app blog.voorbeeldschool.nl` adds or changes a hostname,
`- oudevoorbeeld.nl` takes it and all under it out of every platform.
`docs/developers/catalogue.md` has more.
"""

import codecs
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from monitor.catalogue import pattern
from monitor.catalogue.pattern import Pattern
from monitor.catalogue.platform import HostnameRole, Match
from monitor.catalogue.switches import one_of
from schedules.problem import Problem

LONGEST_FILE = 1_000_000
LONGEST_LINE = 500
_A_LINE = "PLATFORM ROLE HOSTNAME, or - HOSTNAME; after # a remark"


class Change(NamedTuple):
    """What one line says; `match` is None where it takes a hostname out."""

    pattern: Pattern
    match: Match | None


def read(path: Path, platforms: Sequence[str]) -> tuple[list[Change], list[Problem]]:
    """Read an overlay file."""
    try:
        with path.open("rb") as file:
            text = file.read(LONGEST_FILE + 1)
    except OSError as wrong:
        return [], [Problem(str(path), wrong.strerror or "no file", "a file that can be read")]
    if len(text) > LONGEST_FILE:
        return [], [Problem(str(path), "a larger file", f"at most {LONGEST_FILE:,} bytes")]
    return parse(text, name=str(path), platforms=platforms)


def parse(
    text: bytes, *, name: str, platforms: Sequence[str]
) -> tuple[list[Change], list[Problem]]:
    """Read an overlay; what stands on a line with a problem is not among the changes."""
    changes: dict[Pattern, Change] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.removeprefix(codecs.BOM_UTF8).split(b"\n"), start=1):
        where = f"{name}, line {number}"
        for said in _line(line, where, platforms):
            if isinstance(said, Problem):
                problems.append(said)
            elif said.pattern in changes:
                problems.append(Problem(where, str(said.pattern), "a hostname once in the file"))
            else:
                changes[said.pattern] = said
    return list(changes.values()), problems


def lay_over(
    changes: Iterable[Change], answers: Mapping[Pattern, Match]
) -> dict[Pattern, Match | None]:
    """Lay the changes over what our files say: first what goes out, then what comes in."""
    gone = [c.pattern for c in changes if c.match is None]
    branches = {p.name for p in gone if not p.alone and not p.first_label}
    laid: dict[Pattern, Match | None] = {
        p: match for p, match in answers.items() if branches.isdisjoint(p.lineage())
    }
    laid.update(dict.fromkeys(gone))
    laid.update({c.pattern: c.match for c in changes if c.match is not None})
    return laid


def _line(line: bytes, where: str, platforms: Sequence[str]) -> Iterator[Change | Problem]:
    if len(line) > LONGEST_LINE:
        yield Problem(where, "a longer line", f"at most {LONGEST_LINE} bytes")
        return
    try:
        words = line.decode().partition("#")[0].split()
    except UnicodeDecodeError:
        yield Problem(where, line.decode(errors="backslashreplace")[:80], "text in UTF-8")
        return
    yield from _said(words, where, platforms)


def _said(words: list[str], where: str, platforms: Sequence[str]) -> Iterator[Change | Problem]:
    match words:
        case []:
            return
        case ["-", hostname]:
            yield _change(where, hostname, None)
        case [platform, role, hostname] if platform != "-":
            wrong = _names(where, platform.lower(), role.lower(), platforms)
            yield from wrong
            found = None if wrong else Match(platform.lower(), HostnameRole(role.lower()))
            change = _change(where, hostname, found)
            if found or isinstance(change, Problem):
                yield change
        case _:
            yield Problem(where, " ".join(words)[:80], _A_LINE)


def _names(where: str, platform: str, role: str, platforms: Sequence[str]) -> list[Problem]:
    asked = ((platform, platforms), (role, list(HostnameRole)))
    return [Problem(where, name, one_of(name, names)) for name, names in asked if name not in names]


def _change(where: str, hostname: str, found: Match | None) -> Change | Problem:
    try:
        return Change(pattern.parse(hostname), found)
    except ValueError as wrong:
        return Problem(where, hostname[:80], str(wrong))
