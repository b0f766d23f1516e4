"""What names the device of a sighting: one kind of thing for a whole installation.

Kinds of names are never joined to each other, and a sighting whose kind of name is not known is
counted nowhere: `docs/decisions/0025-one-kind-of-unit.md` says why nothing less keeps the promise.
"""

from monitor.identity import IdentityRules, Unit
from monitor.place import IPV6_BYTES, plain_address
from monitor.places.bindings import Bindings


def name_client(
    client: bytes, hardware: bytes, timestamp: float, rules: IdentityRules, bindings: Bindings
) -> tuple[bytes, bytes]:
    """Return the name of whoever has an address at a time, and of the device that has it.

    Each is empty when nothing tells it. Where the unit is an address, `name_address` names it.

    Args:
        client: the packed address.
        hardware: the name of the MAC address that the frames came from; empty when not known.
        timestamp: the time.
        rules: what the school's network tells.
        bindings: what RADIUS, DHCP and the neighbour table told.
    """
    # A frame is the truth of its network: who takes another's address still names itself.
    device = hardware if rules.frames_are_own else b""
    if rules.unit is Unit.DEVICE:
        device = device or bindings.hardware_at(client, timestamp)
        return device, device
    person, told = bindings.names_at(client, timestamp)
    device = device or told
    if not person or told not in {b"", device}:
        person = bindings.person_of(device, timestamp)
    return person, device


def name_address(address: bytes, rules: IdentityRules) -> bytes:
    """Return the name of an address where the unit is an address; empty when it is not counted."""
    plain = plain_address(address)
    return b"" if len(plain) == IPV6_BYTES and not rules.counts_ipv6 else plain
