"""Which distributions Lesrust needs, and for what, by what is installed here."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements.lock"


class Use(StrEnum):
    """Why a distribution is installed; the first that holds."""

    ALWAYS = "always"
    EXTRA = "extra"
    DEVELOPMENT = "development"


@dataclass(frozen=True, slots=True)
class UsedDistribution:
    """A distribution that is installed, why, and what it needs itself."""

    name: str
    version: str
    use: Use
    needs: frozenset[str]


@cache
def load_requirements() -> Mapping[Use, tuple[Requirement, ...]]:
    """Give what pyproject.toml itself asks for."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project = pyproject["project"]
    extras = (line for lines in project["optional-dependencies"].values() for line in lines)
    return {
        Use.ALWAYS: tuple(map(Requirement, project["dependencies"])),
        Use.EXTRA: tuple(map(Requirement, extras)),
        Use.DEVELOPMENT: tuple(map(Requirement, pyproject["dependency-groups"]["dev"])),
    }


def load_locked() -> Mapping[str, frozenset[str]]:
    """Give the versions of each distribution in the lock: one, or one for each range of Pythons."""
    versions = dict[str, set[str]]()
    for name, version in re.findall(r"^([a-z0-9-]+)==(\S+)", LOCK.read_text("ascii"), re.MULTILINE):
        versions.setdefault(name, set()).add(version)
    return {name: frozenset(numbers) for name, numbers in versions.items()}


def find_used() -> list[UsedDistribution]:
    """Find all that pyproject.toml asks for, and all that those need in turn, by name."""
    used = dict[str, UsedDistribution]()
    for use, requirements in load_requirements().items():
        for name, needs in _follow(requirements).items():
            if name not in used:
                used[name] = UsedDistribution(name, distribution(name).version, use, needs)
    return sorted(used.values(), key=lambda part: part.name)


def _follow(requirements: Iterable[Requirement]) -> dict[str, frozenset[str]]:
    """Give what each distribution needs, from these on, with the extras that are asked for."""
    needs = dict[str, set[str]]()
    seen = set[tuple[str, str]]()
    waiting = [pair for requirement in requirements for pair in _name_extras(requirement)]
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        needed = list(_find_needed(distribution(name), extra))
        needs.setdefault(name, set()).update(canonicalize_name(other.name) for other in needed)
        waiting += (pair for requirement in needed for pair in _name_extras(requirement))
    return {name: frozenset(names - {name}) for name, names in needs.items()}


def _name_extras(requirement: Requirement) -> Iterator[tuple[str, str]]:
    for extra in ("", *sorted(requirement.extras)):
        yield canonicalize_name(requirement.name), extra


def _find_needed(installed: Distribution, extra: str) -> Iterator[Requirement]:
    for line in installed.requires or ():
        requirement = Requirement(line)
        if requirement.marker is None:
            if not extra:
                yield requirement
        elif requirement.marker.evaluate({"extra": extra}):
            yield requirement
