"""Counts what the names in a capture are taken for; who asked for them is not kept."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from monitor.catalogue import Catalogue
from monitor.catalogue.hiding import Hiding
from monitor.sighting import Evidence, Hidden, Sighting

REPLACED = "\N{REPLACEMENT CHARACTER}"
"""What stands for a character that a terminal would obey."""


class Recognised(NamedTuple):
    """What a name was taken for."""

    hostname: str
    evidence: Evidence
    platform: str | None
    role: str | None
    """A hostname's role; of what hides, how it does."""


class Recogniser:
    """Takes the place of a core, and knows what every name was taken for.

    Args:
        catalogue: tells platforms and roles.
        hiding: tells what hides.
    """

    def __init__(self, catalogue: Catalogue, hiding: Hiding) -> None:
        self._catalogue = catalogue
        self._hiding = hiding
        self.connections: Counter[Recognised] = Counter()
        self.errors = 0
        """Of the sensor: packets that it could not take in."""

    @property
    def health(self) -> "Recogniser":
        """Itself."""
        return self

    def addon_error(self) -> None:
        """Count an error of the sensor."""
        self.errors += 1

    def clock(self) -> float:
        """Give no time: the packets have their own."""
        return 0.0

    def tick(self) -> None:
        """Do nothing."""

    def see(self, sighting: Sighting) -> None:
        """Count a connection, when it is first seen."""
        if sighting.opens:
            self.connections[self._taken_for(sighting)] += 1

    def _taken_for(self, sighting: Sighting) -> Recognised:
        hostname = _printable(sighting.hostname)
        if sighting.evidence is Evidence.HIDDEN:
            how = sighting.hidden or Hidden.NAMELESS
            return Recognised(hostname, sighting.evidence, None, how.value)
        match = self._catalogue.recognise(hostname)
        if match is None and sighting.alias:
            match = self._catalogue.recognise_alias(sighting.alias)
        if match is not None:
            return Recognised(hostname, sighting.evidence, match.platform, match.role.value)
        hides = self._hiding.of(hostname)
        return Recognised(hostname, sighting.evidence, None, hides.value if hides else None)


def visibility(connections: Mapping[Recognised, int]) -> Iterator[tuple[str, int]]:
    """Give how many connections were seen by which evidence, and how many hide in which way.

    Names that only DNS answered are no connections, and are left out.
    """
    by_evidence, by_way = Counter[str](), Counter[str]()
    for recognised, count in connections.items():
        if recognised.evidence is not Evidence.DNS:
            by_evidence[recognised.evidence.value] += count
            if recognised.role in {*Hidden}:
                by_way[f"{Evidence.HIDDEN.value}: {recognised.role}"] += count
    yield from sorted(by_evidence.items())
    yield from sorted(by_way.items())


def _printable(hostname: str) -> str:
    folded = hostname.lower().removesuffix(".")
    return "".join(each if each.isprintable() else REPLACED for each in folded)
