"""Gives the store's files to the owner of their folder, also when root makes them.

An administrator who tries a command before the service's first start does so as root. What that
makes would be root's, and the service could not open it.
"""

import os
from contextlib import suppress
from pathlib import Path

_READABLE = 0o644
"""The mode of the file, less the umask."""


def create_for_folder_owner(path: Path) -> None:
    """Create an empty file for the owner of its folder, when root runs this and there is none yet.

    SQLite gives what it makes beside a database to the owner of the database by itself.
    """
    if os.geteuid() != 0:
        return
    try:
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:  # whoever opens the file reports the error
        return
    try:
        owner = os.fstat(folder)
        if owner.st_uid != 0:
            _make(folder, path.name, owner)
    finally:
        os.close(folder)


def _make(folder: int, name: str, owner: os.stat_result) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    try:
        made = os.open(name, flags, _READABLE, dir_fd=folder)
    except OSError:  # it is there, be it a link that leads nowhere
        return
    with suppress(OSError):  # a root that may give nothing away, as in some containers
        os.fchown(made, owner.st_uid, owner.st_gid)
    os.close(made)
