"""What a look at the first bytes of a connection can come to."""

from enum import Enum, auto
from typing import NamedTuple


class Outcome(Enum):
    """How a look at the first bytes ended."""

    NAME = auto()
    NAMELESS = auto()
    """The protocol was recognised, and these bytes hold no name that can be read."""
    OTHER = auto()
    """Another protocol."""
    INCOMPLETE = auto()
    """More bytes may still bring a name."""


class Reading(NamedTuple):
    """What was read, and the hostname where there was one."""

    outcome: Outcome
    hostname: str = ""


NAMELESS = Reading(Outcome.NAMELESS)
OTHER = Reading(Outcome.OTHER)
INCOMPLETE = Reading(Outcome.INCOMPLETE)

LONGEST_HOSTNAME = 255


def named(hostname: bytes) -> Reading:
    """Take bytes from the wire for a hostname, if they can be one."""
    if 0 < len(hostname) <= LONGEST_HOSTNAME and hostname.isascii():
        return Reading(Outcome.NAME, hostname.decode("ascii"))
    return NAMELESS
