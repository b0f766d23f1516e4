"""Moves everything that is kept to another database, and compares it row by row.

The ledger goes along: without it a figure that was drawn once would be drawn again, and the two
draws together would say more than was promised. So a move is whole, or it did not happen.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import batched, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monitor.store.database_file import MOVED, require_alone, require_folder
from monitor.store.lock import releaser_lock
from schedules.language import gettext
from schedules.problem import Problem, Refused

if TYPE_CHECKING:
    from django.db.models import Model

TARGET = "target"
"""Django's name for the database that is moved to."""
BATCH_ROWS = 500
MADE_ANEW = frozenset({"auth", "contenttypes", "sessions"})
"""Apps whose rows every store has of its own; whoever is signed in signs in again."""
LEFT_BEHIND = frozenset({"dashboards.cacheentry"})
"""Models whose rows last some minutes."""

type Rows = int


def count_rows() -> Rows:
    """Count the rows that a move has to copy."""
    return sum(model._base_manager.count() for model in _models())


def move_store(
    source: str, target: str, today: date, on_progress: Callable[[Rows], None] = lambda _: None
) -> Path | None:
    """Copy the open store to an empty database, compare the two, and put the old file aside.

    Args:
        source: where the open store is: a path for SQLite, or a URL.
        target: where it goes.
        today: what an old file is named by.
        on_progress: told how many rows were copied since it was last told.

    Returns:
        What the old file is called now; None where the old store is on a server.

    Raises:
        Refused: when another process has the store, the target is no empty database, or a row
            cannot be kept there.
    """
    from django.db import DatabaseError, connections, transaction

    require_folder(target)
    aside = None if "://" in source else _name_aside(Path(source), today)
    with releaser_lock(source), _open_target(target):
        if aside is not None:
            # What another writes meanwhile would stay behind in the old file.
            connections.close_all()
            require_alone(source)
        _require_empty(target)
        try:
            with transaction.atomic(), transaction.atomic(using=TARGET):
                for model in _models():
                    for rows in _copy(model):
                        on_progress(rows)
                _reset_sequences()
                for model in _models():
                    _compare(model)
                if aside is not None:
                    _remember_aside(aside)
        except DatabaseError as error:
            raise _refused(
                target, str(error), gettext("a database that takes every row")
            ) from error
        connections[TARGET].close()
        if aside is not None:
            # So that nothing goes on with it by mistake.
            connections.close_all()
            Path(source).rename(aside)
    return aside


@contextmanager
def _open_target(target: str) -> Iterator[None]:
    from django.core.management import call_command
    from django.db import DatabaseError, connections

    from monitor.settings import database

    settings = connections.configure_settings({**connections.settings, TARGET: database(target)})
    connections.settings[TARGET] = settings[TARGET]
    try:
        call_command("migrate", database=TARGET, verbosity=0, interactive=False)
        yield
    except DatabaseError as error:
        raise _refused(target, str(error), gettext("a database that opens")) from error
    finally:
        connections[TARGET].close()
        del connections[TARGET]
        del connections.settings[TARGET]


def _models() -> list[type["Model"]]:
    from django.apps import apps

    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in MADE_ANEW
        and model._meta.label_lower not in LEFT_BEHIND
        and model._meta.managed
    ]


def _require_empty(target: str) -> None:
    for model in _models():
        if model._base_manager.using(TARGET).exists():
            raise _refused(
                target,
                gettext("rows in {table}", table=model._meta.db_table),
                gettext("an empty database"),
            )


def _copy(model: type["Model"]) -> Iterator[Rows]:
    rows = model._base_manager.order_by("pk").iterator(chunk_size=BATCH_ROWS)
    for batch in batched(rows, BATCH_ROWS):
        # Not `save`: some rows may only be added, and each is added as it is.
        model._base_manager.using(TARGET).bulk_create(batch)
        yield len(batch)


def _compare(model: type["Model"]) -> None:
    """Compare a table row by row."""
    for before, after in zip_longest(_values(model, "default"), _values(model, TARGET)):
        if before != after:
            raise _refused(
                gettext("table {table}", table=model._meta.db_table),
                gettext("a row that changed on its way"),
                gettext("the same row"),
            )


def _values(model: type["Model"], alias: str) -> Iterable[tuple[Any, ...]]:
    rows = model._base_manager.using(alias).order_by("pk").values_list()
    for row in rows.iterator(chunk_size=BATCH_ROWS):
        yield tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)


def _reset_sequences() -> None:
    """Let the numbers of new rows go on after those that were copied."""
    from django.core.management.color import no_style
    from django.db import connections

    with connections[TARGET].cursor() as cursor:
        for statement in connections[TARGET].ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


def _name_aside(source: Path, today: date) -> Path:
    return source.absolute().with_name(f"{source.name}{MOVED}{today:%Y-%m-%d}")


def _remember_aside(aside: Path) -> None:
    """Write down, in the new store, which file is to be erased with it."""
    from monitor.models import StorePutAside

    StorePutAside.objects.using(TARGET).get_or_create(path=str(aside))


def _refused(where: str, found: str, allowed: str) -> Refused:
    return Refused([Problem(where, found, allowed)])
