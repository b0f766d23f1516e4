"""A key under which settings are fingerprinted, so that no value can be tried from the store.

It is derived from the school's secret, which does not stand in the store.
"""

import hmac
from dataclasses import dataclass, field
from pathlib import Path

from schedules.secret import load_secret


@dataclass(frozen=True, slots=True)
class SettingsKey:
    """A key for one purpose."""

    _key: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """What the key is known by, which says nothing of it."""
        return _digest(self._key, b"which key").hex()[:32]

    def fingerprint(self, name: str, content: bytes) -> str:
        """Return the fingerprint of a part of the settings."""
        return _digest(self._key, name.encode() + b"\0" + content).hex()


def load_settings_key(secret: Path, purpose: bytes) -> SettingsKey:
    """Derive the key for a purpose from the school's secret.

    Raises:
        Refused: when the secret cannot be used.
    """
    return SettingsKey(_digest(load_secret(secret).encode(), purpose))


def _digest(key: bytes, what: bytes) -> bytes:
    return hmac.digest(key, what, "sha256")
