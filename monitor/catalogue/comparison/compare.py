"""Compares a list of others with the catalogue: which hostnames does it have that we do not?"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from monitor.catalogue.catalogue import Catalogue, load_catalogue
from monitor.catalogue.comparison.left_out import load_left_out_list
from monitor.catalogue.comparison.lists.entry import ListEntry
from monitor.catalogue.comparison.suggestion import suggest_role
from monitor.catalogue.hostnames.lookup import HostnameLookup
from monitor.catalogue.hostnames.pattern import HostnamePattern
from monitor.catalogue.overlay import OverlayChange
from monitor.catalogue.platform import HostnameRole, Match

OTHER_NAMES: Final[Mapping[str, str]] = {
    "blogger": "weblogs",
    "blogspot": "weblogs",
    "fb": "facebook",
    "livejournal": "weblogs",
    "medium": "weblogs",
    "messenger": "facebook",
    "snap": "snapchat",
    "substack": "weblogs",
    "tumblr": "weblogs",
    "twitter": "x",
    "vkontakte": "vk",
    "wordpress": "weblogs",
}
"""Our platforms by the other names that lists have for them."""


class MissingHostname(NamedTuple):
    """A hostname that a list has and the catalogue has not, or has in another role."""

    platform: str
    hostname: str
    suggested_role: HostnameRole
    """Judged by its labels: for a person to check."""
    our_role: HostnameRole | None
    """Its role by a less specific hostname of ours; None where the catalogue does not know it."""


@dataclass(frozen=True, slots=True)
class KnownHostnames:
    """The hostnames that are decided on: by platform files, the overlay, or the list left out."""

    names: Collection[str]
    """The names of the platforms."""
    _catalogues: tuple[Catalogue, ...]
    _decided: HostnameLookup[Literal[True]]
    _own: frozenset[HostnamePattern]

    def platform_of(self, name: str) -> str:
        """Return the platform that a list or a service of this name is about; empty for none."""
        platform = OTHER_NAMES.get(name.lower(), name.lower())
        return platform if platform in self.names else ""

    def recognise(self, hostname: str) -> Match | None:
        """Return a hostname's match on any platform, on or off, with the overlay or without."""
        matches = (catalogue.recognise(hostname) for catalogue in self._catalogues)
        return next((match for match in matches if match is not None), None)

    def is_decided(self, hostname: str) -> bool:
        """Say whether a hostname has an entry of its own, or was taken or left out."""
        own = not self._own.isdisjoint(
            {HostnamePattern(hostname), HostnamePattern(hostname, is_exact=True)}
        )
        return own or self._decided.find(hostname) is not None


def known_hostnames(in_force: Catalogue, changes: Collection[OverlayChange]) -> KnownHostnames:
    """Collect what the catalogue in force and the overlay's changes decide."""
    ours = load_catalogue(
        switched_on=[platform.name for platform in in_force.platforms if not platform.is_on]
    )
    own = {
        pattern
        for groups in ours.groups.values()
        for group in groups
        for pattern in group.hostnames
    }
    removed = [change.pattern for change in changes if change.match is None]
    left = [pattern for group in load_left_out_list().groups for pattern in group.hostnames]
    return KnownHostnames(
        names=[platform.name for platform in in_force.platforms],
        _catalogues=(in_force, ours),
        _decided=HostnameLookup(dict.fromkeys((*removed, *left), True)),
        _own=frozenset(own | {change.pattern for change in changes}),
    )


def compare_entries(
    entries: Iterable[ListEntry], known: KnownHostnames
) -> Iterator[MissingHostname]:
    """Yield the missing hostnames, each once, in the list's order.

    A list about a platform may have hostnames that we do not know at all. A list about none, such
    as a hosts file, only tells of names under ours that may be for something else.
    """
    given: set[str] = set()
    for entry in entries:
        missing = _compare_entry(entry, known)
        if missing is not None and missing.hostname not in given:
            given.add(missing.hostname)
            yield missing


def _compare_entry(entry: ListEntry, known: KnownHostnames) -> MissingHostname | None:
    if known.is_decided(entry.hostname):
        return None
    match = known.recognise(entry.hostname)
    suggested = suggest_role(entry.hostname, is_advertising=entry.is_advertising)
    if match is None:
        platform = known.platform_of(entry.service)
        return MissingHostname(platform, entry.hostname, suggested, None) if platform else None
    is_other = match.role is HostnameRole.APP and suggested is not HostnameRole.APP
    return (
        MissingHostname(match.platform, entry.hostname, suggested, match.role) if is_other else None
    )
