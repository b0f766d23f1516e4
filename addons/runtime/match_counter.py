"""Counts what the names in a capture are recognised as, without their clients."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from monitor.catalogue import Catalogue
from monitor.catalogue.hiding import HidingList
from monitor.evidence import Evidence, HidingMethod
from monitor.sighting import Sighting

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""Replaces a character that a terminal would obey."""


class NameMatch(NamedTuple):
    """What a name was recognised as."""

    hostname: str
    evidence: Evidence
    platform: str | None
    role: str | None
    """The hostname's role, or the way in which a connection hides."""


type _SightedName = tuple[str, Evidence, str, HidingMethod | None]
"""A sighting's hostname, evidence, alias, and why it is hidden."""


class MatchCounter:
    """A sink that counts what every name is recognised as.

    Args:
        catalogue: has platforms and roles.
        hiding_list: has the names of what hides.
    """

    def __init__(self, catalogue: Catalogue, hiding_list: HidingList) -> None:
        self._catalogue = catalogue
        self._hiding_list = hiding_list
        self._names: Counter[_SightedName] = Counter()
        self.errors = 0
        """Packets on which the sensor failed."""

    @property
    def health(self) -> "MatchCounter":
        """Itself."""
        return self

    def count_addon_error(self) -> None:
        """Count an error of the sensor."""
        self.errors += 1

    def count_dropped_packets(self, packets: int) -> None:
        """Do nothing: a capture is read as fast as it can be."""

    def name_hardware(self, mac: bytes) -> bytes:
        """Return nothing."""
        return b""

    def name_dns_client(self, client: bytes, hardware: bytes, timestamp: float) -> bytes:
        """Return the address: in a capture nothing else is told."""
        return client

    def tick(self) -> None:
        """Do nothing."""

    def receive_sighting(self, sighting: Sighting) -> None:
        """Count a connection, at its first sighting."""
        if sighting.opens_connection:
            self._names[
                sighting.hostname, sighting.evidence, sighting.cname, sighting.hiding_method
            ] += 1

    @property
    def matches(self) -> Counter[NameMatch]:
        """Connections by what their names are recognised as; each name is recognised once."""
        counted = Counter[NameMatch]()
        for name, count in self._names.items():
            counted[self._match(*name)] += count
        return counted

    def _match(
        self, shown: str, evidence: Evidence, cname: str, hiding_method: HidingMethod | None
    ) -> NameMatch:
        hostname = _printable(shown)
        if evidence is Evidence.HIDDEN:
            how = hiding_method or HidingMethod.NAMELESS
            return NameMatch(hostname, evidence, None, how.value)
        match = self._catalogue.recognise(shown, cname)
        if match is not None:
            return NameMatch(hostname, evidence, match.platform, match.role.value)
        hides = self._hiding_list.method_of_hostname(shown)
        return NameMatch(hostname, evidence, None, hides.value if hides else None)


def count_visibility(connections: Mapping[NameMatch, int]) -> Iterator[tuple[str, int]]:
    """Yield how many connections had which evidence, and how many hide in which way.

    Names in DNS answers are no connections, and are left out.
    """
    by_evidence, by_way = Counter[str](), Counter[str]()
    for recognised, count in connections.items():
        if recognised.evidence.is_connection:
            by_evidence[recognised.evidence.value] += count
            if recognised.role in {*HidingMethod}:
                by_way[f"{Evidence.HIDDEN.value}: {recognised.role}"] += count
    yield from sorted(by_evidence.items())
    yield from sorted(by_way.items())


def _printable(hostname: str) -> str:
    folded = hostname.lower().removesuffix(".")
    if folded.isprintable():
        return folded
    return "".join(letter if letter.isprintable() else REPLACEMENT for letter in folded)
