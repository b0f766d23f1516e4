"""Assembles a handshake from pieces that come in any order, more than once, and overlapping.

Of bytes that came twice the first count. Only what came is kept: a piece far ahead does not reserve
the space before it.
"""

from bisect import bisect

from addons.names.client_hello import MAX_SIZE

MAX_WAITING = 128
"""Pieces that wait for what stands before them. More is an attack, and costs time."""


class StreamAssembler:
    """The start of a stream, up to its first gap, and the pieces after that.

    Keeps at most `client_hello.MAX_SIZE` bytes: the start, and at most `MAX_WAITING` pieces.
    """

    __slots__ = ("_contiguous", "_offsets", "_waiting")

    def __init__(self) -> None:
        self._contiguous = bytearray()
        self._waiting: dict[int, bytes] = {}
        """Pieces by their offset; no two of them overlap."""
        self._offsets: list[int] = []
        """The same offsets in order."""

    @property
    def contiguous(self) -> bytes:
        """The start of the stream, up to its first gap."""
        return bytes(self._contiguous)

    def add(self, offset: int, data: bytes) -> bool:
        """Add a piece, and return whether the start became longer."""
        before = len(self._contiguous)
        if offset > before and len(self._offsets) >= MAX_WAITING:
            return False
        end = min(offset + len(data), MAX_SIZE)
        for start, stop in self._find_missing(max(offset, before), end):
            self._insert(start, data[start - offset : stop - offset])
        return len(self._contiguous) > before

    def _find_missing(self, at: int, end: int) -> list[tuple[int, int]]:
        """Return the spans between two offsets that are missing."""
        missing: list[tuple[int, int]] = []
        for offset in self._offsets[max(bisect(self._offsets, at) - 1, 0) :]:
            if offset >= end:
                break
            missing.append((at, offset))
            at = max(at, offset + len(self._waiting[offset]))
        missing.append((at, end))
        return [(start, stop) for start, stop in missing if start < stop]

    def _insert(self, at: int, data: bytes) -> None:
        """Insert a piece that overlaps none, and append the pieces that waited for it."""
        if at == len(self._contiguous):
            self._contiguous += data
            while self._offsets and self._offsets[0] == len(self._contiguous):
                self._contiguous += self._waiting.pop(self._offsets.pop(0))
        elif len(self._offsets) < MAX_WAITING:  # one piece that fills several gaps can reach it
            self._offsets.insert(bisect(self._offsets, at), at)
            self._waiting[at] = data
