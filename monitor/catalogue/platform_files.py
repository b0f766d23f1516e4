"""The platform files that come with Lesrust: one a platform, each hostname with reason and source.

`docs/developers/catalogue.md` describes their keys.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import ascii_lowercase, digits
from typing import NamedTuple

from monitor.catalogue.hostnames.pattern import HostnamePattern
from monitor.catalogue.platform import HostnameRole, Platform
from monitor.catalogue.toml_table import (
    TomlTable,
    choice_parser,
    load_toml_file,
    parse_date,
    parse_flag,
    parse_hostnames,
    parse_sentence,
    parse_text,
)
from schedules.language import gettext
from schedules.problem import Problem

_LETTERS = frozenset(ascii_lowercase)
_IN_A_NAME = frozenset(f"{ascii_lowercase}{digits}-")


class HostnameGroup(NamedTuple):
    """Hostnames of a platform that have the same role, for the same reason."""

    role: HostnameRole
    why: str
    sources: tuple[str, ...]
    hostnames: tuple[HostnamePattern, ...]
    shared_with: tuple[str, ...] = ()
    """Who else uses these hostnames: alone they do not say which platform it was."""


class CnameTargets(NamedTuple):
    """The CNAME targets of custom domains that the platform serves."""

    why: str
    sources: tuple[str, ...]
    hostnames: tuple[HostnamePattern, ...]


class PlatformFile(NamedTuple):
    """One platform as its file describes it."""

    name: str
    title: str
    is_on: bool
    checked: date
    groups: tuple[HostnameGroup, ...]
    cname_targets: tuple[CnameTargets, ...] = ()

    @property
    def platform(self) -> Platform:
        """The platform, switched as in its file."""
        return Platform(self.name, self.title, self.is_on, self.checked)


def load_platform_files(
    folder: Traversable | None = None,
) -> tuple[list[PlatformFile], list[Problem]]:
    """Read every platform's file, in the order of their names, and return their problems too."""
    folder = folder or files("monitor.catalogue").joinpath("platforms")
    platforms: list[PlatformFile] = []
    problems: list[Problem] = []
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.endswith(".toml"):
            platform, wrong = _load_platform_file(path)
            problems += wrong
            platforms += [platform] if platform else []
    return platforms, problems + list(_duplicates(platforms))


def _load_platform_file(path: Traversable) -> tuple[PlatformFile | None, list[Problem]]:
    name = path.name.removesuffix(".toml")
    try:
        _name(name)
    except ValueError as wrong:
        return None, [Problem(path.name, name, str(wrong))]
    return load_toml_file(path, lambda content: _platform(name, content))


def _platform(name: str, content: TomlTable) -> PlatformFile:
    return PlatformFile(
        name=name,
        title=content.value("title", parse_text, ""),
        is_on=content.value("on", parse_flag, empty=False),
        checked=content.value("checked", parse_date, date.min),
        groups=content.tables("group", _group, min_length=1),
        cname_targets=content.tables("cname_targets", _cname_targets),
    )


def _group(content: TomlTable) -> HostnameGroup:
    return HostnameGroup(
        role=content.value("role", _role, HostnameRole.APP),
        why=content.value("why", parse_sentence, ""),
        sources=content.values("sources", parse_sentence, min_length=1),
        hostnames=content.values("hostnames", parse_hostnames, min_length=1),
        shared_with=content.values("shared_with", _name),
    )


def _cname_targets(content: TomlTable) -> CnameTargets:
    return CnameTargets(
        why=content.value("why", parse_sentence, ""),
        sources=content.values("sources", parse_sentence, min_length=1),
        hostnames=content.values("hostnames", parse_hostnames, min_length=1),
    )


_role = choice_parser(HostnameRole)


def _name(value: object) -> str:
    name = parse_text(value)
    if name[:1] not in _LETTERS or not _IN_A_NAME.issuperset(name):
        raise ValueError(gettext("a name in small letters, such as x"))
    return name


def _duplicates(files: Iterable[PlatformFile]) -> Iterator[Problem]:
    file_of: dict[HostnamePattern, str] = {}
    for file in files:
        for pattern in (pattern for group in file.groups for pattern in group.hostnames):
            if pattern in file_of:
                allowed = gettext(
                    "a hostname once; {value}.toml has it too", value=file_of[pattern]
                )
                yield Problem(f"{file.name}.toml", str(pattern), allowed)
            file_of[pattern] = file.name
