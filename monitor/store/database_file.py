"""Says why no store can be at a path, where SQLite only says that it cannot open it."""

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

    Raises:
        Refused: when there is no file, and what was moved from it stands beside it.
    """
    path = Path(database)
    if "://" in database or path.exists() or not path.parent.is_dir():
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


def _refused(where: Path, found: str, allowed: str) -> Refused:
    return Refused([Problem(str(where), found, allowed)])
