"""What others' lists have and we leave out on purpose, with the reason."""

from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from monitor.catalogue import table
from monitor.catalogue.pattern import Pattern
from monitor.catalogue.table import Table
from schedules.problem import Refused


@dataclass(frozen=True, slots=True)
class LeftOutGroup:
    """Hostnames that a list gives a platform and that we do not, for the same reason."""

    platform: str
    """Whose the lists say that they are."""
    why: str
    sources: tuple[str, ...]
    hostnames: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """All of them."""

    checked: date
    group: tuple[LeftOutGroup, ...]


def read() -> LeftOut:
    """Read the list that comes with Lesrust; raise `Refused` with everything that is wrong."""
    found, problems = table.read_file(files("monitor.catalogue").joinpath("left_out.toml"), _list)
    if found is None:
        raise Refused(problems)
    return found


def _list(content: Table) -> LeftOut:
    return LeftOut(
        checked=content.take("checked", table.day, date.min),
        group=content.tables("group", _group, least=1),
    )


def _group(content: Table) -> LeftOutGroup:
    return LeftOutGroup(
        platform=content.take("platform", table.text, ""),
        why=content.take("why", table.sentence, ""),
        sources=content.take_all("sources", table.sentence, least=1),
        hostnames=content.take_all("hostnames", table.pattern, least=1),
    )
