"""What a list is parsed into, whatever its format."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from monitor.catalogue.hostnames.spelling import normalise_hostname
from schedules.language import gettext
from schedules.problem import ProblemCollector

MAX_LINE_LENGTH = 2_000


class ListEntry(NamedTuple):
    """One hostname of a list."""

    hostname: str
    """In our one spelling."""
    service: str = ""
    """What the list calls the service that this part of it is about; empty for none."""
    is_advertising: bool = False
    """Whether the list marks it so."""


@dataclass(slots=True)
class ListReading:
    """What is noted while a list is parsed."""

    mistakes: ProblemCollector
    skipped: int = 0
    """What is right but cannot be compared: regular expressions, keywords, wildcards, exceptions,
    and what another file that is not here has."""
    includes: list[str] = field(default_factory=list)
    """The names of other files that the list includes."""


def numbered_lines(text: str, reading: ListReading) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not empty with their numbers; note those that are too long."""
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > MAX_LINE_LENGTH:
            reading.mistakes.add(
                gettext("line {number}", number=number),
                gettext("{count} characters", count=len(line)),
                gettext("{count} characters at most", count=MAX_LINE_LENGTH),
            )
        elif stripped := line.strip():
            yield number, stripped


def parse_hostname(text: str) -> str | None:
    """Return our spelling of a hostname; None for none, or for a whole top-level domain."""
    name = normalise_hostname(text)
    return name if name and "." in name else None
