"""What every reader of a foreign list gives, whatever the list's format."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from monitor.catalogue.hostname import normalise
from schedules.problem import ProblemCollector

LONGEST_LINE = 2_000


class Entry(NamedTuple):
    """One hostname of a list."""

    hostname: str
    """In our one spelling."""
    about: str = ""
    """What the list, or the part of it, calls the service that it is about; empty if nothing."""
    is_advertising: bool = False
    """Whether the list marks it so."""


@dataclass(slots=True)
class Reading:
    """What is noted while a list is read."""

    mistakes: ProblemCollector
    passed_over: int = 0
    """What is right but cannot be compared: regular expressions, keywords, wildcards, exceptions,
    and what another file that is not here has."""
    includes: list[str] = field(default_factory=list)
    """The names of other files that the list includes."""


def lines(text: str, reading: Reading) -> Iterator[tuple[int, str]]:
    """Give the lines that are not empty with their numbers; note those that are too long."""
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > LONGEST_LINE:
            reading.mistakes.add(
                f"line {number}", f"{len(line)} characters", f"{LONGEST_LINE} characters at most"
            )
        elif stripped := line.strip():
            yield number, stripped


def hostname(text: str) -> str | None:
    """Give our spelling of a hostname, None for what is none, or is a whole top-level domain."""
    name = normalise(text)
    return name if name and "." in name else None
