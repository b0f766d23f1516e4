"""Lets one process at a time release into a store, or bring its tables up to date.

Two that release would each release half of the school: the second is refused. Two that start at
once on a new store would both make its tables: the second waits for the first.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.store.file_ownership import create_for_folder_owner
from schedules.language import gettext
from schedules.problem import Problem, Refused

RELEASER_LOCK = 0x4C657372
"""A number of our own (`Lesr`) among PostgreSQL's advisory locks."""
MIGRATION_LOCK = 0x4C657374
"""Another one (`Lest`)."""


@contextmanager
def releaser_lock(database: str) -> Iterator[None]:
    """Hold the right to release into the store for as long as the context lasts.

    Args:
        database: a path for SQLite, or a URL.

    Raises:
        Refused: when another process has it.
    """
    with _server_releaser_lock() if "://" in database else _file_lock(Path(f"{database}.lock")):
        yield


@contextmanager
def migration_lock(database: str) -> Iterator[None]:
    """Wait until no other process brings the store's tables up to date, and make others wait.

    Args:
        database: a path for SQLite, or a URL.
    """
    with _server_migration_lock() if "://" in database else _folder_lock(Path(database).parent):
        yield


@contextmanager
def _folder_lock(folder: Path) -> Iterator[None]:
    """Lock the folder itself: that leaves no file behind, and whoever may read can do it."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:  # whoever opens the store there says what is the matter
        yield
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _server_migration_lock() -> Iterator[None]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
    try:
        yield
    finally:
        # A connection that broke has let go of it already.
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    create_for_folder_owner(path)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _already_held() from None
        yield


@contextmanager
def _server_releaser_lock() -> Iterator[None]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [RELEASER_LOCK])
        if not cursor.fetchone()[0]:
            raise _already_held()
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [RELEASER_LOCK])


def _already_held() -> Refused:
    allowed = gettext("one process at a time; end it, or give this one a store of its own")
    return Refused(
        [Problem(gettext("the store"), gettext("another process that releases into it"), allowed)]
    )
