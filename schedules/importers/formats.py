"""The registry of timetable importers: every module or package beside this one that declares one.

No importer is named here. `importer` says how one declares itself.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import PurePath
from pkgutil import iter_modules
from types import MappingProxyType

import schedules.importers
from schedules.importers.importer import FileImporter, ServerImporter, TimetableImporter

NOT_FORMATS = frozenset({"formats", "group_sizes", "importer", "shared"})
"""Modules of `schedules.importers` that are no format."""


@cache
def importers() -> Mapping[str, TimetableImporter]:
    """Return every importer by its name.

    Raises:
        TypeError: when a module does not declare an importer, or two have the same name.
    """
    by_name: dict[str, TimetableImporter] = {}
    for importer in _declared():
        if importer.name in by_name:
            raise TypeError(f"two timetable importers are called {importer.name!r}")
        by_name[importer.name] = importer
    return MappingProxyType(by_name)


def file_importers() -> tuple[FileImporter, ...]:
    """Return the importers of files."""
    return tuple(
        importer for importer in importers().values() if isinstance(importer, FileImporter)
    )


def server_importers() -> tuple[ServerImporter, ...]:
    """Return the importers of servers."""
    return tuple(
        importer for importer in importers().values() if isinstance(importer, ServerImporter)
    )


def recognise_file(name: str, content: bytes) -> FileImporter:
    """Return the importer of a file, by its name and content."""
    file_name = PurePath(name).name
    return max(file_importers(), key=lambda importer: importer.recognise(file_name, content))


def _declared() -> Iterator[TimetableImporter]:
    package = schedules.importers
    for module in iter_modules(package.__path__):
        if module.name in NOT_FORMATS:
            continue
        importer = getattr(import_module(f"{package.__name__}.{module.name}"), "IMPORTER", None)
        if not isinstance(importer, FileImporter | ServerImporter):
            raise TypeError(
                f"schedules/importers/{module.name} declares no IMPORTER; see "
                "docs/developers/extend-importer.md"
            )
        yield importer
