"""Which servers hide where a client goes: encrypted resolvers, VPNs, relays, outer names.

Connections to them are counted under visibility, by how they hide; what was behind them is not
guessed. `hiding.toml` lists them, with reasons, sources and a date;
`docs/developers/catalogue.md` describes its keys.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import NamedTuple

from monitor.catalogue.hostnames.lookup import HostnameLookup
from monitor.catalogue.hostnames.pattern import HostnamePattern
from monitor.catalogue.toml_table import (
    TomlTable,
    choice_parser,
    load_toml_file,
    parse_date,
    parse_hostnames,
    parse_sentence,
    parse_text,
)
from monitor.evidence import HidingMethod
from schedules.language import gettext
from schedules.problem import Problem, Refused

_FILE = "hiding.toml"
_LISTED_METHODS = (
    HidingMethod.RESOLVER,
    HidingMethod.VPN,
    HidingMethod.RELAY,
    HidingMethod.ENCRYPTED_HELLO,
)
"""The methods that a hostname or an address shows; the sensor sees the others."""


class HidingGroup(NamedTuple):
    """Hostnames and addresses that hide in the same way, for the same reason."""

    method: HidingMethod
    why: str
    sources: tuple[str, ...]
    hostnames: tuple[HostnamePattern, ...] = ()
    addresses: tuple[IPv4Network | IPv6Network, ...] = ()
    """Networks, or single addresses; a network has no bits beyond its prefix."""


class ShownGroup(NamedTuple):
    """Hostnames that hide nothing, under hostnames of a group that do."""

    why: str
    sources: tuple[str, ...]
    hostnames: tuple[HostnamePattern, ...]


class HidingFile(NamedTuple):
    """The list as its file has it."""

    checked: date
    groups: tuple[HidingGroup, ...]
    shown_groups: tuple[ShownGroup, ...] = ()


class HidingList:
    """The list, looked up by hostname and by address in a time that does not grow with it."""

    __slots__ = ("_networks", "checked", "groups", "method_of_hostname")

    def __init__(self, file: HidingFile) -> None:
        self.checked = file.checked
        """When the list was last held against its sources."""
        self.groups = file.groups
        answers: dict[HostnamePattern, HidingMethod | None] = {
            pattern: group.method for group in file.groups for pattern in group.hostnames
        }
        answers |= {pattern: None for group in file.shown_groups for pattern in group.hostnames}
        self.method_of_hostname: Callable[[str], HidingMethod | None] = HostnameLookup(answers).find
        """Returns how a hostname's server hides where clients go, None where it does not."""
        self._networks = _by_prefix(file.groups)

    def is_outer_name(self, hostname: str) -> bool:
        """Whether encrypted ClientHellos (ECH) show this hostname instead of the real one."""
        return self.method_of_hostname(hostname) is HidingMethod.ENCRYPTED_HELLO

    def method_of_address(self, address: bytes) -> HidingMethod | None:
        """Return how a server hides where clients go, by its packed address (4 or 16 bytes).

        Only for a connection that is encrypted and shows no name: these servers also answer plain
        DNS, which hides nothing.
        """
        number = int.from_bytes(address)
        for shift, networks in self._networks.get(len(address), ()):
            method = networks.get(number >> shift)
            if method is not None:
                return method
        return None


@cache
def bundled_hiding_list() -> HidingList:
    """Return the list that comes with Lesrust; it is read once."""
    return load_hiding_list()


def load_hiding_list(file: Traversable | None = None) -> HidingList:
    """Load the list.

    Raises:
        Refused: with everything that is wrong.
    """
    file = file or files("monitor.catalogue").joinpath(_FILE)
    hiding, problems = load_toml_file(file, _list)
    problems += _duplicates(hiding) if hiding else ()
    if hiding is None or problems:
        raise Refused(problems)
    return HidingList(hiding)


def _list(content: TomlTable) -> HidingFile:
    return HidingFile(
        checked=content.value("checked", parse_date, date.min),
        groups=content.tables("group", _group, min_length=1),
        shown_groups=content.tables("shown", _shown),
    )


def _group(content: TomlTable) -> HidingGroup:
    return HidingGroup(
        method=content.value("hides", _way, HidingMethod.NAMELESS),
        why=content.value("why", parse_sentence, ""),
        sources=content.values("sources", parse_sentence, min_length=1),
        hostnames=content.values("hostnames", parse_hostnames),
        addresses=content.values("addresses", _network),
    )


def _shown(content: TomlTable) -> ShownGroup:
    return ShownGroup(
        why=content.value("why", parse_sentence, ""),
        sources=content.values("sources", parse_sentence, min_length=1),
        hostnames=content.values("hostnames", parse_hostnames, min_length=1),
    )


_way = choice_parser(_LISTED_METHODS)


def _network(value: object) -> IPv4Network | IPv6Network:
    return ip_network(parse_text(value))


type _Networks = Mapping[int, tuple[tuple[int, Mapping[int, HidingMethod]], ...]]
"""By an address's length in bytes: the bits to shift out, and networks by the rest."""


def _by_prefix(groups: Iterable[HidingGroup]) -> _Networks:
    by_length: dict[int, dict[int, dict[int, HidingMethod]]] = {}
    for group in groups:
        for network in group.addresses:
            shift = network.max_prefixlen - network.prefixlen
            by_shift = by_length.setdefault(network.max_prefixlen // 8, {})
            number = int(network.network_address) >> shift
            by_shift.setdefault(shift, {})[number] = group.method
    # The longest prefix, which leaves out the fewest bits, comes first.
    return {length: tuple(sorted(by_shift.items())) for length, by_shift in by_length.items()}


def _duplicates(file: HidingFile) -> Iterable[Problem]:
    seen: set[object] = set()
    for group in file.groups:
        for entry in (*group.hostnames, *group.addresses):
            if entry in seen:
                yield Problem(_FILE, str(entry), gettext("a hostname or an address once"))
            seen.add(entry)
