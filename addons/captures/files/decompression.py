"""Unpacks a compressed capture while it is read, in a thread and through a pipe.

What it is compressed with is told by its first bytes and not by its name. Memory is bounded by the
pipe, a piece on either side of it, and the window that the compressed file may ask for.
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
_LARGEST_WINDOW = 1 << 27
"""Bytes: what the zstd program accepts without being asked for more."""
_PIECE = 1 << 17
_PIPE = 1 << 20
_PATIENCE = 1.0
"""Seconds."""
_CLOSED = -1
"""No descriptor: a thread that still reads must not meet another file by its number."""


class CaptureSource(io.RawIOBase):
    """A file that is read from, which counts its bytes and can look ahead."""

    def __init__(self, descriptor: int) -> None:
        """Take over a descriptor.

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
        """Go back to the beginning, for another to read; only a file on a disk allows it."""
        try:
            os.lseek(self.descriptor, -len(self._ahead), os.SEEK_CUR)
        except OSError:
            return False
        self._ahead = b""
        self._is_shared = True
        return True

    def position(self) -> int:
        """Tell how many bytes have been read, here or through a copy of the descriptor."""
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
        """Give what it holds."""
        buffered = io.BufferedReader(self, _PIECE)
        if self._ahead.startswith(_GZIP):
            return _open_gzip(buffered)
        return _open_zstd(buffered) if self._ahead.startswith(_ZSTD) else buffered

    def readable(self) -> bool:
        """Say that it can be read."""
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

    unpacks = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
    return cast("io.BufferedIOBase", unpacks.stream_reader(packed, read_across_frames=True))


def _damage_errors() -> tuple[type[Exception], ...]:
    import zlib

    import zstandard

    return EOFError, OSError, zlib.error, zstandard.ZstdError


class Decompressor:
    """Carries what a source holds, unpacked, into a pipe."""

    def __init__(self, source: CaptureSource) -> None:
        """Begin, in a thread."""
        self._source = source
        self.is_damaged = False
        """Whether what is compressed ends too early, or makes no sense."""
        self.end, self._begin = os.pipe()
        if hasattr(fcntl, "F_SETPIPE_SZ"):
            fcntl.fcntl(self._begin, fcntl.F_SETPIPE_SZ, _PIPE)
        self._thread = Thread(target=self._run, name="unpacking", daemon=True)
        self._thread.start()

    def join(self) -> None:
        """Wait until it has ended, which it does once the pipe's other end is closed.

        Not for ever: it may stand and wait for standard input, and nothing is lost if it does.
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
