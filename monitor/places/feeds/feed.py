"""What every feed of places has in common, and how a feed hides what names a session."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from hashlib import blake2b
from secrets import token_bytes
from typing import Protocol

from monitor.places.bindings import BindingEvent

SESSION_BYTES = 8


class FeedOutcome(StrEnum):
    """What became of a message, a line or a lease. Counted, and told to the administrator."""

    TAKEN = "taken"
    MALFORMED = "malformed"
    NOT_TRUSTED = "not_trusted"
    """An unknown sender, a wrong secret, a wrong authenticator."""
    REPEATED = "repeated"
    WITHOUT_ADDRESS = "without_address"
    WITHOUT_ROOM = "without_room"
    """What it is attached to is in no line of the mapping."""
    NAMES_SOMEONE = "names_someone"
    """It still had a user name or a MAC address in it, which was dropped."""
    CLOCK_DIFFERS = "clock_differs"
    IGNORED = "ignored"
    """Of another kind than says where anybody is."""


class Feed(Protocol):
    """One source of bindings."""

    name: str
    """As its counts are labelled: `radius`, `kea`."""
    counts: Counter[FeedOutcome]
    heard_at: float
    """When it last heard anything, in seconds since 1970-01-01 UTC; 0 when never."""

    def events(self, now: float) -> Iterable[BindingEvent]:
        """Give what has been told since it was asked before. Never waits for more to come.

        Raises:
            OSError: when the source cannot be read now; it is asked again later.
        """
        ...

    def close(self) -> None:
        """Let go of what it holds open."""
        ...


class SessionHasher:
    """Names of sessions that cannot be read: some are made of a user's name and a MAC address."""

    def __init__(self) -> None:
        self._keyed = blake2b(key=token_bytes(32), digest_size=SESSION_BYTES)

    def digest(self, *parts: bytes) -> bytes:
        """Give a name for what these parts name together, for as long as this process runs."""
        keyed = self._keyed.copy()
        for part in parts:
            keyed.update(len(part).to_bytes(4))
            keyed.update(part)
        return keyed.digest()
