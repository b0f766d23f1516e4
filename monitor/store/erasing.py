"""Takes away everything that is kept, when a school stops."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from monitor.store.database_file import MOVED
from monitor.store.lock import releaser_lock
from schedules.language import gettext
from schedules.problem import Problem, Refused


@dataclass(frozen=True, slots=True)
class ErasedStore:
    """What was in a store that is gone."""

    rows: dict[str, int]
    """The rows of each table."""
    files: tuple[Path, ...]
    """What lay on the disk; empty where the store was on a server."""


def erase_store(database: str) -> ErasedStore:
    """Take away the open store, also what earlier moves put aside.

    Args:
        database: a path for SQLite, or a URL.

    Raises:
        Refused: when a sensor runs, or something cannot be taken away.
    """
    from django.db import Error, connections

    tables = list_tables()
    aside = list_files_put_aside()
    files: list[Path] = []
    try:
        with releaser_lock(database):
            # The store is the last: whoever begins again after a crash finds in it what is left.
            files += _erase_files(aside)
            if "://" in database:
                _drop(tables)
            else:
                connections.close_all()
                files += _erase_files(list_files(Path(database)))
        if "://" not in database:
            Path(f"{database}.lock").unlink(missing_ok=True)
    except (Error, OSError) as error:
        allowed = gettext("a store that this user may take away")
        raise Refused([Problem(gettext("the store"), str(error), allowed)]) from error
    return ErasedStore(tables, tuple(files))


def list_tables() -> dict[str, int]:
    """List every table of the open store with its rows, also those of Django's own."""
    from django.db import connection

    rows: dict[str, int] = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT count(*) FROM {name}")  # noqa: S608 (the store's own, quoted)
            rows[table] = int(cursor.fetchone()[0])
    return rows


def list_files_put_aside() -> list[Path]:
    """List the files that moves put aside and that are still there, wherever they lie."""
    from monitor.models import StorePutAside

    paths = map(Path, StorePutAside.objects.values_list("path", flat=True))
    return [path for path in paths if path.is_file()]


def list_files(database: Path) -> Iterator[Path]:
    """List the files of a store on the disk: put aside, SQLite's beside it, and at last its own."""
    yield from sorted(database.parent.glob(f"{database.name}{MOVED}*"))
    for ending in ("-wal", "-shm", "-journal"):
        yield Path(f"{database}{ending}")
    yield database


def _erase_files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.exists():
            path.unlink()
            yield path


def _drop(tables: dict[str, int]) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")
            # The audit's, which refuses that an entry is changed.
            cursor.execute(
                f"DROP FUNCTION IF EXISTS {connection.ops.quote_name(f'{table}_refuse')}()"
            )
