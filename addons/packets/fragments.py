"""Puts fragmented IP datagrams together again, in bounded memory.

Anyone can send fragments that never become whole. So there is a bound on how many datagrams wait,
on the pieces of each, on the bytes of all, and on their age in the capture's own time; the oldest
go first. Where pieces overlap, the piece that came first stands.
"""

from addons.packets.datagram import Datagram, past_extensions

MOST_DATAGRAMS = 512
MOST_PIECES = 64
"""Of one datagram: the largest has 46 on Ethernet."""
MOST_BYTES = 4_000_000
"""Of all that waits."""
LONGEST = 65_535
"""Bytes that a datagram can have."""
LIFETIME = 30.0
"""Seconds, which is what Linux gives IPv4 (`net.ipv4.ipfrag_time`)."""

_IPV6 = 6

type _Key = tuple[bytes, bytes, int, int]


class _Waiting:
    """The pieces of one datagram, in the order in which they came."""

    __slots__ = ("held", "moment", "pieces", "total")

    def __init__(self, moment: float) -> None:
        self.moment = moment
        self.pieces: list[tuple[int, bytes]] = []
        self.held = 0
        self.total: int | None = None
        """Bytes of the whole, known once the last piece is there."""

    def add(self, fragment: Datagram) -> None:
        self.pieces.append((fragment.offset, fragment.content))
        self.held += len(fragment.content)
        if not fragment.is_followed and self.total is None:
            self.total = fragment.offset + fragment.size

    def whole(self) -> bytes | None:
        """Join the pieces when nothing is missing between them."""
        if self.total is None or self.held < self.total:
            return None
        reached = 0
        for offset, content in sorted(self.pieces):
            if offset > reached:
                return None
            reached = max(reached, offset + len(content))
        return self._joined(self.total) if reached >= self.total else None

    def _joined(self, total: int) -> bytes:
        joined = bytearray(total)
        for offset, content in reversed(self.pieces):
            joined[offset : offset + len(content)] = content
        return bytes(joined[:total])


class Fragments:
    """What of fragmented datagrams has been seen."""

    def __init__(self) -> None:
        self._waiting: dict[_Key, _Waiting] = {}
        self.held = 0
        """Bytes that wait."""

    def __len__(self) -> int:
        """How many datagrams wait."""
        return len(self._waiting)

    def add(self, fragment: Datagram, moment: float) -> Datagram | None:
        """Add a fragment, and give the datagram when it makes it whole.

        Args:
            fragment: a part of a datagram.
            moment: seconds, of the capture.
        """
        self._forget(moment)
        end = fragment.offset + len(fragment.content)
        if not fragment.content or end > LONGEST:
            return None
        key = (fragment.source, fragment.target, fragment.identification, fragment.protocol)
        waiting = self._waiting.setdefault(key, _Waiting(moment))
        waiting.add(fragment)
        self.held += len(fragment.content)
        content = waiting.whole()
        if content is not None or len(waiting.pieces) >= MOST_PIECES:
            self._drop(key)
        return None if content is None else _whole(fragment, content)

    def _forget(self, moment: float) -> None:
        """Make room: drop the oldest while there is too much, or it is too old."""
        while self._waiting:
            key, oldest = next(iter(self._waiting.items()))
            is_full = len(self._waiting) >= MOST_DATAGRAMS or self.held >= MOST_BYTES
            if not is_full and moment - oldest.moment <= LIFETIME:
                break
            self._drop(key)

    def _drop(self, key: _Key) -> None:
        self.held -= self._waiting.pop(key).held


def _whole(fragment: Datagram, content: bytes) -> Datagram | None:
    datagram = fragment._replace(content=content, size=len(content), offset=0, is_followed=False)
    return past_extensions(datagram) if datagram.version == _IPV6 else datagram
