"""Reads the files of an export of a timetable, and tells when they change."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from schedules.importers.formats import file_importers
from schedules.importers.shared.delimited_text import MAX_BYTES
from schedules.language import describe_os_error, gettext
from schedules.problem import Problem, Refused

STANDARD_INPUT = Path("-")
MAX_FILES = 500
"""Of one export: a folder with more is not one of exports. A school may have a feed a room."""
MAX_EXPORT_BYTES = 4 * MAX_BYTES
"""Of all files of an export together."""


def load_export(path: Path) -> dict[str, bytes]:
    """Read a file, and what belongs to it; of a folder, its export; of `-`, standard input.

    Files that make one export together are read together, and the feeds of a folder when the newest
    file is one. Of others, a folder's newest file is its export.

    Raises:
        Refused: when there is nothing to read, or it cannot be read.
    """
    if path == STANDARD_INPUT:
        return {gettext("standard input"): _read_bounded(sys.stdin.buffer, path)}
    try:
        files = _files(path)
        size = sum(file.stat().st_size for file in files)
        if len(files) > 1 and size > MAX_EXPORT_BYTES:
            raise _too_large(path, MAX_EXPORT_BYTES)
        return {str(file): _load_file(file) for file in files}
    except OSError as error:
        raise Refused(
            [Problem(str(path), describe_os_error(error), gettext("a readable file"))]
        ) from error


def export_signature(path: Path) -> tuple[tuple[str, int, int], ...]:
    """Return what changes when an export is written anew: names, sizes and times of its files.

    Raises:
        Refused: when there is nothing to read.
    """
    try:
        states = [(file, file.stat()) for file in _files(path)]
    except OSError as error:
        raise Refused(
            [Problem(str(path), describe_os_error(error), gettext("a readable file"))]
        ) from error
    return tuple((str(file), state.st_size, state.st_mtime_ns) for file, state in states)


def _files(path: Path) -> list[Path]:
    """Return the files to read, the file that shows the format first."""
    folder = path if path.is_dir() else path.parent
    for pattern in (importer.companions for importer in file_importers() if importer.companions):
        companions = sorted(_matching(folder, pattern))
        if companions and (path.is_dir() or path in companions):
            return companions
    if not path.is_dir():
        return [path]
    files = [file for file in folder.iterdir() if file.is_file() and file.name[0] not in "._~"]
    if not files:
        raise Refused([Problem(str(path), gettext("no file"), gettext("an export of a timetable"))])
    newest = max(files, key=lambda file: file.stat().st_mtime_ns)
    for pattern in (importer.feeds for importer in file_importers() if importer.feeds):
        if newest.match(pattern, case_sensitive=False):
            return sorted(file for file in _matching(folder, pattern) if file in files)
    return [newest]


def _matching(folder: Path, pattern: str) -> Iterator[Path]:
    for number, file in enumerate(folder.glob(pattern, case_sensitive=False)):
        if number == MAX_FILES:
            raise Refused(
                [
                    Problem(
                        str(folder),
                        gettext("many exports"),
                        gettext("{count} files at most", count=MAX_FILES),
                    )
                ]
            )
        if file.is_file():
            yield file


def _load_file(path: Path) -> bytes:
    with path.open("rb") as file:
        return _read_bounded(file, path)


def _read_bounded(file: BinaryIO, path: Path) -> bytes:
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise _too_large(path, MAX_BYTES)
    return content


def _too_large(path: Path, limit: int) -> Refused:
    allowed = gettext("{count} bytes at most", count=limit)
    return Refused([Problem(str(path), gettext("a larger file"), allowed)])
