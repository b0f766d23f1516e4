"""How much of what passes can be told at all: silence is not to be read as absence."""

from dataclasses import dataclass

from monitor.evidence import Evidence
from monitor.release.visibility import Visibility


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
