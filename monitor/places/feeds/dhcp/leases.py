"""Translates leases into events: the same for every server.

The place is that of the remote in the attachment map, or else of the circuit, or else of the VLAN
that a circuit ends in, as `sw-b2:ge-0/0/4:204` or `port7 vlan204` do.

A client renews with the server itself, past the relay (RFC 2131, 4.4.5), so without option 82. The
relay's earlier information then still holds. Kea keeps it; for other servers it is kept here.
"""

from collections import Counter
from re import compile as pattern
from typing import NamedTuple

from monitor.health import FeedOutcome
from monitor.identity import NO_NAMES, DeviceNames, NamingKey
from monitor.place import IPV6_BYTES, Place
from monitor.places.attachment_map import AttachmentKind, AttachmentMap
from monitor.places.bindings import (
    MAX_SESSIONS,
    Address,
    BindingEvent,
    BindingSource,
    SessionEnd,
    SessionUpdate,
)
from monitor.places.feeds.dhcp.option82 import RelayInfo
from monitor.places.feeds.feed import SessionHasher
from monitor.places.feeds.unmapped import UnmappedAttachments

MAX_LEASE_DURATION = 31 * 86_400.0
"""Seconds, also for a lease without end."""
_VLAN = pattern(r"(?:^|:|vlan[ _-]?)([0-9]{1,4})$")
_MAX_CIRCUIT_LENGTH = 510


class Lease(NamedTuple):
    """An address that a server has handed out."""

    address: Address
    relay_info: RelayInfo
    since: float
    """When it was handed out or renewed, in seconds since 1970-01-01 UTC."""
    until: float
    is_renewal: bool = False
    """Whether its place stays as it was when the lease says nothing of it."""
    hardware: bytes = b""
    """The MAC address of the client, which the translator hashes and drops; empty: not known."""


class LeaseTranslator:
    """Translates leases into events, with the school's attachment map.

    Args:
        attachments: which room a circuit or a VLAN is in.
        names: hashes the names of sessions.
        unmapped: records attachments without a room.
        naming: hashes MAC addresses; None where the unit does not need them.
    """

    def __init__(
        self,
        attachments: AttachmentMap,
        names: SessionHasher,
        unmapped: UnmappedAttachments,
        naming: NamingKey | None = None,
    ) -> None:
        self._naming = naming
        self._attachments = attachments
        self._unmapped = unmapped
        self._names = names
        self._places: dict[Address, tuple[Place, float]] = {}

    def lease_event(self, lease: Lease, now: float, counts: Counter[FeedOutcome]) -> BindingEvent:
        """Return the event of a lease, and count what became of it."""
        until = min(lease.until, now + MAX_LEASE_DURATION)
        if until <= now:
            counts[FeedOutcome.IGNORED] += 1
            return self.end_event(lease.address, now)
        place = self._place(lease)
        names = self._name(lease.hardware)
        # Option 82 is of DHCPv4: of an IPv6 address a lease only says whose it is.
        is_ipv6 = len(lease.address) == IPV6_BYTES
        if is_ipv6 and place is None and names is NO_NAMES:
            asks_names = self._naming is not None
            counts[FeedOutcome.WITHOUT_NAME if asks_names else FeedOutcome.IGNORED] += 1
            return self.end_event(lease.address, now)
        is_located = not is_ipv6 and len(self._attachments)
        if place is None and (is_located or names is NO_NAMES):
            counts[FeedOutcome.WITHOUT_ROOM] += 1
            shown = [name for name in lease.relay_info if not _shows(name, lease.hardware)]
            self._unmapped.record(AttachmentKind.CIRCUIT, *(shown or [""]))
            if names is NO_NAMES:
                return self.end_event(lease.address, now)
        else:
            counts[FeedOutcome.TAKEN] += 1
        if place is not None:
            self._remember(lease.address, place, until, now)
        return SessionUpdate(
            BindingSource.DHCP,
            self._names.digest(lease.address),
            (lease.address,),
            place,
            min(lease.since, now),
            until,
            names=names,
        )

    def end_event(self, address: Address, now: float) -> BindingEvent:
        """Return the event that ends the lease of an address."""
        self._places.pop(address, None)
        return SessionEnd(BindingSource.DHCP, self._names.digest(address), now)

    def _name(self, mac: bytes) -> DeviceNames:
        hardware = self._naming.name_hardware(mac) if self._naming else b""
        return DeviceNames(hardware=hardware) if hardware else NO_NAMES

    def _place(self, lease: Lease) -> Place | None:
        if lease.is_renewal and not any(lease.relay_info):
            place, until = self._places.get(lease.address, (None, 0.0))
            return place if until > lease.since else None
        return find_place(self._attachments, lease.relay_info)

    def _remember(self, address: Address, place: Place, until: float, now: float) -> None:
        if address not in self._places and len(self._places) >= MAX_SESSIONS:
            self._places = {key: known for key, known in self._places.items() if known[1] > now}
        if address in self._places or len(self._places) < MAX_SESSIONS:
            self._places[address] = (place, until)


def _shows(name: str, hardware: bytes) -> bool:
    """Say whether a relay's name has the client's MAC address in it, as bytes that can be printed.

    Written in digits it is left out wherever it is anybody's.
    """
    plain = hardware.strip()
    return bool(plain) and plain in name.encode("latin-1", "replace")


def find_place(attachments: AttachmentMap, relayed: RelayInfo) -> Place | None:
    """Return the place of a relay's information; None when no line of the mapping has it."""
    for name in (relayed.remote, relayed.circuit):
        if place := attachments.place_of(AttachmentKind.CIRCUIT, name):
            return place
    vlan = _VLAN.search(relayed.circuit[:_MAX_CIRCUIT_LENGTH].lower())
    return vlan and attachments.place_of(AttachmentKind.VLAN, vlan[1])
