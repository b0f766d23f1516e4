"""Gives the store's files to the owner of their folder, also when root makes them.

An administrator who tries a command before the service's first start does so as root. What that
makes would be root's, and the service could not open it. Each service is a user of its own: in a
folder in which their group writes, a file is for that group, whoever makes it.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path

_READABLE = 0o644
"""The mode of the file, less the umask."""
_SHARED = stat.S_ISGID | stat.S_IWGRP
"""Of a folder in which what one user makes, the group writes."""
_FOR_GROUP = 0o660


def create_for_folder_owner(path: Path) -> None:
    """Create an empty file for the folder's owner, or its group, where SQLite would not.

    That is when there is none yet, and root runs this or the folder is shared. SQLite gives what it
    makes beside a database the mode of the database and, run by root, its owner.
    """
    try:
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:  # whoever opens the file reports the error
        return
    try:
        owner = os.fstat(folder)
        is_shared = owner.st_mode & _SHARED == _SHARED
        if is_shared or (os.geteuid() == 0 and owner.st_uid != 0):
            _make(folder, path.name, owner, is_shared=is_shared)
    finally:
        os.close(folder)


def _make(folder: int, name: str, owner: os.stat_result, *, is_shared: bool) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    try:
        made = os.open(name, flags, _READABLE, dir_fd=folder)
    except OSError:  # it is there, be it a link that leads nowhere
        return
    with suppress(OSError):  # not by root, or a root that may give nothing away
        os.fchown(made, owner.st_uid, owner.st_gid)
    if is_shared:
        os.fchmod(made, _FOR_GROUP)  # also where the mask of the process says otherwise
    os.close(made)
