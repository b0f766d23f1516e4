"""How often a session is told of, where no message says so: learned from its own messages.

Two gaps in a row that are about the same are a rhythm: a Start and two updates, or three updates.
One that is shorter than a minute is none: no server updates more often than that (RFC 2869, 5.16),
but some tell of each new address at once. A longer gap that comes after it makes the rhythm slower,
and a shorter one does not make it faster: a session that still goes on is not to be forgotten.
"""

from collections import OrderedDict
from typing import NamedTuple

from monitor.places.bindings import MOST_SESSIONS

SHORTEST_GAP = 60.0
"""Seconds."""
ALIKE = 0.75
"""Of two gaps in one rhythm, the shorter as a share of the longer."""


class _LastUpdate(NamedTuple):
    moment: float
    gap: float = 0.0
    every: float = 0.0


class IntervalEstimator:
    """The rhythm of each session, by its name.

    Args:
        kept: seconds for which a session is known that nothing is heard of.
    """

    def __init__(self, kept: float) -> None:
        self._kept = kept
        self._told: OrderedDict[bytes, _LastUpdate] = OrderedDict()

    def record_update(self, session: bytes, moment: float) -> float | None:
        """Take in that a session was told of, and give the seconds between; None: not known yet."""
        before = self._told.get(session)
        told = _LastUpdate(moment) if before is None else _after(before, moment)
        self._told[session] = told
        self._told.move_to_end(session)
        self._forget(moment)
        return told.every or None

    def forget(self, session: bytes) -> None:
        """Forget a session."""
        self._told.pop(session, None)

    def __len__(self) -> int:
        return len(self._told)

    def _forget(self, moment: float) -> None:
        while self._told:
            session, told = next(iter(self._told.items()))
            if told.moment + self._kept > moment and len(self._told) <= MOST_SESSIONS:
                return
            del self._told[session]


def _after(before: _LastUpdate, moment: float) -> _LastUpdate:
    gap = moment - before.moment
    if gap < SHORTEST_GAP:
        return before
    if before.every:
        return _LastUpdate(moment, gap, max(before.every, gap))
    are_alike = min(gap, before.gap) >= ALIKE * max(gap, before.gap)
    return _LastUpdate(moment, gap, max(gap, before.gap) if are_alike else 0.0)
