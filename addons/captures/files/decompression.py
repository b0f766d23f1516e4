"""Decompresses a capture while it is read, in a thread and through a pipe.

The first bytes say how it is compressed, and not its name. Memory is bounded by the pipe, a piece
on either side of it, and the window that the compressed file may ask for.
"""

import fcntl
import io
import os
from threading import Thread
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAGIC_SIZE = 4
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_MAX_WINDOW_SIZE = 1 << 27
"""Bytes: what the zstd program accepts by default."""
_PIECE = 1 << 17
_PIPE = 1 << 20
_PATIENCE = 1.0
"""Seconds."""
_CLOSED = -1
"""No descriptor: a thread that still reads must not read another file with the same number."""


class CaptureSource(io.RawIOBase):
    """A file that counts the bytes that are read, and can look ahead."""

    def __init__(self, descriptor: int) -> None:
        """Own a descriptor.

        Raises:
            OSError: when it cannot be read from.
        """
        super().__init__()
        self.descriptor = descriptor
        self.consumed = 0
        self._ahead = b""
        self._is_shared = False
        try:
            self._look_ahead()
        except OSError:
            self.close()
            raise

    def _look_ahead(self) -> None:
        while len(self._ahead) < MAGIC_SIZE:
            read = os.read(self.descriptor, MAGIC_SIZE - len(self._ahead))
            if not read:
                break
            self._ahead += read

    @property
    def is_compressed(self) -> bool:
        """Whether the first bytes are those of gzip or zstd."""
        return self._ahead.startswith((_GZIP, _ZSTD))

    def rewind(self) -> bool:
        """Go back to the start, for another reader; return False where it is no file on a disk."""
        try:
            os.lseek(self.descriptor, -len(self._ahead), os.SEEK_CUR)
        except OSError:
            return False
        self._ahead = b""
        self._is_shared = True
        return True

    def position(self) -> int:
        """Return how many bytes were read, here or through a copy of the descriptor."""
        if self._is_shared and not self.closed:
            self.consumed = os.lseek(self.descriptor, 0, os.SEEK_CUR)
        return self.consumed

    def close(self) -> None:
        """Close the descriptor."""
        if not self.closed:
            self.position()
            descriptor, self.descriptor = self.descriptor, _CLOSED
            os.close(descriptor)
        super().close()

    def open_decompressed(self) -> io.BufferedIOBase:
        """Return a reader of its decompressed content."""
        buffered = io.BufferedReader(self, _PIECE)
        if self._ahead.startswith(_GZIP):
            return _open_gzip(buffered)
        return _open_zstd(buffered) if self._ahead.startswith(_ZSTD) else buffered

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Read once."""
        view = memoryview(buffer)
        data = self._ahead[: len(view)] or os.read(self.descriptor, len(view))
        self._ahead = self._ahead[len(data) :]
        view[: len(data)] = data
        self.consumed += len(data)
        return len(data)


def _open_gzip(packed: "io.BufferedReader[CaptureSource]") -> io.BufferedIOBase:
    import gzip

    return gzip.GzipFile(fileobj=packed)


def _open_zstd(packed: "io.BufferedReader[CaptureSource]") -> io.BufferedIOBase:
    import zstandard

    unpacks = zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW_SIZE)
    return cast("io.BufferedIOBase", unpacks.stream_reader(packed, read_across_frames=True))


def _damage_errors() -> tuple[type[Exception], ...]:
    import zlib

    import zstandard

    return EOFError, OSError, zlib.error, zstandard.ZstdError


class Decompressor:
    """Writes the decompressed content of a source to a pipe."""

    def __init__(self, source: CaptureSource) -> None:
        """Start a thread."""
        self._source = source
        self.is_damaged = False
        """Whether the compressed data ends too early, or is damaged."""
        self.end, self._begin = os.pipe()
        if hasattr(fcntl, "F_SETPIPE_SZ"):
            fcntl.fcntl(self._begin, fcntl.F_SETPIPE_SZ, _PIPE)
        self._thread = Thread(target=self._run, name="unpacking", daemon=True)
        self._thread.start()

    def join(self) -> None:
        """Wait for the thread's end, which follows once the pipe's other end is closed.

        It waits for a second only: the thread may wait for standard input, and nothing is lost.
        """
        self._thread.join(_PATIENCE)

    def _run(self) -> None:
        try:
            self._carry(self._source.open_decompressed())
        except BrokenPipeError:
            return
        except _damage_errors():
            self.is_damaged = True
        finally:
            os.close(self._begin)

    def _carry(self, unpacked: io.BufferedIOBase) -> None:
        while piece := unpacked.read1(_PIECE):
            view = memoryview(piece)
            while view:
                view = view[os.write(self._begin, view) :]
