"""The live sessions that have one IPv6 prefix, and whether they are all at one place.

Counted, so that a message costs the same whether two sessions have it or two thousand: a network
may have one /64 for everybody on it.
"""

from monitor.place import Place


class PrefixMembers:
    """Sessions of one source, by their names there."""

    __slots__ = ("_at", "_places")

    def __init__(self) -> None:
        self._places: dict[bytes, Place | None] = {}
        self._at: dict[Place | None, int] = {}

    def add(self, session: bytes, place: Place | None) -> None:
        """Say that a session has the prefix, and where it is now; None: not known."""
        self.remove(session)
        self._places[session] = place
        self._at[place] = self._at.get(place, 0) + 1

    def remove(self, session: bytes) -> bool:
        """Say that a session has it no longer, and give whether it had."""
        if session not in self._places:
            return False
        place = self._places.pop(session)
        self._at[place] -= 1
        if not self._at[place]:
            del self._at[place]
        return True

    def has_other_than(self, session: bytes) -> bool:
        """Say whether another session has it."""
        return len(self._places) > (session in self._places)

    @property
    def only_session(self) -> bytes | None:
        """The session that has it for itself; None when several have."""
        return next(iter(self._places)) if len(self._places) == 1 else None

    @property
    def common_place(self) -> Place | None:
        """The place at which all of them are; None when it is not one place, or not known."""
        return next(iter(self._at)) if len(self._at) == 1 else None

    def __len__(self) -> int:
        return len(self._places)
