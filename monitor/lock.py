"""One sensor process releases into a store: two would each release half of the school."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schedules.problem import Problem, Refused

ADVISORY_LOCK = 0x4C657372
"""A number of our own (`Lesr`) among PostgreSQL's advisory locks."""


@contextmanager
def sole_releaser(database: str) -> Iterator[None]:
    """Hold the store's right to release, for as long as the context lasts.

    Args:
        database: a path for SQLite, or a URL.

    Raises:
        Refused: when another process has it.
    """
    with _of_server() if "://" in database else _of_file(Path(f"{database}.lock")):
        yield


@contextmanager
def _of_file(path: Path) -> Iterator[None]:
    with path.open("w") as file:
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
