"""Holds a foreign list against our catalogue: what does it have that we do not?"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from monitor.catalogue import left_out, suggestion
from monitor.catalogue.catalogue import Catalogue, load
from monitor.catalogue.lists.entry import Entry
from monitor.catalogue.lookup import Lookup
from monitor.catalogue.overlay import Change
from monitor.catalogue.pattern import Pattern
from monitor.catalogue.platform import HostnameRole, Match

CALLED: Final[Mapping[str, str]] = {
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
"""What lists call our platforms, where that is another name."""


class Missing(NamedTuple):
    """A hostname that a list has and we do not, or not as what the list takes it for."""

    platform: str
    hostname: str
    suggested: HostnameRole
    """By its labels: for a person to judge."""
    ours: HostnameRole | None
    """What it is by a less specific entry of ours, None where we do not know it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is decided about hostnames: by our files, on or off, by the overlay, or left out."""

    names: Collection[str]
    """Of the platforms."""
    _catalogues: tuple[Catalogue, ...]
    _decided: Lookup[Literal[True]]
    _own: frozenset[Pattern]

    def platform(self, called: str) -> str:
        """Return which platform a list or a service with a name is about; empty for none."""
        name = CALLED.get(called.lower(), called.lower())
        return name if name in self.names else ""

    def match(self, hostname: str) -> Match | None:
        """Return what a hostname is, of any platform, with the overlay or without."""
        found = (catalogue.recognise(hostname) for catalogue in self._catalogues)
        return next((match for match in found if match is not None), None)

    def is_decided(self, hostname: str) -> bool:
        """Whether a hostname has an entry of its own, or was taken or left out."""
        own = not self._own.isdisjoint({Pattern(hostname), Pattern(hostname, alone=True)})
        return own or self._decided.find(hostname) is not None


def known(in_force: Catalogue, changes: Collection[Change]) -> Known:
    """Put together what is decided: by the catalogue in force and the overlay's changes."""
    ours = load(switched_on=[p.name for p in in_force.platforms if not p.on])
    own = {pattern for groups in ours.groups.values() for g in groups for pattern in g.hostnames}
    gone = [change.pattern for change in changes if change.match is None]
    left = [pattern for group in left_out.read().group for pattern in group.hostnames]
    return Known(
        names=[platform.name for platform in in_force.platforms],
        _catalogues=(in_force, ours),
        _decided=Lookup(dict.fromkeys((*gone, *left), True)),
        _own=frozenset(own | {change.pattern for change in changes}),
    )


def compare(entries: Iterable[Entry], known: Known) -> Iterator[Missing]:
    """Give what is missing, each hostname once, in the list's order.

    A list about a platform may have hostnames that we do not know at all. A list about none, such
    as a hosts file, only tells of names under ours that may be for something else.
    """
    given: set[str] = set()
    for entry in entries:
        found = _missing(entry, known)
        if found is not None and found.hostname not in given:
            given.add(found.hostname)
            yield found


def _missing(entry: Entry, known: Known) -> Missing | None:
    if known.is_decided(entry.hostname):
        return None
    match = known.match(entry.hostname)
    suggested = suggestion.role(entry.hostname, is_advertising=entry.is_advertising)
    if match is None:
        platform = known.platform(entry.about)
        return Missing(platform, entry.hostname, suggested, None) if platform else None
    is_other = match.role is HostnameRole.APP and suggested is not HostnameRole.APP
    return Missing(match.platform, entry.hostname, suggested, match.role) if is_other else None
