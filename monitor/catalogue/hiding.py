"""What hides where somebody goes: encrypted resolvers, VPNs, private relays, outer names.

Such connections are counted under visibility, by how they hide; what was behind them is not
guessed. `hiding.toml` says what is known, with reasons, sources and a date;
`docs/developers/catalogue.md` describes its keys.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import NamedTuple

from monitor.catalogue import table
from monitor.catalogue.lookup import Lookup
from monitor.catalogue.pattern import Pattern
from monitor.catalogue.table import Table
from monitor.evidence import HidingMethod
from schedules.problem import Problem, Refused

_FILE = "hiding.toml"
_TOLD_BY_NAME = (
    HidingMethod.RESOLVER,
    HidingMethod.VPN,
    HidingMethod.RELAY,
    HidingMethod.ENCRYPTED_HELLO,
)
"""The ways of hiding that a name or an address can tell; the sensor sees the others."""


class HidingGroup(NamedTuple):
    """Hostnames and addresses that hide in the same way, for the same reason."""

    hides: HidingMethod
    why: str
    sources: tuple[str, ...]
    hostnames: tuple[Pattern, ...] = ()
    addresses: tuple[IPv4Network | IPv6Network, ...] = ()
    """Networks, or single addresses; a network has no bits beyond its prefix."""


class ShownGroup(NamedTuple):
    """Hostnames under those of a group which hide nothing."""

    why: str
    sources: tuple[str, ...]
    hostnames: tuple[Pattern, ...]


class HidingFile(NamedTuple):
    """The list as its file has it."""

    checked: date
    group: tuple[HidingGroup, ...]
    shown: tuple[ShownGroup, ...] = ()


class Hiding:
    """Answers by hostname and by address, in a time that does not grow with the list."""

    __slots__ = ("_hostnames", "_networks", "checked", "groups")

    def __init__(self, file: HidingFile) -> None:
        self.checked = file.checked
        """When the list was last held against its sources."""
        self.groups = file.group
        answers: dict[Pattern, HidingMethod | None] = {
            pattern: group.hides for group in file.group for pattern in group.hostnames
        }
        answers |= {pattern: None for group in file.shown for pattern in group.hostnames}
        self._hostnames = Lookup(answers)
        self._networks = _by_prefix(file.group)

    def of(self, hostname: str) -> HidingMethod | None:
        """Return how what a hostname leads to hides, None where it does not; whatever is asked."""
        return self._hostnames.find(hostname)

    def is_outer(self, hostname: str) -> bool:
        """Whether a hostname is one that encrypted ClientHellos (ECH) show instead of theirs."""
        return self._hostnames.find(hostname) is HidingMethod.ENCRYPTED_HELLO

    def of_address(self, address: bytes) -> HidingMethod | None:
        """Return how a server hides, by its packed address (4 or 16 bytes).

        For a connection that is encrypted and shows no name: these servers answer plain DNS too,
        which hides nothing.
        """
        number = int.from_bytes(address)
        for shift, networks in self._networks.get(len(address), ()):
            found = networks.get(number >> shift)
            if found is not None:
                return found
        return None


@cache
def ours() -> Hiding:
    """Give the list that comes with Lesrust, which never changes; it is read once."""
    return load()


def load(file: Traversable | None = None) -> Hiding:
    """Load the list; raise `Refused` with everything that is wrong."""
    file = file or files("monitor.catalogue").joinpath(_FILE)
    read, problems = table.read_file(file, _list)
    problems += _said_twice(read) if read else ()
    if read is None or problems:
        raise Refused(problems)
    return Hiding(read)


def _list(content: Table) -> HidingFile:
    return HidingFile(
        checked=content.take("checked", table.day, date.min),
        group=content.tables("group", _group, least=1),
        shown=content.tables("shown", _shown),
    )


def _group(content: Table) -> HidingGroup:
    return HidingGroup(
        hides=content.take("hides", _way, HidingMethod.NAMELESS),
        why=content.take("why", table.sentence, ""),
        sources=content.take_all("sources", table.sentence, least=1),
        hostnames=content.take_all("hostnames", table.pattern),
        addresses=content.take_all("addresses", _network),
    )


def _shown(content: Table) -> ShownGroup:
    return ShownGroup(
        why=content.take("why", table.sentence, ""),
        sources=content.take_all("sources", table.sentence, least=1),
        hostnames=content.take_all("hostnames", table.pattern, least=1),
    )


_way = table.one_of(_TOLD_BY_NAME)


def _network(value: object) -> IPv4Network | IPv6Network:
    return ip_network(table.text(value))


type _Networks = Mapping[int, tuple[tuple[int, Mapping[int, HidingMethod]], ...]]
"""By an address's length in bytes: bits to leave out, and networks by those that are left."""


def _by_prefix(groups: Iterable[HidingGroup]) -> _Networks:
    found: dict[int, dict[int, dict[int, HidingMethod]]] = {}
    for group in groups:
        for network in group.addresses:
            shift = network.max_prefixlen - network.prefixlen
            by_shift = found.setdefault(network.max_prefixlen // 8, {})
            number = int(network.network_address) >> shift
            by_shift.setdefault(shift, {})[number] = group.hides
    # The longest prefix, which leaves out the fewest bits, comes first.
    return {length: tuple(sorted(by_shift.items())) for length, by_shift in found.items()}


def _said_twice(file: HidingFile) -> Iterable[Problem]:
    said: set[object] = set()
    for group in file.group:
        for entry in (*group.hostnames, *group.addresses):
            if entry in said:
                yield Problem(_FILE, str(entry), "a hostname or an address once")
            said.add(entry)
