"""Whether a packet was made with a shared secret, and what is in it.

Everything in an Accounting-Request is signed by its Request Authenticator (RFC 2866, 3), which is
an MD5 with the secret behind it. Message-Authenticator (RFC 3579, 3.2) is an HMAC, which also holds
against whoever can choose a part of what is signed.
"""

from functools import cache
from hashlib import md5
from hmac import compare_digest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyrad.dictionary import Dictionary
    from pyrad.packet import AcctPacket

HEADER_SIZE = 20
"""Bytes: code, identifier, length, authenticator."""
MAX_PACKET_SIZE = 4_096
"""Bytes (RFC 2866, 3)."""
_ACCOUNTING_REQUEST = b"\x04"


def is_signed(content: bytes, secret: bytes) -> bool:
    """Say whether an Accounting-Request's authenticator was made with the secret.

    It is the MD5 of code, identifier, length, sixteen zeros, attributes and the secret (RFC 2866,
    3); what follows after the length is padding.
    """
    length = int.from_bytes(content[2:4])
    if content[:1] != _ACCOUNTING_REQUEST or not HEADER_SIZE <= length <= len(content):
        return False
    signed = content[:4] + bytes(16) + content[HEADER_SIZE:length] + secret
    made = md5(signed, usedforsecurity=False).digest()
    return compare_digest(made, content[4:HEADER_SIZE])


def parse_packet(content: bytes, secret: bytes) -> "AcctPacket | None":
    """Parse a packet; None when its attributes are not as the protocol has them."""
    from pyrad.packet import AcctPacket, PacketError  # only where RADIUS is used

    try:
        return AcctPacket(packet=content, secret=secret, dict=_no_attributes())
    except (PacketError, ValueError, LookupError, TypeError):
        return None


@cache
def _no_attributes() -> "Dictionary":
    from pyrad.dictionary import Dictionary

    return Dictionary()
