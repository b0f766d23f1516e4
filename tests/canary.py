"""The forms in which what must stand nowhere could still be written: plain, packed, coded, hashed.

A test lets known addresses, MAC addresses, hostnames and names go through what it tests, and then
looks for each form in all that was written or said.
"""

import base64
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import blake2b, md5, sha1, sha256
from ipaddress import ip_address
from re import fullmatch

MIN_CODED = 5
"""Bytes of a piece of base64, below which chance writes it too."""
_SEPARATORS = ("", ":", "-", ".")


def find_canaries(content: bytes, secrets: Iterable[str]) -> list[str]:
    """Return every secret that stands in some content, with the form in which it does."""
    return [
        f"{secret} as {form!r}" for secret in secrets for form in forms(secret) if form in content
    ]


@cache
def forms(secret: str) -> frozenset[bytes]:
    """Return the forms in which a secret could be written."""
    texts = set(_spellings(secret))
    packed = pack(secret)
    raw = {text.encode() for text in texts} | ({packed} if packed else set())
    wide = {text.encode(coding) for text in texts for coding in ("utf-16-le", "utf-16-be")}
    coded = {form for plain in raw for form in _coded(plain)}
    backwards = {packed[::-1]} if packed else set()
    return frozenset(raw | wide | coded | backwards)


def pack(secret: str) -> bytes:
    """Return an address or a MAC address as bytes; empty for a name."""
    if fullmatch("([0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}", secret):
        return bytes.fromhex(secret.replace(":", "").replace("-", ""))
    with suppress(ValueError):
        return ip_address(secret).packed
    return b""


def _spellings(secret: str) -> Iterator[str]:
    yield from (secret, secret.lower(), secret.upper())
    packed = pack(secret)
    if (packed and ":" in secret) or ("-" in secret and packed):
        for digits in (packed.hex(), packed.hex().upper()):
            for separator in _SEPARATORS:
                yield separator.join(digits[at : at + 2] for at in range(0, len(digits), 2))
            yield ".".join(digits[at : at + 4] for at in range(0, len(digits), 4))
            yield ":".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def _coded(plain: bytes) -> Iterator[bytes]:
    yield plain.hex().encode()
    yield plain.hex().upper().encode()
    for offset in range(3):
        yield from _based(plain, offset)
    for digest in _hashed(plain):
        yield digest
        yield digest.hex().encode()
        yield digest.hex().upper().encode()
        yield base64.b64encode(digest).rstrip(b"=")


def _based(plain: bytes, offset: int) -> Iterator[bytes]:
    """Yield what stands in base64, whatever comes before it and after."""
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        start, end = -(-8 * offset // 6), 8 * (offset + len(plain)) // 6
        piece = encode(bytes(offset) + plain)[start:end]
        if len(piece) >= MIN_CODED:
            yield piece


def _hashed(plain: bytes) -> Iterator[bytes]:
    yield from (function(plain).digest() for function in (md5, sha1, sha256, blake2b))
    yield from (blake2b(plain, digest_size=size).digest() for size in (8, 16, 32))
