"""Says why no store can be at a path, where SQLite only says that it cannot open it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from schedules.language import gettext
from schedules.problem import Problem, Refused

MOVED = ".moved-"
"""Stands between the name of a file that was moved from and the day on which that was done."""


def require_folder(database: str) -> None:
    """Refuse a path in a folder that is not there; a URL is for its server to judge.

    Raises:
        Refused: when there is no such folder.
    """
    folder = Path(database).parent
    if "://" not in database and not folder.is_dir():
        raise _refused(folder, gettext("no such folder"), gettext("a folder that exists; make it"))


def require_not_moved(database: str) -> None:
    """Refuse a path from which the store was moved: an empty one would be made in its place.

    A file without tables is none: a process that was not stopped leaves one, when it goes on there.

    Raises:
        Refused: when there is no store, and what was moved from it stands beside it.
    """
    path = Path(database)
    if "://" in database or not path.parent.is_dir() or _has_content(path):
        return
    for beside in path.parent.iterdir():
        if beside.name.startswith(path.name + MOVED):
            raise _refused(
                path,
                gettext("the store was moved from here; {path} is what was left", path=beside),
                gettext(
                    "the database that it was moved to, as [store] database; to begin with an "
                    "empty one here, take the old file away first"
                ),
            )


def require_alone(database: str) -> None:
    """Refuse to go on while another process has a file of SQLite open.

    Raises:
        Refused: when one has it, or it cannot be opened.
    """
    try:
        with closing(sqlite3.connect(_address(Path(database)), timeout=0.0, uri=True)) as store:
            # SQLite leaves this mode for nobody but who has the file alone.
            store.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise _refused(
            Path(database),
            str(error),
            gettext(
                "a store that no other process has open; stop the sensor, the web application and "
                "`lesrust timetable watch`"
            ),
        ) from error


def _has_content(path: Path) -> bool:
    """Say whether there is a file that has tables, or is no database at all."""
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(_address(path), uri=True)) as store:
            (tables,) = store.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:  # whoever opens it says what is the matter
        return True
    return bool(tables)


def _address(path: Path) -> str:
    """Return the address of a file, which is not made where there is none."""
    return f"{path.absolute().as_uri()}?mode=rw"


def _refused(where: Path, found: str, allowed: str) -> Refused:
    return Refused([Problem(str(where), found, allowed)])
