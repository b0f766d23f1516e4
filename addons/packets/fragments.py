"""Assembles fragmented IP datagrams, in bounded memory.

Anyone can send fragments that never become a whole datagram. So the number of incomplete datagrams
is bounded, the pieces of each, the bytes of all, and their age in the capture's own time; the
oldest go first. Where pieces overlap, the piece that came first counts.
"""

from addons.packets.ip_datagram import IpDatagram, skip_extensions

MAX_DATAGRAMS = 512
MAX_PIECES = 64
"""Pieces of one datagram: the largest has 46 on Ethernet."""
MAX_BYTES = 4_000_000
"""Bytes of all incomplete datagrams."""
MAX_DATAGRAM_SIZE = 65_535
"""Bytes."""
LIFETIME = 30.0
"""Seconds: as Linux has it for IPv4 (`net.ipv4.ipfrag_time`)."""

_IPV6 = 6

type _Key = tuple[bytes, bytes, int, int]


class _PartialDatagram:
    """The pieces of one datagram, in the order in which they came."""

    __slots__ = ("pieces", "size", "timestamp", "total")

    def __init__(self, timestamp: float) -> None:
        self.timestamp = timestamp
        self.pieces: list[tuple[int, bytes]] = []
        self.size = 0
        self.total: int | None = None
        """Bytes of the whole datagram; None before its last piece came."""

    def add(self, fragment: IpDatagram) -> None:
        self.pieces.append((fragment.offset, fragment.content))
        self.size += len(fragment.content)
        if not fragment.has_more_fragments and self.total is None:
            self.total = fragment.offset + fragment.size

    def join_if_complete(self) -> bytes | None:
        """Return the pieces joined; None while one is missing."""
        if self.total is None or self.size < self.total:
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


class FragmentAssembler:
    """Assembles the fragments of one capture."""

    def __init__(self) -> None:
        self._waiting: dict[_Key, _PartialDatagram] = {}
        self.bytes_waiting = 0
        """Bytes of all incomplete datagrams."""

    def __len__(self) -> int:
        """Return the number of incomplete datagrams."""
        return len(self._waiting)

    def add(self, fragment: IpDatagram, timestamp: float) -> IpDatagram | None:
        """Add a fragment, and return the datagram if it is complete now.

        Args:
            fragment: a part of a datagram.
            timestamp: seconds, by the capture.
        """
        self._make_room(timestamp)
        end = fragment.offset + len(fragment.content)
        if not fragment.content or end > MAX_DATAGRAM_SIZE:
            return None
        key = (fragment.source, fragment.destination, fragment.identification, fragment.protocol)
        waiting = self._waiting.setdefault(key, _PartialDatagram(timestamp))
        waiting.add(fragment)
        self.bytes_waiting += len(fragment.content)
        content = waiting.join_if_complete()
        if content is not None or len(waiting.pieces) >= MAX_PIECES:
            self._drop(key)
        return None if content is None else _complete_datagram(fragment, content)

    def _make_room(self, timestamp: float) -> None:
        """Drop the oldest while there are too many, or while it is too old."""
        while self._waiting:
            key, oldest = next(iter(self._waiting.items()))
            is_full = len(self._waiting) >= MAX_DATAGRAMS or self.bytes_waiting >= MAX_BYTES
            if not is_full and timestamp - oldest.timestamp <= LIFETIME:
                break
            self._drop(key)

    def _drop(self, key: _Key) -> None:
        self.bytes_waiting -= self._waiting.pop(key).size


def _complete_datagram(fragment: IpDatagram, content: bytes) -> IpDatagram | None:
    datagram = fragment._replace(
        content=content, size=len(content), offset=0, has_more_fragments=False
    )
    return skip_extensions(datagram) if datagram.version == _IPV6 else datagram
