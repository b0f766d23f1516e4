"""Where a client is: the room, and with it the year layer and the role of who is there."""

from dataclasses import dataclass
from enum import StrEnum

IPV4_MAPPED = bytes(10) + b"\xff\xff"
"""How an IPv6 socket writes an IPv4 client's address (RFC 4291, 2.5.5.2)."""
IPV6_BYTES = 16


def plain_address(address: bytes) -> bytes:
    """Return a packed address; one of IPv4 that IPv6 carries is IPv4."""
    if len(address) == IPV6_BYTES and address.startswith(IPV4_MAPPED):
        return address[len(IPV4_MAPPED) :]
    return address


class PersonRole(StrEnum):
    """The role of whoever uses a place's network."""

    PUPIL = "pupil"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Place:
    """A room, and who is there."""

    room: str
    layer: str = ""
    """The year layer; empty for that of the lesson's groups."""
    role: PersonRole = PersonRole.PUPIL
