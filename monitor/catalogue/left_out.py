"""What others' lists have and we leave out on purpose, with the reason."""

import tomllib
from datetime import date
from importlib.resources import files
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

from monitor.catalogue.pattern import Pattern, parse

_ONLY_KNOWN_KEYS = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, config=_ONLY_KNOWN_KEYS)
class LeftOutGroup:
    """Hostnames that a list gives a platform and that we do not, for the same reason."""

    platform: str
    """Whose the lists say that they are."""
    why: str
    sources: tuple[str, ...]
    hostnames: tuple[Annotated[Pattern, BeforeValidator(lambda text: parse(str(text)))], ...]


@dataclass(frozen=True, slots=True, config=_ONLY_KNOWN_KEYS)
class LeftOut:
    """All of them."""

    checked: date
    group: tuple[LeftOutGroup, ...]


def read() -> LeftOut:
    """Read the list that comes with Lesrust."""
    text = files("monitor.catalogue").joinpath("left_out.toml").read_text("utf-8")
    return TypeAdapter(LeftOut).validate_python(tomllib.loads(text))
