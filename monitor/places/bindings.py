"""Which address is where at what time, by the school's RADIUS and DHCP servers.

A feed reports `SessionUpdate`, `SessionEnd` and `SenderRestart`. `binding_table` records them, and
makes the immutable snapshot that is here, to look sightings up in. Nothing of it outlives the
process.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from ipaddress import IPv4Address, IPv6Address, IPv6Network
from typing import NamedTuple

from monitor.identity import NO_NAMES, DeviceNames
from monitor.place import IPV4_MAPPED, IPV6_BYTES, Place, plain_address

MAX_SESSIONS = 50_000
PREFIX_BYTES = 8
"""A /64: one session's own (RFC 8273), or that of a network that many share."""

type Address = bytes
"""4 bytes, 16 bytes, or the first 8 bytes of a /64."""


class BindingSource(IntEnum):
    """Whose word a binding is; the lower comes first."""

    RADIUS = 1
    DHCP = 2
    NEIGHBOUR = 3
    """The neighbour table of this machine, where it is the clients' router."""


class SessionUpdate(NamedTuple):
    """A session, or a lease, has these addresses and is at this place."""

    source: BindingSource
    session: bytes
    """Its name in its source, as a keyed digest: never a name that can be read."""
    addresses: tuple[Address, ...]
    """Empty for those that are known already."""
    place: Place | None
    """None when it is not known: the bindings of these addresses end."""
    timestamp: float
    until: float
    sender: bytes = b""
    """Who keeps the session, such as a controller; `SenderRestart` names it."""
    names: DeviceNames = NO_NAMES
    """Whose the addresses are; empty for what is known already, or is not told."""


class SessionEnd(NamedTuple):
    """A session is over."""

    source: BindingSource
    session: bytes
    timestamp: float


class SenderRestart(NamedTuple):
    """A sender has lost its sessions, or has none yet."""

    source: BindingSource
    sender: bytes
    timestamp: float


type BindingEvent = SessionUpdate | SessionEnd | SenderRestart


class Binding(NamedTuple):
    """An address is at a place from `since` up to, not including, `until`."""

    source: BindingSource
    session: bytes
    """Empty for several sessions, which share the address."""
    since: float
    until: float
    place: Place | None
    """None when the session is known and its place is not."""
    device: Address
    """The address that names the session's device; empty when each address is a device."""
    names: DeviceNames = NO_NAMES
    """Whose the address is, where its source says so."""


