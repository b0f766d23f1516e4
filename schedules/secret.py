"""Secrets in files of their own: tokens, passwords and shared secrets, for nobody else to read."""

import os
import secrets
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from schedules.language import describe_os_error, gettext
from schedules.problem import Problem, Refused

MAX_SECRET_SIZE = 4_096
"""Bytes."""
SECRET_BYTES = 32
"""Of one that is made here."""
OWNER_ONLY = 0o600
_OTHERS = stat.S_IWGRP | stat.S_IRWXO
"""Mode bits that a secret may not have. A group may read it: systemd gives a service its group."""


def load_secret(path: Path) -> str:
    """Read a secret: the first line of a file.

    Raises:
        Refused: when it cannot be read, is empty or too large, or is open to others.
    """
    where = str(path)
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            content = file.read(MAX_SECRET_SIZE + 1)
    except OSError as error:
        raise Refused(
            [Problem(where, describe_os_error(error), gettext("a readable file"))]
        ) from error
    if mode & _OTHERS:
        allowed = gettext("a file for its owner alone: chmod 600 {path}", path=path)
        raise Refused(
            [
                Problem(
                    where, gettext("mode {value}", value=format(stat.S_IMODE(mode), "04o")), allowed
                )
            ]
        )
    try:
        secret = content.decode().strip()
    except UnicodeDecodeError:
        secret = ""
    if not secret or len(content) > MAX_SECRET_SIZE or not secret.isprintable():
        found = gettext("no secret, or more than one line")
        raise Refused(
            [
                Problem(
                    where,
                    found,
                    gettext("one line of text, {count} bytes at most", count=MAX_SECRET_SIZE),
                )
            ]
        )
    return secret


def create_secret_if_missing(path: Path) -> None:
    """Create a random secret where there is none; processes that begin at once have the same.

    Raises:
        Refused: when it cannot be written, or is there and cannot be used.
    """
    if not path.exists():
        _write(path, secrets.token_urlsafe(SECRET_BYTES), _put_if_missing)
    load_secret(path)


def write_secret(path: Path, secret: str) -> None:
    """Write a secret that only its owner can read, and replace the old file as a whole or not.

    A new file gets the owner of its folder; an existing file keeps its own, and the group that may
    read it: what an administrator does as root is for the service.

    Raises:
        Refused: when it cannot be written.
    """
    _write(path, secret, Path.replace)


def _write(path: Path, secret: str, put: Callable[[Path, Path], object]) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with os.fdopen(descriptor, "w") as file:
            with suppress(OSError):  # written by another than root
                replaced = path.lstat() if os.path.lexists(path) else None
                owner = replaced or path.parent.stat()
                os.fchown(descriptor, owner.st_uid, owner.st_gid)
                if replaced and stat.S_ISREG(replaced.st_mode) and replaced.st_mode & stat.S_IRGRP:
                    os.fchmod(descriptor, OWNER_ONLY | stat.S_IRGRP)
            file.write(f"{secret}\n")
        put(temporary, path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        allowed = gettext("a folder that can be written to")
        raise Refused([Problem(str(path), describe_os_error(error), allowed)]) from error


def _put_if_missing(temporary: Path, path: Path) -> None:
    with suppress(FileExistsError):  # another process was first
        path.hardlink_to(temporary)
    temporary.unlink()
