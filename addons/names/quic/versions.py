"""The versions of QUIC whose handshakes can be read, and how they differ up to the name.

Initial packets are encrypted with keys that anyone can derive, from the version's salt and the
connection id that the client chose. The encryption makes sure that a reader on the way knows the
version: so a version without an entry here has no name.
"""

from typing import NamedTuple


class QuicVersion(NamedTuple):
    """What differs between versions in their Initial packets."""

    salt: bytes
    """20 bytes."""
    key: bytes
    iv: bytes
    mask: bytes
    """Inputs of key derivation: HkdfLabel (RFC 8446, section 7.1) and HKDF's counter."""
    initial: int = 0
    """The long packet type of Initial. The others follow it, in the same order."""
    is_framed_by_google: bool = False
    """Whether the frames have the numbers that Google used before the IETF."""
    is_tls: bool = True
    """Whether the handshake is that of TLS; else it is Google's own."""


KEY_SIZE = 16
IV_SIZE = 12
SECRET_SIZE = 32


def hkdf_label(label: bytes, size: int) -> bytes:
    """Return what HKDF-Expand-Label hashes for its first block, without context."""
    label = b"tls13 " + label
    return size.to_bytes(2) + bytes((len(label),)) + label + b"\x00\x01"


def _version(salt: str, labels: bytes = b"quic") -> QuicVersion:
    return QuicVersion(
        bytes.fromhex(salt),
        hkdf_label(labels + b" key", KEY_SIZE),
        hkdf_label(labels + b" iv", IV_SIZE),
        hkdf_label(labels + b" hp", KEY_SIZE),
    )


# Section 5.2 of draft-ietf-quic-tls-22, -23 and -29, and of RFC 9001.
_DRAFT_22 = _version("7fbcdb0e7c66bbe9193a96cd21519ebd7a02644a")
_DRAFT_23 = _version("c3eef712c72ebb5a11a7d2432bb46365bef9f502")
_DRAFT_29 = _version("afbfec289993d24c9e9786f19c6111e04390a899")
_VERSION_1 = _version("38762cf7f55934b34d179ae6a4c80cadccbb7f0a")
# Section 3.3 of RFC 9369, and of draft-ietf-quic-v2-01 to -07.
_VERSION_2 = _version("0dede3def700a6db819381be6e269dcbf9bd2ed9", b"quicv2")._replace(initial=1)
_VERSION_2_DRAFT = _VERSION_2._replace(
    salt=bytes.fromhex("a707c203a59b47184a1d62ca570406ea7ae3e5d3")
)
# Chromium, quic/core/crypto/crypto_utils.cc.
_T050 = _version("7ff579e5acd072915580304c43a2367c60488310")._replace(is_framed_by_google=True)
_T051 = _version("7a4edef4e7ccee5fa4506c19124fc8ccda6e033d")._replace(is_framed_by_google=True)
_Q050 = _version("504574efd066fe2f9d945cfcdbd3a7f0d3b56b45")._replace(
    is_framed_by_google=True, is_tls=False
)

_NUMBERS = {
    0x00000001: _VERSION_1,
    0x6B3343CF: _VERSION_2,
    0x709A50C4: _VERSION_2_DRAFT,
    int.from_bytes(b"Q050"): _Q050,
    int.from_bytes(b"T050"): _T050,
    int.from_bytes(b"T051"): _T051,
    0xFF000016: _DRAFT_22,
    **dict.fromkeys(range(0xFF000017, 0xFF00001D), _DRAFT_23),
    **dict.fromkeys(range(0xFF00001D, 0xFF000021), _DRAFT_29),
    **dict.fromkeys(range(0xFF000021, 0xFF000023), _VERSION_1),
    # Facebook's mvfst (quic/QuicConstants.h, quic/handshake/HandshakeLayer.cpp) uses draft 23's
    # salt for its own numbers, except for the first and for the aliases of version 1.
    **dict.fromkeys(range(0xFACEB000, 0xFACEB020), _DRAFT_23),
    0xFACEB001: _DRAFT_22,
    0xFACEB003: _VERSION_1,
    0xFACEB004: _VERSION_1,
    0xFACEFEED: _VERSION_1,
}

VERSIONS = {number.to_bytes(4): version for number, version in _NUMBERS.items()}
"""By the four bytes that stand in a long header."""
_RESERVED_BITS, _RESERVED = 0x0F0F0F0F, 0x0A0A0A0A


def find_version(number: bytes) -> QuicVersion | None:
    """Return the version that four bytes in a long header mean; None for an unknown one.

    Some numbers are reserved for being refused (RFC 9000, section 15). Clients send one to learn
    which versions a server has, and all that were seen protect it as draft 29 does.
    """
    version = VERSIONS.get(number)
    if version is None and int.from_bytes(number) & _RESERVED_BITS == _RESERVED:
        return _DRAFT_29
    return version
