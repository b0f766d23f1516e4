"""One secret of the school, and the two keys that are derived from it."""

import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from schedules.secret import read_secret, write_secret

LENGTH = 32
"""Bytes, of the secret, and of what encrypts: that is what Fernet asks."""
SIGNING_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Keys:
    """What signs sessions, and what encrypts second factors: neither tells the other."""

    signing: str = field(repr=False)
    encryption: bytes = field(repr=False)
    """A Fernet key."""

    @classmethod
    def of(cls, secret: str) -> Self:
        """Derive both keys."""
        return cls(
            signing=_derived(secret, b"lesrust signing", SIGNING_LENGTH).decode(),
            encryption=_derived(secret, b"lesrust second factors", LENGTH),
        )

    @classmethod
    def of_this_process(cls) -> Self:
        """Give keys that nobody has, and that are gone when the process ends."""
        return cls.of(secrets.token_urlsafe(LENGTH))


def make_if_missing(path: Path) -> None:
    """Make the school's secret where there is none yet.

    Raises:
        Refused: when it cannot be written, or is there and cannot be used.
    """
    if not path.exists():
        write_secret(path, secrets.token_urlsafe(LENGTH))
    read_secret(path)


def _derived(secret: str, purpose: bytes, length: int) -> bytes:
    key = HKDF(SHA256(), length, salt=None, info=purpose).derive(secret.encode())
    return urlsafe_b64encode(key)
