"""What names the device of a sighting: one kind of thing for a whole installation.

Kinds of names are never joined to each other, and a sighting whose kind of name is not known is
counted nowhere: `docs/decisions/0025-one-kind-of-unit.md` says why nothing less keeps the promise.
"""

from monitor.identity import IdentityRules, Unit
from monitor.place import IPV6_BYTES, plain_address
from monitor.places.bindings import Bindings


def name_client(
    client: bytes, hardware: bytes, timestamp: float, rules: IdentityRules, bindings: Bindings
) -> bytes:
    """Return the name of whoever has an address at a time; empty when nothing tells it.

    Where the unit is an address, `name_address` names it instead.

    Args:
        client: the packed address.
        hardware: the name of the MAC address that the frames came from; empty when not known.
        timestamp: the time.
        rules: what the school's network tells.
        bindings: what RADIUS, DHCP and the neighbour table told.
    """
    seen = hardware if rules.frames_are_own else b""
    if seen and rules.unit is Unit.DEVICE:
        return seen
    told = bindings.names_at(client, timestamp)
    # A frame is the truth of its network: who takes another's address still names itself.
    hardware = seen or told.hardware
    if rules.unit is Unit.DEVICE:
        return hardware
    if told.person and (not told.hardware or hardware == told.hardware):
        return told.person
    return bindings.person_of(hardware, timestamp)


def name_address(address: bytes, rules: IdentityRules) -> bytes:
    """Return the name of an address where the unit is an address; empty when it is not counted."""
    plain = plain_address(address)
    return b"" if len(plain) == IPV6_BYTES and not rules.counts_ipv6 else plain
