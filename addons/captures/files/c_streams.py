"""Streams of the C library (FILE), by ctypes: what libpcap reads from and writes to."""

import ctypes
import os
from ctypes import byref, c_char, c_char_p, c_int, c_long, c_size_t, c_void_p, string_at
from functools import cache

_FULLY_BUFFERED = 0
_SIGNATURES = {
    "fdopen": (c_void_p, [c_int, c_char_p]),
    "setvbuf": (c_int, [c_void_p, c_void_p, c_int, c_size_t]),
    "open_memstream": (c_void_p, [c_void_p, c_void_p]),
    "ftell": (c_long, [c_void_p]),
    "fflush": (c_int, [c_void_p]),
    "rewind": (None, [c_void_p]),
    "fclose": (c_int, [c_void_p]),
    "free": (None, [c_void_p]),
}


@cache
def _system() -> ctypes.CDLL:
    loaded = ctypes.CDLL(None, use_errno=True)
    for name, (result, arguments) in _SIGNATURES.items():
        function = getattr(loaded, name)
        function.restype, function.argtypes = result, arguments
    return loaded


def open_reader(descriptor: int, buffer: "ctypes.Array[c_char]") -> int:
    """Return a stream that reads a descriptor, and owns it.

    Args:
        descriptor: of a file or a pipe.
        buffer: is used until the stream is closed. Without one, the C library of Linux ignores a
            size, and reads 4 kB at a time.

    Raises:
        OSError: when there is no memory.
    """
    made = _checked(_system().fdopen(descriptor, b"rb"))
    _system().setvbuf(made, ctypes.addressof(buffer), _FULLY_BUFFERED, len(buffer))
    return made


def close(stream: int) -> None:
    """Close a stream that libpcap does not own."""
    _system().fclose(stream)


class MemoryStream:
    """A stream that writes to memory."""

    def __init__(self) -> None:
        """Start empty.

        Raises:
            OSError: when there is no memory.
        """
        self._place, self._size = c_void_p(), c_size_t()
        self.stream = _checked(_system().open_memstream(byref(self._place), byref(self._size)))

    def take_written(self) -> bytes:
        """Return what was written since the last call."""
        size = _system().ftell(self.stream)
        _system().fflush(self.stream)
        written = string_at(self._place, size) if size > 0 else b""
        _system().rewind(self.stream)
        return written

    def free(self) -> None:
        """Free the memory, once the stream is closed."""
        _system().free(self._place)
        self._place = c_void_p()


def _checked(stream: int | None) -> int:
    if stream is None:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return stream
