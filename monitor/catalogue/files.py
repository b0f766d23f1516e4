"""The files that come with Lesrust: one platform each, every hostname with its reason and source.

`docs/developers/catalogue.md` describes their keys.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import ascii_lowercase, digits
from typing import NamedTuple

from monitor.catalogue import table
from monitor.catalogue.pattern import Pattern
from monitor.catalogue.platform import HostnameRole, Platform
from monitor.catalogue.table import Table
from schedules.problem import Problem

_LETTERS = frozenset(ascii_lowercase)
_IN_A_NAME = frozenset(f"{ascii_lowercase}{digits}-")


class Group(NamedTuple):
    """Hostnames of a platform that are for the same thing, for the same reason."""

    role: HostnameRole
    why: str
    sources: tuple[str, ...]
    hostnames: tuple[Pattern, ...]
    shared_with: tuple[str, ...] = ()
    """Who else uses these hostnames, so that they alone do not tell which it was."""


class CnameTargets(NamedTuple):
    """Where a custom domain that the platform serves points in DNS."""

    why: str
    sources: tuple[str, ...]
    hostnames: tuple[Pattern, ...]


class PlatformFile(NamedTuple):
    """One platform as its file describes it."""

    name: str
    title: str
    on: bool
    checked: date
    group: tuple[Group, ...]
    cname_targets: tuple[CnameTargets, ...] = ()

    @property
    def platform(self) -> Platform:
        """The platform, as its file switches it."""
        return Platform(self.name, self.title, self.on, self.checked)


def read(folder: Traversable | None = None) -> tuple[list[PlatformFile], list[Problem]]:
    """Read every platform's file, in the order of their names."""
    folder = folder or files("monitor.catalogue").joinpath("platforms")
    found: list[PlatformFile] = []
    problems: list[Problem] = []
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.endswith(".toml"):
            file, wrong = _read_one(path)
            problems += wrong
            found += [file] if file else []
    return found, problems + list(_said_twice(found))


def _read_one(path: Traversable) -> tuple[PlatformFile | None, list[Problem]]:
    name = path.name.removesuffix(".toml")
    try:
        _name(name)
    except ValueError as wrong:
        return None, [Problem(path.name, name, str(wrong))]
    return table.read_file(path, lambda content: _platform(name, content))


def _platform(name: str, content: Table) -> PlatformFile:
    return PlatformFile(
        name=name,
        title=content.take("title", table.text, ""),
        on=content.take("on", table.flag, empty=False),
        checked=content.take("checked", table.day, date.min),
        group=content.tables("group", _group, least=1),
        cname_targets=content.tables("cname_targets", _cname_targets),
    )


def _group(content: Table) -> Group:
    return Group(
        role=content.take("role", _role, HostnameRole.APP),
        why=content.take("why", table.sentence, ""),
        sources=content.take_all("sources", table.sentence, least=1),
        hostnames=content.take_all("hostnames", table.pattern, least=1),
        shared_with=content.take_all("shared_with", _name),
    )


def _cname_targets(content: Table) -> CnameTargets:
    return CnameTargets(
        why=content.take("why", table.sentence, ""),
        sources=content.take_all("sources", table.sentence, least=1),
        hostnames=content.take_all("hostnames", table.pattern, least=1),
    )


_role = table.one_of(HostnameRole)


def _name(value: object) -> str:
    name = table.text(value)
    if name[:1] not in _LETTERS or not _IN_A_NAME.issuperset(name):
        raise ValueError("a name in small letters, such as x")
    return name


def _said_twice(files: Iterable[PlatformFile]) -> Iterator[Problem]:
    said: dict[Pattern, str] = {}
    for file in files:
        for pattern in (pattern for group in file.group for pattern in group.hostnames):
            if pattern in said:
                allowed = f"a hostname once; {said[pattern]}.toml has it too"
                yield Problem(f"{file.name}.toml", str(pattern), allowed)
            said[pattern] = file.name
