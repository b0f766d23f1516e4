"""What a look at the first bytes of a connection can come to."""

from enum import Enum, auto
from typing import NamedTuple


class ParseStatus(Enum):
    """How a look at the first bytes ended."""

    NAME = auto()
    NO_NAME = auto()
    """The protocol was recognised, and these bytes hold no name that can be read."""
    OTHER_PROTOCOL = auto()
    """Another protocol."""
    INCOMPLETE = auto()
    """More bytes may still bring a name."""


class ParseResult(NamedTuple):
    """What was read, and the hostname where there was one."""

    status: ParseStatus
    hostname: str = ""


NO_NAME = ParseResult(ParseStatus.NO_NAME)
OTHER_PROTOCOL = ParseResult(ParseStatus.OTHER_PROTOCOL)
INCOMPLETE = ParseResult(ParseStatus.INCOMPLETE)

MAX_HOSTNAME_LENGTH = 255


def parse_hostname(hostname: bytes) -> ParseResult:
    """Take bytes from the wire for a hostname, if they can be one."""
    if 0 < len(hostname) <= MAX_HOSTNAME_LENGTH and hostname.isascii():
        return ParseResult(ParseStatus.NAME, hostname.decode("ascii"))
    return NO_NAME
