"""Estimates how often a session is updated, where no message says so, from its own messages.

Two successive gaps of about the same length are an interval: a Start and two updates, or three
updates. A gap of less than a minute is none: no server updates more often than that (RFC 2869,
5.16), but some send an update for each new address at once. A longer gap after it makes the
interval longer, and a shorter one does not make it shorter: a session that still goes on must not
be forgotten.
"""

from collections import OrderedDict
from typing import NamedTuple

from monitor.places.bindings import MAX_SESSIONS

MIN_GAP = 60.0
"""Seconds between two updates, at least."""
ALIKE = 0.75
"""The shorter of two gaps as a share of the longer, at least, for one interval."""


class _LastUpdate(NamedTuple):
    timestamp: float
    gap: float = 0.0
    interval: float = 0.0


class IntervalEstimator:
    """The update interval of each session, by its name.

    Args:
        kept: seconds after its last update for which a session is remembered.
    """

    def __init__(self, kept: float) -> None:
        self._kept = kept
        self._updates: OrderedDict[bytes, _LastUpdate] = OrderedDict()

    def record_update(self, session: bytes, timestamp: float) -> float | None:
        """Record an update of a session, and return its interval in seconds; None when unknown."""
        before = self._updates.get(session)
        update = _LastUpdate(timestamp) if before is None else _after(before, timestamp)
        self._updates[session] = update
        self._updates.move_to_end(session)
        self._forget(timestamp)
        return update.interval or None

    def forget(self, session: bytes) -> None:
        """Forget a session."""
        self._updates.pop(session, None)

    def __len__(self) -> int:
        return len(self._updates)

    def _forget(self, timestamp: float) -> None:
        while self._updates:
            session, update = next(iter(self._updates.items()))
            if update.timestamp + self._kept > timestamp and len(self._updates) <= MAX_SESSIONS:
                return
            del self._updates[session]


def _after(before: _LastUpdate, timestamp: float) -> _LastUpdate:
    gap = timestamp - before.timestamp
    if gap < MIN_GAP:
        return before
    if before.interval:
        return _LastUpdate(timestamp, gap, max(before.interval, gap))
    are_alike = min(gap, before.gap) >= ALIKE * max(gap, before.gap)
    return _LastUpdate(timestamp, gap, max(gap, before.gap) if are_alike else 0.0)
