"""Removes the protection of a client's Initial packets (RFC 9001, section 5).

The authentication tag is verified. This costs nothing beside the decryption, and without it noise,
a cut packet or a wrong key would be searched for frames.
"""

import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES128
from cryptography.hazmat.primitives.ciphers.modes import ECB

from addons.names.quic.header import QuicPacket
from addons.names.quic.versions import IV_SIZE, KEY_SIZE, SECRET_SIZE, QuicVersion, hkdf_label

_CLIENT = hkdf_label(b"client in", SECRET_SIZE)
_SAMPLE_SIZE = 16
_MAX_NUMBER_SIZE = 4
_PROTECTED_BITS = 0x0F
"""Bits of a long header's first byte."""


class InitialKeys:
    """The keys of one client's Initial packets, for one version and connection id."""

    __slots__ = ("_iv", "_largest", "_mask", "_payload")

    def __init__(self, version: QuicVersion, connection: bytes) -> None:
        initial = hmac.digest(version.salt, connection, "sha256")
        secret = hmac.digest(initial, _CLIENT, "sha256")
        key, iv, mask = (
            hmac.digest(secret, info, "sha256") for info in (version.key, version.iv, version.mask)
        )
        self._payload = AESGCM(key[:KEY_SIZE])
        self._iv = int.from_bytes(iv[:IV_SIZE])
        # The mask is one block of ECB, which is never sent itself.
        self._mask = Cipher(AES128(mask[:KEY_SIZE]), ECB()).encryptor()  # noqa: S305
        self._largest = -1

    def decrypt(self, datagram: bytes, packet: QuicPacket) -> bytes | None:
        """Return a packet's payload, decrypted; None if these keys did not protect it."""
        at = packet.number
        sample = datagram[at + _MAX_NUMBER_SIZE : at + _MAX_NUMBER_SIZE + _SAMPLE_SIZE]
        if len(sample) < _SAMPLE_SIZE:
            return None
        mask = self._mask.update(sample)
        first = datagram[packet.start] ^ mask[0] & _PROTECTED_BITS
        size = 1 + (first & 3)
        sent = int.from_bytes(datagram[at : at + size]) ^ int.from_bytes(mask[1 : 1 + size])
        number = decode_packet_number(sent, size, self._largest + 1)
        header = bytes((first,)) + datagram[packet.start + 1 : at] + sent.to_bytes(size)
        nonce = (self._iv ^ number).to_bytes(IV_SIZE)
        try:
            payload = self._payload.decrypt(nonce, datagram[at + size : packet.end], header)
        except InvalidTag:
            return None
        self._largest = max(self._largest, number)
        return payload


def decode_packet_number(sent: int, size: int, expected: int) -> int:
    """Return the packet number whose last bytes were sent (RFC 9000, appendix A.3)."""
    window = 1 << 8 * size
    number = expected & -window | sent
    if number <= expected - window // 2:
        return number + window
    if number > expected + window // 2 and number >= window:
        return number - window
    return number
