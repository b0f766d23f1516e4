"""What every feed of places has in common, and how a feed hides what names a session."""

from collections.abc import Iterable
from hashlib import blake2b
from secrets import token_bytes
from typing import Protocol

from monitor.health import FeedStatus
from monitor.places.bindings import BindingEvent

SESSION_BYTES = 8


class Feed(FeedStatus, Protocol):
    """One source of bindings."""

    def events(self, now: float) -> Iterable[BindingEvent]:
        """Yield what has come since the last call, without waiting for more.

        Raises:
            OSError: when the source cannot be read now; it is asked again later.
        """
        ...

    def close(self) -> None:
        """Release what it holds open."""
        ...


class SessionHasher:
    """Hashes the names of sessions, some of which hold a user's name and a MAC address."""

    def __init__(self) -> None:
        self._keyed = blake2b(key=token_bytes(32), digest_size=SESSION_BYTES)

    def digest(self, *parts: bytes) -> bytes:
        """Return a digest of these parts together, the same for as long as this process runs."""
        keyed = self._keyed.copy()
        for part in parts:
            keyed.update(len(part).to_bytes(4))
            keyed.update(part)
        return keyed.digest()
