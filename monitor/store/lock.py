"""What one process at a time does with a store: release into it, and bring its tables up to date.

Two that release would each release half of the school: the second is refused. Two that start at
once on a new store would both make its tables: the second waits for the first.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.store.file_ownership import create_for_folder_owner
from schedules.problem import Problem, Refused

ADVISORY_LOCK = 0x4C657372
"""A number of our own (`Lesr`) among PostgreSQL's advisory locks."""
TABLES_LOCK = 0x4C657374
"""Another one (`Lest`)."""


@contextmanager
def releaser_lock(database: str) -> Iterator[None]:
    """Hold the store's right to release, for as long as the context lasts.

    Args:
        database: a path for SQLite, or a URL.

    Raises:
        Refused: when another process has it.
    """
    with _of_server() if "://" in database else _of_file(Path(f"{database}.lock")):
        yield


@contextmanager
def migration_lock(database: str) -> Iterator[None]:
    """Wait until no other process brings the store's tables up to date, and keep others waiting.

    Args:
        database: a path for SQLite, or a URL.
    """
    with _turn_at_server() if "://" in database else _turn_in(Path(database).parent):
        yield


@contextmanager
def _turn_in(folder: Path) -> Iterator[None]:
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
def _turn_at_server() -> Iterator[None]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [TABLES_LOCK])
    try:
        yield
    finally:
        # A connection that broke has let go of it already.
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [TABLES_LOCK])


@contextmanager
def _of_file(path: Path) -> Iterator[None]:
    create_for_folder_owner(path)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _taken() from None
        yield


@contextmanager
def _of_server() -> Iterator[None]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK])
        if not cursor.fetchone()[0]:
            raise _taken()
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])


def _taken() -> Refused:
    allowed = "one process at a time; end it, or give this one a store of its own"
    return Refused([Problem("the store", "another process that releases into it", allowed)])