class Bindings:
    """An immutable snapshot of which address is bound to which place."""

    def __init__(
        self,
        by_address: Mapping[Address, tuple[Binding, ...]] | None = None,
        by_hardware: Mapping[bytes, tuple[Binding, ...]] | None = None,
    ) -> None:
        self._by_address = by_address or {}
        self._by_hardware = by_hardware or {}

    def find(self, address: bytes, timestamp: float) -> Binding | None:
        """Return what gives a packed address (4 or 16 bytes) its place at a time; None for nothing.

        An address that is a session's own does not get a place from its prefix.
        """
        is_of_prefix = len(address) == IPV6_BYTES
        if is_of_prefix and address.startswith(IPV4_MAPPED):
            address, is_of_prefix = address[12:], False
        bindings = self._by_address.get(address)
        if bindings is not None:
            for binding in bindings:
                if binding.since <= timestamp < binding.until:
                    if binding.place is not None:
                        return binding
                    # A lease without a place says whose the address is, and no more.
                    is_of_prefix &= binding.source is not BindingSource.RADIUS
        if is_of_prefix:
            for binding in self._by_address.get(address[:PREFIX_BYTES], ()):
                if binding.since <= timestamp < binding.until and binding.place is not None:
                    return binding
        return None

    def find_of_hardware(self, hardware: bytes, timestamp: float) -> Binding | None:
        """Return what gives a device its place at a time, whatever its address.

        Args:
            hardware: the name of its MAC address.
            timestamp: the time.
        """
        for binding in self._by_hardware.get(hardware, ()):
            if binding.since <= timestamp < binding.until and binding.place is not None:
                return binding
        return None

    def names_at(self, address: bytes, timestamp: float) -> DeviceNames:
        """Return whose a packed address is at a time, by all sources together.

        The neighbour table shows who has the address now, so its MAC address comes before one that
        RADIUS or DHCP gave the address to. A /64 names who has it alone, where nothing names the
        address itself.
        """
        return _merge_names(self._naming_at(address, timestamp))

    def hardware_at(self, address: bytes, timestamp: float) -> bytes:
        """Return the MAC address's name that `names_at` has, without whose device it is."""
        return _best_hardware(self._naming_at(address, timestamp))

    def session_of(self, address: bytes, timestamp: float) -> tuple[BindingSource, bytes] | None:
        """Return the session or the lease that has exactly this address; None for none."""
        for binding in self._by_address.get(plain_address(address), ()):
            is_session = binding.source is not BindingSource.NEIGHBOUR
            if is_session and binding.since <= timestamp < binding.until:
                return binding.source, binding.session
        return None

    def hardware_of(self, address: bytes, timestamp: float) -> bytes:
        """Return the MAC address's name that was told for exactly this address; empty for none."""
        bindings = self._by_address.get(plain_address(address), ())
        return _best_hardware(_naming(bindings, timestamp))

    def observed_hardware_of(self, address: bytes, timestamp: float) -> bytes:
        """Return the MAC address's name that the network saw of exactly this address.

        What DHCP was told is left out: a client writes there what it likes, another's MAC address
        too. That gives it nothing where it is counted, and everything where it would be shown what
        the other does.
        """
        bindings = self._by_address.get(plain_address(address), ())
        observed = (binding for binding in bindings if binding.source is not BindingSource.DHCP)
        return _best_hardware(_naming(observed, timestamp))

    def person_of(self, hardware: bytes, timestamp: float) -> bytes:
        """Return who authenticated on a device, by its MAC address's name; empty for nobody."""
        for binding in self._by_hardware.get(hardware, ()):
            if binding.since <= timestamp < binding.until and binding.names.person:
                return binding.names.person
        return b""

    def _naming_at(self, address: bytes, timestamp: float) -> Sequence[Binding]:
        """Return what says whose an address is, or else its /64 where one session has that."""
        address = plain_address(address)
        told = _naming(self._by_address.get(address, ()), timestamp)
        if not told and len(address) == IPV6_BYTES:
            prefix = self._by_address.get(address[:PREFIX_BYTES], ())
            told = _naming((binding for binding in prefix if binding.session), timestamp)
        return told

    def __len__(self) -> int:
        return len(self._by_address)


def _naming(bindings: Iterable[Binding], timestamp: float) -> Sequence[Binding]:
    """Return the bindings that say at a time whose an address is."""
    return [
        binding
        for binding in bindings
        if binding.names is not NO_NAMES and binding.since <= timestamp < binding.until
    ]


def _merge_names(bindings: Sequence[Binding]) -> DeviceNames:
    """Merge what the bindings of one address say of whose it is."""
    hardware = _best_hardware(bindings)
    for binding in bindings:
        person, authenticated = binding.names
        if person:
            # Who authenticated on another device than the one that has the address is not there.
            return DeviceNames(person if authenticated in {b"", hardware} else b"", hardware)
    return DeviceNames(hardware=hardware)


def _best_hardware(bindings: Iterable[Binding]) -> bytes:
    """Return the MAC address's name by the binding of one address that knows best whose it is.

    The neighbour table shows who has it now. Else the latest of a session and a lease says so: the
    end of the other may be lost, and what is counted of one device hangs on no other's.
    """
    hardware, latest = b"", (False, 0.0)
    for binding in bindings:
        if told := binding.names.hardware:
            rank = (binding.source is BindingSource.NEIGHBOUR, binding.since)
            if not hardware or rank > latest:
                hardware, latest = told, rank
    return hardware


def pack_address(address: IPv4Address | IPv6Address | IPv6Network) -> Address:
    """Pack an address, or an IPv6 prefix of /64, as the key of its bindings.

    A prefix of another length is not one device's.

    Raises:
        ValueError: for an unspecified address, one that every link has, or a prefix that is no /64.
    """
    if address.is_link_local:
        raise ValueError("no client's address")
    if isinstance(address, IPv6Network):
        if address.prefixlen != PREFIX_BYTES * 8:
            raise ValueError("a prefix other than /64")
        return address.network_address.packed[:PREFIX_BYTES]
    if address.is_unspecified or address.is_loopback or address.is_multicast:
        raise ValueError("no client's address")
    return address.packed
