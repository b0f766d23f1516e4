"""Initial packets made by hand, for versions that no client speaks any more.

Made with HKDF from `cryptography`, not with the reader's own, and with the versions' numbers and
salts written down once more, so that a slip in the one shows beside the other.
"""

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES128
from cryptography.hazmat.primitives.ciphers.modes import ECB
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

from tests.addons import hellos
from tests.addons.hellos import HOSTNAME, key_share, server_name, with_extensions

HELLO = hellos.message()
SHUFFLED = with_extensions(key_share(1_216), server_name(HOSTNAME.encode()))
"""As a browser with a post-quantum key share may send it: the name is beyond one datagram."""
CONNECTION = bytes.fromhex("8394c8f03e515708")
SIZE = 1_200

VERSION_1 = 0x00000001
VERSION_2 = 0x6B3343CF
SALTS = {
    VERSION_1: "38762cf7f55934b34d179ae6a4c80cadccbb7f0a",
    VERSION_2: "0dede3def700a6db819381be6e269dcbf9bd2ed9",
    0x709A50C4: "a707c203a59b47184a1d62ca570406ea7ae3e5d3",
    0xFF000016: "7fbcdb0e7c66bbe9193a96cd21519ebd7a02644a",
    **dict.fromkeys(range(0xFF000017, 0xFF00001D), "c3eef712c72ebb5a11a7d2432bb46365bef9f502"),
    **dict.fromkeys(range(0xFF00001D, 0xFF000021), "afbfec289993d24c9e9786f19c6111e04390a899"),
    **dict.fromkeys(range(0xFF000021, 0xFF000023), "38762cf7f55934b34d179ae6a4c80cadccbb7f0a"),
    0xFACEB001: "7fbcdb0e7c66bbe9193a96cd21519ebd7a02644a",
    0xFACEB002: "c3eef712c72ebb5a11a7d2432bb46365bef9f502",
    0xFACEB00E: "c3eef712c72ebb5a11a7d2432bb46365bef9f502",
    0xFACEB010: "c3eef712c72ebb5a11a7d2432bb46365bef9f502",
    0xFACEB013: "c3eef712c72ebb5a11a7d2432bb46365bef9f502",
    0xFACEB003: "38762cf7f55934b34d179ae6a4c80cadccbb7f0a",
    0xFACEFEED: "38762cf7f55934b34d179ae6a4c80cadccbb7f0a",
    0x51303530: "504574efd066fe2f9d945cfcdbd3a7f0d3b56b45",
    0x54303530: "7ff579e5acd072915580304c43a2367c60488310",
    0x54303531: "7a4edef4e7ccee5fa4506c19124fc8ccda6e033d",
}
SECOND_KIND = (VERSION_2, 0x709A50C4)
"""The versions that number the packet types, and name the keys, differently."""


def expand(secret: bytes, label: str, size: int) -> bytes:
    name = b"tls13 " + label.encode()
    info = size.to_bytes(2) + bytes((len(name),)) + name + b"\x00"
    return HKDFExpand(SHA256(), size, info).derive(secret)


def keys(version: int, connection: bytes) -> tuple[bytes, bytes, bytes]:
    """Give a client's key, IV and header protection key."""
    label = "quicv2" if version in SECOND_KIND else "quic"
    initial = HKDF.extract(SHA256(), bytes.fromhex(SALTS[version]), connection)
    secret = expand(initial, "client in", 32)
    return tuple(  # type: ignore[return-value]
        expand(secret, f"{label} {what}", size)
        for what, size in (("key", 16), ("iv", 12), ("hp", 16))
    )


def integer(number: int) -> bytes:
    """Give a number in the fewest bytes."""
    for power in range(4):
        size = 1 << power
        if number < 1 << (8 * size - 2):
            return (number | power << (8 * size - 2)).to_bytes(size)
    raise ValueError(number)


def crypto(data: bytes, offset: int = 0, kind: int = 6) -> bytes:
    return bytes((kind,)) + integer(offset) + integer(len(data)) + data


def long_header(
    version: int, kind: int, size: int, to: bytes, *, source: bytes = b"", token: bytes = b""
) -> bytes:
    """Give a header up to its length, for a packet number of a size; kind as in version 1."""
    kind = kind + 1 & 3 if version in SECOND_KIND else kind
    header = bytes((0xC0 | kind << 4 | size - 1,)) + version.to_bytes(4)
    header += bytes((len(to),)) + to + bytes((len(source),)) + source
    return header if kind != (version in SECOND_KIND) else header + integer(len(token)) + token


def initial(
    payload: bytes,
    version: int = VERSION_1,
    *,
    connection: bytes = CONNECTION,
    to: bytes | None = None,
    number: int = 0,
    number_size: int = 1,
    token: bytes = b"",
    source: bytes = b"",
    size: int = SIZE,
) -> bytes:
    """Protect a payload with the keys of `connection`, and fill the packet up to a size."""
    key, iv, mask_key = keys(version, connection)
    to = connection if to is None else to
    header = long_header(version, 0, number_size, to, source=source, token=token)
    overhead = len(header) + 2 + number_size + 16
    payload = payload.ljust(max(size - overhead, 20), b"\x00")
    length = number_size + len(payload) + 16
    header += (0x4000 | length).to_bytes(2)
    sent = (number & (1 << 8 * number_size) - 1).to_bytes(number_size)
    nonce = (int.from_bytes(iv) ^ number).to_bytes(12)
    protected = AESGCM(key).encrypt(nonce, payload, header + sent)
    mask = Cipher(AES128(mask_key), ECB()).encryptor().update((sent + protected)[4:20])
    hidden = bytes(byte ^ mask_byte for byte, mask_byte in zip(sent, mask[1:5], strict=False))
    return bytes((header[0] ^ mask[0] & 0x0F,)) + header[1:] + hidden + protected


def other(kind: int, version: int = VERSION_1, size: int = 100) -> bytes:
    """Give a packet whose content nobody can read: 1 early data, 2 handshake."""
    return long_header(version, kind, 1, CONNECTION) + (0x4000 | size).to_bytes(2) + bytes(size)


def in_pieces(message: bytes, size: int, kind: int = 6) -> list[bytes]:
    """Cut a message into CRYPTO frames."""
    return [crypto(message[at : at + size], at, kind) for at in range(0, len(message), size)]
