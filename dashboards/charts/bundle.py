"""What a browser draws charts with: Vega's own programs, as vl-convert has them without a network.

The file is made when it is first asked for, which takes some seconds, and kept for the next start.
"""

import builtins
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage

NAME = "vega.js"
_TEMPORARY_FOLDERS: list[TemporaryDirectory[str]] = []


class VegaBundleFinder(BaseFinder):
    """Finds `vega.js` for Django's static files."""

    def find(self, path: str, find_all: bool = False, **_: Any) -> Any:
        """Return where the file is, if it is this one that is asked for."""
        location = str(bundle_folder() / NAME) if path == NAME else None
        return ([location] if location else []) if find_all else location

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Yield the file for whoever collects all."""
        yield NAME, FileSystemStorage(location=bundle_folder())

    def check(self, **_: Any) -> builtins.list[CheckMessage]:
        """Find nothing wrong: there is nothing to configure."""
        return []


@cache
def bundle_folder() -> Path:
    """Return the folder that the file is in, and make the file where it is not there."""
    for folder in _candidate_folders():
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / NAME).exists():
                _write_bundle(folder / NAME)
            return folder
    _TEMPORARY_FOLDERS.append(TemporaryDirectory(prefix="lesrust-vega-"))
    folder = Path(_TEMPORARY_FOLDERS[-1].name)
    _write_bundle(folder / NAME)
    return folder


def _candidate_folders() -> Iterator[Path]:
    """Yield where the file may be kept: systemd's folder for it, or the user's own."""
    made_by = f"vega-{version('vl-convert-python')}"
    if folder := os.environ.get("CACHE_DIRECTORY"):
        yield Path(folder.partition(":")[0]) / made_by
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 (Path raises where there is no home)
    if sys.platform != "win32" and home.startswith("/"):
        yield Path(home) / "lesrust" / made_by


def _write_bundle(path: Path) -> None:
    import vl_convert

    # Whoever reads it while it is being written reads all of it, or nothing.
    part = path.with_suffix(f".{os.getpid()}")
    part.write_text(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"), "utf-8")
    part.replace(path)
