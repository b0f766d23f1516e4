"""The files that come with Lesrust: one platform each, every hostname with its reason and source.

`docs/catalogue.md` describes their keys.
"""

import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    StrictBool,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)
from pydantic.dataclasses import dataclass

from monitor.catalogue.pattern import Pattern, parse
from monitor.catalogue.platform import HostnameRole, Platform
from schedules.problem import Problem

_ONLY_KNOWN_KEYS = ConfigDict(extra="forbid")


def _some[T](entries: tuple[T, ...]) -> tuple[T, ...]:
    if not entries:
        raise ValueError("at least one")
    return entries


def _pattern(text: object) -> Pattern:
    return parse(text if isinstance(text, str) else "")


type _Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
type _Sentence = Annotated[str, StringConstraints(min_length=4)]
type _Sources = Annotated[tuple[_Sentence, ...], AfterValidator(_some)]
type _Patterns = Annotated[
    tuple[Annotated[Pattern, BeforeValidator(_pattern)], ...], AfterValidator(_some)
]


@dataclass(frozen=True, slots=True, config=_ONLY_KNOWN_KEYS)
class Group:
    """Hostnames of a platform that are for the same thing, for the same reason."""

    role: HostnameRole
    why: _Sentence
    sources: _Sources
    hostnames: _Patterns
    shared_with: tuple[_Name, ...] = ()
    """Who else uses these hostnames, so that they alone do not tell which it was."""


@dataclass(frozen=True, slots=True, config=_ONLY_KNOWN_KEYS)
class CnameTargets:
    """Where a custom domain that the platform serves points in DNS."""

    why: _Sentence
    sources: _Sources
    hostnames: _Patterns


@dataclass(frozen=True, slots=True, config=_ONLY_KNOWN_KEYS)
class PlatformFile:
    """One platform as its file describes it."""

    name: _Name
    title: str
    on: StrictBool
    checked: date
    group: Annotated[tuple[Group, ...], AfterValidator(_some)]
    cname_targets: tuple[CnameTargets, ...] = ()

    @property
    def platform(self) -> Platform:
        """The platform, as its file switches it."""
        return Platform(self.name, self.title, self.on, self.checked)


_ADAPTER = TypeAdapter(PlatformFile)


def read(folder: Traversable | None = None) -> tuple[list[PlatformFile], list[Problem]]:
    """Read every platform's file, in the order of their names."""
    folder = folder or files("monitor.catalogue").joinpath("platforms")
    found: list[PlatformFile] = []
    problems: list[Problem] = []
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.endswith(".toml"):
            try:
                found.append(_parse(path))
            except ValidationError as wrong:
                problems += _problems(path.name, wrong)
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
                problems.append(Problem(path.name, str(wrong), "a file in TOML and UTF-8"))
    return found, problems + list(_said_twice(found))


def _parse(path: Traversable) -> PlatformFile:
    document = tomllib.loads(path.read_text("utf-8"))
    return _ADAPTER.validate_python(document | {"name": path.name.removesuffix(".toml")})


def _problems(name: str, wrong: ValidationError) -> Iterator[Problem]:
    for error in wrong.errors():
        key = " ".join(str(part + 1 if isinstance(part, int) else part) for part in error["loc"])
        found = "nothing" if error["type"] == "missing" else str(error["input"])[:80]
        yield Problem(f"{name}, {key}", found, error["msg"].removeprefix("Value error, "))


def _said_twice(files: Iterable[PlatformFile]) -> Iterator[Problem]:
    said: dict[Pattern, str] = {}
    for file in files:
        for pattern in (pattern for group in file.group for pattern in group.hostnames):
            if pattern in said:
                allowed = f"a hostname once; {said[pattern]}.toml has it too"
                yield Problem(f"{file.name}.toml", str(pattern), allowed)
            said[pattern] = file.name
