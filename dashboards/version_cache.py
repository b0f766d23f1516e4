"""A cache whose entries hold for one version of what they were made from."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

MAX_ENTRIES = 64
"""Pages: of one school that is every choice somebody makes in a meeting."""


class _Entry[T]:
    """A value that is made by the first thread that asks for it; the others wait for it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.values: list[T] = []
        """Empty until it is made."""


class VersionCache[T]:
    """Values by key, all made from the same version; another version forgets them.

    Args:
        max_entries: how many are kept; the one that was asked for longest ago goes first.
    """

    def __init__(self, max_entries: int = MAX_ENTRIES) -> None:
        self._max_entries = max_entries
        self._lock = Lock()
        self._version: Hashable = None
        self._entries: OrderedDict[Hashable, _Entry[T]] = OrderedDict()

    def clear(self) -> None:
        """Forget every value."""
        with self._lock:
            self._entries = OrderedDict()

    def get(self, key: Hashable, version: Hashable, make: Callable[[], T]) -> T:
        """Return the value of a key in a version, and make it when nobody has yet.

        Raises:
            Exception: what `make` raises; the next one who asks tries again.
        """
        entry = self._entry(key, version)
        with entry.lock:
            if not entry.values:
                entry.values.append(make())
            return entry.values[0]

    def _entry(self, key: Hashable, version: Hashable) -> _Entry[T]:
        with self._lock:
            if version != self._version:
                self._version, self._entries = version, OrderedDict()
            entry = self._entries.setdefault(key, _Entry())
            self._entries.move_to_end(key)
            while len(self._entries) > self._max_entries:
                self._entries.popitem(last=False)
            return entry
