"""One secret of the school, and the keys that are derived from it."""

import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Self

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from schedules.secret import SECRET_BYTES

FERNET_BYTES = 32
"""Of the key that encrypts."""
SIGNING_KEY_BYTES = 64
CACHING_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class WebKeys:
    """One key for each purpose: from one the others cannot be found."""

    signing: str = field(repr=False)
    """Signs sessions and cookies."""
    encryption: bytes = field(repr=False)
    """A Fernet key, for second factors."""
    caching: bytes = field(repr=False)
    """Of the hashes under which attempts to sign in are kept."""

    @classmethod
    def derive(cls, secret: str) -> Self:
        """Derive all keys."""
        return cls(
            signing=_derive_key(secret, b"lesrust signing", SIGNING_KEY_BYTES).decode(),
            encryption=_derive_key(secret, b"lesrust second factors", FERNET_BYTES),
            caching=_derive_key(secret, b"lesrust attempts", CACHING_KEY_BYTES),
        )

    @classmethod
    def generate(cls) -> Self:
        """Generate keys that nobody has, and that are gone when the process ends."""
        return cls.derive(secrets.token_urlsafe(SECRET_BYTES))


def _derive_key(secret: str, purpose: bytes, length: int) -> bytes:
    key = HKDF(SHA256(), length, salt=None, info=purpose).derive(secret.encode())
    return urlsafe_b64encode(key)
