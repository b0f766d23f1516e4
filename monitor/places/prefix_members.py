"""The live sessions that have one IPv6 prefix, and whether they are all at one place.

Counted, so that a message costs the same whether two sessions have it or two thousand: a network
may have one /64 for everybody on it.
"""

from monitor.place import Place


class PrefixMembers:
    """The sessions of one source that have the prefix."""

    __slots__ = ("_places", "_sessions_at")

    def __init__(self) -> None:
        self._places: dict[bytes, Place | None] = {}
        self._sessions_at: dict[Place | None, int] = {}

    def add(self, session: bytes, place: Place | None) -> None:
        """Add a session, or move it; its place is None when it is not known."""
        self.remove(session)
        self._places[session] = place
        self._sessions_at[place] = self._sessions_at.get(place, 0) + 1

    def remove(self, session: bytes) -> bool:
        """Remove a session, and say whether it had the prefix."""
        if session not in self._places:
            return False
        place = self._places.pop(session)
        self._sessions_at[place] -= 1
        if not self._sessions_at[place]:
            del self._sessions_at[place]
        return True

    def has_other_than(self, session: bytes) -> bool:
        """Say whether another session has the prefix."""
        return len(self._places) > (session in self._places)

    @property
    def only_session(self) -> bytes | None:
        """The session that alone has the prefix; None when several have."""
        return next(iter(self._places)) if len(self._places) == 1 else None

    @property
    def common_place(self) -> Place | None:
        """The place of all sessions; None when they are at several, or it is not known."""
        return next(iter(self._sessions_at)) if len(self._sessions_at) == 1 else None

    def __len__(self) -> int:
        return len(self._places)
