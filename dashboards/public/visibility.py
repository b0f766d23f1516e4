"""How much of what passes can be told at all: silence is not to be read as absence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from monitor.sighting import Evidence


class Visibility(Protocol):
    """Which share of connections was seen by which evidence, as the store has it."""

    @property
    def shares(self) -> Mapping[str, int]:
        """Percent of connections, by the value of the evidence."""

    @property
    def hidden(self) -> int:
        """Percent of connections that hide where they go: those of a VPN have a name, and hide."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a name is learned, and how often it was."""

    evidence: Evidence
    percent: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What everyone reads of it."""

    named: int
    """Percent of connections of which the service could be told."""
    hidden: int
    ways: tuple[Way, ...]


def seen(visibility: Visibility | None) -> Seen | None:
    """Say how much was seen; None when that is not known yet."""
    if visibility is None:
        return None
    shares = visibility.shares
    ways = tuple(Way(each, shares[each]) for each in Evidence if shares.get(each))
    return Seen(100 - visibility.hidden, visibility.hidden, ways)
