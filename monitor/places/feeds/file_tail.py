"""Follows a text file that another program writes: it grows, begins anew, or comes later."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

MAX_LINE_LENGTH = 64 * 1024
"""Bytes; anything longer is not a line."""
MAX_BYTES = 16 * 1024 * 1024
"""Bytes in one round: the other feeds have their turn."""


class FileTail:
    """The lines of a file, each once, as soon as its end is written.

    When a file was set aside, the rest of it comes first, and then the new file.

    Args:
        path: of the file. One that is written anew, under the same name, is read from its start.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None
        self._unfinished = b""

    def new_lines(self) -> Iterator[str]:
        """Yield the lines that were written since the last call, without their ends.

        Raises:
            OSError: when the file cannot be read.
        """
        content = b"" if self._file is None else self._file.read(MAX_BYTES)
        if not content and (self._file is None or self._is_another(self._file)):
            self.close()
            self._file = self._path.open("rb")
            content = self._file.read(MAX_BYTES)
        *whole, rest = (self._unfinished + content).split(b"\n")
        self._unfinished = rest if len(rest) <= MAX_LINE_LENGTH else b""
        for line in whole:
            if len(line) <= MAX_LINE_LENGTH:
                yield line.decode("utf-8", "replace").rstrip("\r")

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
        self._file, self._unfinished = None, b""

    def _is_another(self, file: BinaryIO) -> bool:
        """Say whether the path is another file by now, or the file was cut short."""
        read, named = os.fstat(file.fileno()), self._path.stat()
        is_renamed = (read.st_dev, read.st_ino) != (named.st_dev, named.st_ino)
        return is_renamed or read.st_size < file.tell()
