"""What hides where somebody goes: encrypted resolvers, VPNs, private relays, outer names.

Such connections are counted under visibility, by how they hide; what was behind them is not
guessed. `hiding.toml` says what is known, with reasons, sources and a date; `docs/catalogue.md`
describes its keys.
"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from ipaddress import IPv4Network, IPv6Network
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, StringConstraints, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from monitor.catalogue.lookup import Lookup
from monitor.catalogue.pattern import Pattern, parse
from monitor.sighting import Hidden
from schedules.problem import Problem, Refused

_ONLY_KNOWN_KEYS = ConfigDict(extra="forbid")
_FILE = "hiding.toml"


class _Hides(StrEnum):
    """The ways of hiding that a name or an address can tell; the sensor sees the others."""

    RESOLVER = Hidden.RESOLVER.value
    VPN = Hidden.VPN.value
    RELAY = Hidden.RELAY.value
    ENCRYPTED_HELLO = Hidden.ENCRYPTED_HELLO.value


def _pattern(text: object) -> Pattern:
    return parse(text if isinstance(text, str) else "")


type _Sentence = Annotated[str, StringConstraints(min_length=4)]
type _Patterns = tuple[Annotated[Pattern, BeforeValidator(_pattern)], ...]


@dataclass(frozen=True, slots=True, config=_ONLY_KNOWN_KEYS)
class HidingGroup:
    """Hostnames and addresses that hide in the same way, for the same reason."""

    hides: _Hides
    why: _Sentence
    sources: tuple[_Sentence, ...]
    hostnames: _Patterns = ()
    addresses: tuple[IPv4Network | IPv6Network, ...] = ()
    """Networks, or single addresses; a network has no bits beyond its prefix."""


@dataclass(frozen=True, slots=True, config=_ONLY_KNOWN_KEYS)
class ShownGroup:
    """Hostnames under those of a group which hide nothing."""

    why: _Sentence
    sources: tuple[_Sentence, ...]
    hostnames: _Patterns


@dataclass(frozen=True, slots=True, config=_ONLY_KNOWN_KEYS)
class HidingFile:
    """The list as its file has it."""

    checked: date
    group: tuple[HidingGroup, ...]
    shown: tuple[ShownGroup, ...] = ()


_ADAPTER = TypeAdapter(HidingFile)


class Hiding:
    """Answers by hostname and by address, in a time that does not grow with the list."""

    __slots__ = ("_hostnames", "_networks", "checked", "groups")

    def __init__(self, file: HidingFile) -> None:
        self.checked = file.checked
        """When the list was last held against its sources."""
        self.groups = file.group
        answers: dict[Pattern, Hidden | None] = {
            pattern: Hidden(group.hides) for group in file.group for pattern in group.hostnames
        }
        answers |= {pattern: None for group in file.shown for pattern in group.hostnames}
        self._hostnames = Lookup(answers)
        self._networks = _by_prefix(file.group)

    def of(self, hostname: str) -> Hidden | None:
        """Return how what a hostname leads to hides, None where it does not; whatever is asked."""
        return self._hostnames.find(hostname)

    def is_outer(self, hostname: str) -> bool:
        """Whether a hostname is one that encrypted ClientHellos (ECH) show instead of theirs."""
        return self._hostnames.find(hostname) is Hidden.ENCRYPTED_HELLO

    def of_address(self, address: bytes) -> Hidden | None:
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
    try:
        read = _ADAPTER.validate_python(tomllib.loads(file.read_text("utf-8")))
    except ValidationError as wrong:
        raise Refused(_problems(wrong)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise Refused([Problem(_FILE, str(wrong), "a file in TOML and UTF-8")]) from None
    problems = list(_said_twice(read))
    if problems:
        raise Refused(problems)
    return Hiding(read)


type _Networks = Mapping[int, tuple[tuple[int, Mapping[int, Hidden]], ...]]
"""By an address's length in bytes: bits to leave out, and networks by those that are left."""


def _by_prefix(groups: Iterable[HidingGroup]) -> _Networks:
    found: dict[int, dict[int, dict[int, Hidden]]] = {}
    for group in groups:
        for network in group.addresses:
            shift = network.max_prefixlen - network.prefixlen
            by_shift = found.setdefault(network.max_prefixlen // 8, {})
            number = int(network.network_address) >> shift
            by_shift.setdefault(shift, {})[number] = Hidden(group.hides)
    # The longest prefix, which leaves out the fewest bits, comes first.
    return {length: tuple(sorted(by_shift.items())) for length, by_shift in found.items()}


def _problems(wrong: ValidationError) -> Iterable[Problem]:
    for error in wrong.errors():
        key = " ".join(str(part + 1 if isinstance(part, int) else part) for part in error["loc"])
        found = "nothing" if error["type"] == "missing" else str(error["input"])[:80]
        yield Problem(f"{_FILE}, {key}", found, error["msg"].removeprefix("Value error, "))


def _said_twice(file: HidingFile) -> Iterable[Problem]:
    said: set[object] = set()
    for group in file.group:
        for entry in (*group.hostnames, *group.addresses):
            if entry in said:
                yield Problem(_FILE, str(entry), "a hostname or an address once")
            said.add(entry)
