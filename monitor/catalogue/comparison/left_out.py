"""The hostnames that others' lists have and the catalogue leaves out on purpose."""

from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from monitor.catalogue.hostnames.pattern import HostnamePattern
from monitor.catalogue.toml_table import (
    TomlTable,
    load_toml_file,
    parse_date,
    parse_hostnames,
    parse_sentence,
    parse_text,
)
from schedules.problem import Refused


@dataclass(frozen=True, slots=True)
class LeftOutGroup:
    """Hostnames that lists give a platform and the catalogue does not, for the same reason."""

    platform: str
    """The platform, by those lists."""
    why: str
    sources: tuple[str, ...]
    hostnames: tuple[HostnamePattern, ...]


@dataclass(frozen=True, slots=True)
class LeftOutList:
    """All groups, as the file has them."""

    checked: date
    groups: tuple[LeftOutGroup, ...]


def load_left_out_list() -> LeftOutList:
    """Read the list that comes with Lesrust.

    Raises:
        Refused: with everything that is wrong.
    """
    left_out, problems = load_toml_file(
        files("monitor.catalogue.comparison").joinpath("left_out.toml"), _list
    )
    if left_out is None:
        raise Refused(problems)
    return left_out


def _list(content: TomlTable) -> LeftOutList:
    return LeftOutList(
        checked=content.value("checked", parse_date, date.min),
        groups=content.tables("group", _group, min_length=1),
    )


def _group(content: TomlTable) -> LeftOutGroup:
    return LeftOutGroup(
        platform=content.value("platform", parse_text, ""),
        why=content.value("why", parse_sentence, ""),
        sources=content.values("sources", parse_sentence, min_length=1),
        hostnames=content.values("hostnames", parse_hostnames, min_length=1),
    )
