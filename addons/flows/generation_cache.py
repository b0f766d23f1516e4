"""A bounded cache that forgets by generation: what is not put again for a while is gone."""

from collections.abc import Hashable
from math import inf


class GenerationCache[K: Hashable, V]:
    """A cache of two generations.

    Each generation holds half of the entries, for a lifetime. So nothing has to be searched to be
    forgotten, and the entries that were put longest ago go first.

    Args:
        max_entries: in both generations together.
        lifetime: seconds.
    """

    def __init__(self, max_entries: int, lifetime: float) -> None:
        self.generation_size = max_entries // 2
        """Entries of one generation, at most."""
        self._lifetime = lifetime
        self._new: dict[K, V] = {}
        self._old: dict[K, V] = {}
        self._turned_at = -inf

    def get(self, key: K) -> V | None:
        """Return the value of a key; None without one."""
        value = self._new.get(key)
        return value if value is not None else self._old.get(key)

    def put(self, key: K, value: V) -> None:
        """Set the value of a key."""
        if len(self._new) >= self.generation_size:
            self._turn()
        self._new[key] = value

    def drop(self, key: K) -> None:
        """Forget a key."""
        self._new.pop(key, None)
        self._old.pop(key, None)

    def age(self, timestamp: float) -> None:
        """Forget what is old at a time, in seconds."""
        if timestamp >= self._turned_at + self._lifetime:
            if timestamp >= self._turned_at + 2 * self._lifetime:
                self._new = {}
            self._turn()
            self._turned_at = timestamp

    @property
    def generations(self) -> tuple[dict[K, V], dict[K, V]]:
        """The newer and the older entries."""
        return self._new, self._old

    def _turn(self) -> None:
        self._old, self._new = self._new, {}
