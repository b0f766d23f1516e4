"""How what a source tells of a session goes with what it told before."""

from monitor.identity import DeviceNames
from monitor.places.bindings import Address, BindingSource, SessionUpdate

MAX_ADDRESSES = 16
"""Of one session. Clients rarely have more than a handful; a list without end is an attack."""


def is_of_another_device(before: SessionUpdate, update: SessionUpdate) -> bool:
    """Say whether a controller gives a session's name to another device, as after a restart."""
    known, told = before.names.hardware, update.names.hardware
    return update.source is BindingSource.RADIUS and b"" not in {known, told} and known != told


def join_names(before: SessionUpdate, update: SessionUpdate) -> DeviceNames:
    """Return whose a session is now: RADIUS may leave out what it said before.

    A lease, or a neighbour, goes by its address, which may be another's by now.
    """
    if update.source is not BindingSource.RADIUS:
        return update.names
    return DeviceNames(*(new or old for new, old in zip(update.names, before.names, strict=True)))


def join_addresses(known: tuple[Address, ...], update: tuple[Address, ...]) -> tuple[Address, ...]:
    """Join a session's addresses: one IPv4 address, and of IPv6 as many as were heard of."""
    if any(len(address) == len(b"IPv4") for address in update):
        known = tuple(address for address in known if len(address) != len(b"IPv4"))
    return tuple(dict.fromkeys((*update, *known)))[:MAX_ADDRESSES]
