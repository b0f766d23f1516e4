"""The identity of a device for one day: a keyed hash of its address.

The key lives in memory for one school day and is never written anywhere. It does not protect
against someone who can read this process's memory; see `docs/decisions/`.
"""

from datetime import date
from hashlib import blake2b
from secrets import token_bytes

KEY_BYTES = 32
PSEUDONYM_BYTES = 8
"""With 100,000 devices in a day, two share a pseudonym with a chance below one in a billion."""


class DayKey:
    """A random key that turns addresses into pseudonyms for one day only."""

    def __init__(self, day: date, key: bytes | None = None) -> None:
        self.day = day
        self._keyed = blake2b(key=key or token_bytes(KEY_BYTES), digest_size=PSEUDONYM_BYTES)

    def pseudonym(self, address: bytes) -> int:
        """Return the pseudonym of a device for this day.

        Args:
            address: the packed address that names the device.
        """
        keyed = self._keyed.copy()
        keyed.update(address)
        return int.from_bytes(keyed.digest())
