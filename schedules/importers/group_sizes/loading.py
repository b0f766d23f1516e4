"""Loads the sizes of groups from a CSV file, or from a folder or archive of OneRoster."""

import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import IO, NamedTuple

from schedules.importers.group_sizes.listing import parse_listing
from schedules.importers.group_sizes.one_roster import FILES, parse_one_roster
from schedules.importers.shared.delimited_text import MAX_BYTES
from schedules.language import describe_os_error, gettext
from schedules.problem import InvalidValue, Problem, ProblemCollector, Refused

_ZIP = b"PK\x03\x04"


class LoadedSizes(NamedTuple):
    """How many pupils each group has, and what could not be used."""

    sizes: Mapping[str, int]
    problems: tuple[Problem, ...]


def load_group_sizes(path: Path, today: date) -> LoadedSizes:
    """Load sizes: rows that are wrong are left out, and the others used.

    Args:
        path: a CSV file; or a folder, or an archive, of OneRoster.
        today: the day at school.

    Raises:
        Refused: when nothing of it can be used.
    """
    problems = ProblemCollector(str(path))
    sizes: Mapping[str, int] = {}
    try:
        sizes = _parse(path, today, problems)
    except InvalidValue as wrong:
        problems.add_value(gettext("the whole file"), wrong)
    except OSError as error:
        problem = Problem(str(path), describe_os_error(error), gettext("a readable file"))
        raise Refused([problem]) from error
    if not sizes:
        raise Refused(
            problems.problems
            or [Problem(str(path), gettext("no group"), gettext("at least one group"))]
        )
    return LoadedSizes(sizes, tuple(problems.problems))


def _parse(path: Path, today: date, problems: ProblemCollector) -> Mapping[str, int]:
    if path.is_dir():
        files = {}
        for name in FILES:
            with (path / name).open("rb") as file:
                files[name] = _content(file)
        return parse_one_roster(files, today, problems)
    with path.open("rb") as file:
        if file.read(len(_ZIP)) == _ZIP:
            return parse_one_roster(_unpack(file), today, problems)
        file.seek(0)
        return parse_listing(_content(file), problems)


def _unpack(archive: IO[bytes]) -> Mapping[str, bytes]:
    """Return the two files that are used; no other is unpacked.

    Raises:
        InvalidValue: when the archive has them not, or is broken.
    """
    files = {}
    try:
        with zipfile.ZipFile(archive) as opened:
            for name in FILES:
                with opened.open(name) as file:
                    files[name] = _content(file)
    except KeyError:
        raise InvalidValue(gettext("not both"), ", ".join(FILES)) from None
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError):
        raise InvalidValue(
            gettext("an archive that is broken"), gettext("a ZIP archive of OneRoster")
        ) from None
    return files


def _content(file: IO[bytes]) -> bytes:
    """Return what a file holds; a larger one than is allowed is refused by who decodes it."""
    return file.read(MAX_BYTES + 1)
