"""What names a device: the strongest thing known of it, hashed where it arrives.

Two keys, both in memory alone. The `NamingKey` lives as long as the process: with it a user, or a
MAC address, is hashed where it arrives, so that two sources that know the same device say the same
name. The `DayKey` turns a name into the pseudonym of one day, so that no device can be followed to
the next. Neither protects against someone who can read this process's memory; see
`docs/decisions/`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from secrets import token_bytes
from typing import NamedTuple

KEY_BYTES = 32
NAME_BYTES = 16
PSEUDONYM_BYTES = 8
"""With 100,000 devices in a day, two share a pseudonym with a chance below one in a billion."""
MAC_BYTES = 6
_IS_GROUP = 1
"""The bit of a MAC address's first byte that makes it many stations' (multicast, broadcast)."""
_ROUTER_PREFIXES = (
    b"\x00\x00\x5e\x00\x01",  # VRRP and CARP, IPv4
    b"\x00\x00\x5e\x00\x02",  # VRRP, IPv6
    b"\x00\x00\x0c\x07\xac",  # HSRP
    b"\x00\x00\x0c\x9f",  # HSRP version 2
    b"\x00\x05\x73\xa0",  # HSRP, IPv6
    b"\x00\x07\xb4",  # GLBP
)
"""How the MAC addresses begin that several routers share."""
_OVERWRITTEN = 256
"""More than are free at a time: a key, and a copy of it for each name that was hashed."""
_to_integer = int.from_bytes
"""Looked up once: for every sighting that would cost more than the conversion."""
_NOBODY = ("", "anonymous")
"""Names of users, without their realm, that name nobody."""


class Unit(StrEnum):
    """What counts once: one kind of thing for a whole installation."""

    PERSON = "person"
    DEVICE = "device"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class IdentityRules:
    """What a school's network tells of a device."""

    unit: Unit = Unit.ADDRESS
    frames_are_own: bool = True
    """Whether a frame's source MAC address is the client's own, and not a router's."""
    addresses: int = 1
    """How many addresses one device may have in a day, where the unit is an address."""
    reused: bool = False
    """Whether an address passes to another device within a day, where the unit is an address."""
    counts_ipv6: bool = True
    """Whether IPv6 addresses are counted too, where the unit is an address: a device makes itself
    as many as it likes."""


class DeviceNames(NamedTuple):
    """What a source says of whose an address is, as keyed names; empty for what it does not say."""

    person: bytes = b""
    hardware: bytes = b""


NO_NAMES = DeviceNames()


class NamingKey:
    """A random key that turns what names a person or a device into a name that says nothing.

    Args:
        own_hardware: MAC addresses that are no client's, such as this machine's own.
        key: for tests that compare two processes; random otherwise.
    """

    def __init__(self, own_hardware: Collection[bytes] = (), key: bytes | None = None) -> None:
        key = key or token_bytes(KEY_BYTES)
        self._own_hardware = frozenset(own_hardware)
        self._persons = blake2b(key=key, digest_size=NAME_BYTES, person=b"person")
        self._hardware = blake2b(key=key, digest_size=NAME_BYTES, person=b"hardware")

    def name_person(self, user: str) -> bytes:
        """Return the name of a user; empty when it names nobody.

        Args:
            user: as 802.1X or the school's directory writes it: upper case, and a Windows domain
                before it, make no other user.
        """
        plain = user.strip().lower().rpartition("\\")[2]
        account = plain.partition("@")[0]
        if account in _NOBODY or account.startswith("anonymous"):
            return b""
        keyed = self._persons.copy()
        keyed.update(plain.encode())
        return keyed.digest()

    def name_hardware(self, mac: bytes) -> bytes:
        """Return the name of a MAC address; empty when it is no client's."""
        if mac in self._own_hardware or not is_client_hardware(mac):
            return b""
        keyed = self._hardware.copy()
        keyed.update(mac)
        return keyed.digest()

    def name_station(self, station: str) -> bytes:
        """Return the name of a device that a server tells of by what it made of its MAC address."""
        keyed = self._hardware.copy()
        keyed.update(station.encode())
        return keyed.digest()


def is_client_hardware(mac: bytes) -> bool:
    """Say whether a MAC address can be that of one client."""
    return (
        len(mac) == MAC_BYTES
        and not mac[0] & _IS_GROUP
        and any(mac)
        and not mac.startswith(_ROUTER_PREFIXES)
    )


class DayKey:
    """A random key that turns names into pseudonyms for one day only."""

    def __init__(self, day: date, key: bytes | None = None) -> None:
        self.day = day
        self._keyed = blake2b(key=key or token_bytes(KEY_BYTES), digest_size=PSEUDONYM_BYTES)

    def pseudonym(self, name: bytes) -> int:
        """Return the pseudonym of a device for this day.

        Args:
            name: what names the device: a keyed name, or a packed address.
        """
        keyed = self._keyed.copy()
        keyed.update(name)
        return _to_integer(keyed.digest())


def overwrite_freed_keys() -> None:
    """Use the memory again that keys stood in: what is free keeps what was in it until then."""
    keyed = [blake2b(key=bytes(KEY_BYTES)) for _ in range(_OVERWRITTEN)]
    copies = [state.copy() for state in keyed]
    del keyed, copies
