"""What parsing the first bytes of a connection can result in."""

from enum import Enum, auto
from typing import NamedTuple


class ParseStatus(Enum):
    """How parsing ended."""

    NAME = auto()
    NO_NAME = auto()
    """The protocol is known, and these bytes hold no readable name."""
    OTHER_PROTOCOL = auto()
    """These bytes belong to another protocol."""
    INCOMPLETE = auto()
    """More bytes may still bring a name."""


class ParseResult(NamedTuple):
    """The status, and the hostname where there is one."""

    status: ParseStatus
    hostname: str = ""


NO_NAME = ParseResult(ParseStatus.NO_NAME)
OTHER_PROTOCOL = ParseResult(ParseStatus.OTHER_PROTOCOL)
INCOMPLETE = ParseResult(ParseStatus.INCOMPLETE)

MAX_HOSTNAME_LENGTH = 255


def parse_hostname(hostname: bytes) -> ParseResult:
    """Return bytes from the wire as a hostname, if they can be one."""
    if 0 < len(hostname) <= MAX_HOSTNAME_LENGTH and hostname.isascii():
        return ParseResult(ParseStatus.NAME, hostname.decode("ascii"))
    return NO_NAME
