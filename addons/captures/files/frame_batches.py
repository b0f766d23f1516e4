"""Has libpcap write the frames that pass its filter to memory, many at a time.

Between two frames that pass, libpcap reads some tens of kilobytes of others, and what Python needs
for a frame has left the processor's cache by then: one at a time, the frames of a large capture
cost a third more.
"""

from collections.abc import Iterator
from ctypes import POINTER, byref, c_void_p, cast, string_at
from struct import Struct

from addons.captures.files import c_streams, libpcap
from addons.captures.files.libpcap import PcapHeader
from addons.captures.frame import CapturedFrame

BATCH_SIZE = 256
"""Frames of a batch: usually less than half a megabyte."""

_NANOSECOND = 1e-9
_RECORD = Struct("=IIII")
"""The record before a frame: seconds, nanoseconds, bytes captured, bytes on the wire."""
_NUMBERS = 1 << 32
_READ, _CLOSED = 1, 0
_AT_END = (-2, 0)
"""What `pcap_next_ex` and `pcap_dispatch` return at the end."""


class FrameBatches:
    """The frames of a libpcap handle, in order.

    The first frame of each batch is read by itself: of the others' timestamps libpcap writes only
    32 bits of seconds, which would hide a clock that counts in another unit than the file says.
    """

    def __init__(self, handle: int) -> None:
        """Allocate memory for a batch.

        Raises:
            OSError: when there is no memory.
            ValueError: when libpcap cannot write what it reads.
        """
        self._libpcap = libpcap.load_libpcap()
        self._handle: int | None = handle
        self._memory = c_streams.MemoryStream()
        self._dumper: int | None = self._libpcap.pcap_dump_fopen(handle, self._memory.stream)
        if self._dumper is None:
            c_streams.close(self._memory.stream)
            self._memory.free()
            raise ValueError(libpcap.last_error(handle))
        self._memory.take_written()  # a header for the whole file
        self.is_broken = False
        """Whether reading ended before the file's end."""

    def close(self) -> None:
        """Stop; no more frames follow."""
        self._handle = None
        self._libpcap.pcap_dump_close(self._dumper)
        self._memory.free()

    def __iter__(self) -> Iterator[CapturedFrame]:
        """Yield the frames, up to the end or to where the file cannot be read further."""
        answer = _READ
        while answer > 0:
            answer, first = self._read_first()
            if first is not None:
                yield first
                answer, rest = self._read_rest()
                yield from _parse_batch(rest)
        self.is_broken = answer not in _AT_END

    def _read_first(self) -> tuple[int, CapturedFrame | None]:
        """Return libpcap's result and one frame."""
        if self._handle is None:
            return _CLOSED, None
        header, data = POINTER(PcapHeader)(), c_void_p()
        answer: int = self._libpcap.pcap_next_ex(self._handle, byref(header), byref(data))
        return answer, _make_frame(header.contents, data) if answer == _READ else None

    def _read_rest(self) -> tuple[int, bytes]:
        """Return libpcap's result and the rest of a batch."""
        if self._handle is None:
            return _CLOSED, b""
        write = cast(self._libpcap.pcap_dump, c_void_p)
        answer: int = self._libpcap.pcap_dispatch(self._handle, BATCH_SIZE, write, self._dumper)
        return answer, self._memory.take_written()


def _make_frame(about: PcapHeader, data: c_void_p) -> CapturedFrame:
    seconds = about.seconds
    if seconds < 0:  # libpcap took the first of the file's 32 bits for a sign
        seconds += _NUMBERS
    timestamp = seconds + about.nanoseconds * _NANOSECOND
    return CapturedFrame(timestamp, string_at(data, about.captured), about.length)


def _parse_batch(batch: bytes) -> Iterator[CapturedFrame]:
    """Yield what libpcap wrote: each frame after its record."""
    make, unpack, size = tuple.__new__, _RECORD.unpack_from, _RECORD.size
    at = 0
    while at < len(batch):
        seconds, nanoseconds, captured, length = unpack(batch, at)
        at += size
        content = batch[at : at + captured]
        yield make(CapturedFrame, (seconds + nanoseconds * _NANOSECOND, content, length))
        at += captured
