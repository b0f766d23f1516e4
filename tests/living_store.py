"""A store that several threads and processes use for real."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests.made_once import made_once


@pytest.fixture(scope="session")
def store_template(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> str:
    """Give a store that has its tables and nothing in them: a file, or a database of the server."""
    from django.core.management import call_command
    from django.db import connection

    def fill(folder: Path) -> None:
        with _database(str(folder / "store.sqlite3")):
            call_command("migrate", verbosity=0, interactive=False)

    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            return str(made_once(tmp_path_factory, "store", fill) / "store.sqlite3")
        name = f"lesrust_template_{os.getpid()}"
        _execute(f'CREATE DATABASE "{name}"')
        with _database(name):
            call_command("migrate", verbosity=0, interactive=False)
        return name


@pytest.fixture
def living_store(
    store_template: str, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Give an empty store that several threads and processes use for real.

    The other tests of the store share one, and roll back what they did in it: that would hide it
    from other threads. Here it is a file, or a database, of its own.
    """
    from django.db import connection

    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            name = str(tmp_path / "store.sqlite3")
            shutil.copy(store_template, name)
            with _database(name):
                yield
            return
        name = f"lesrust_{os.getpid()}_{tmp_path.name}".lower()
        _execute(f'CREATE DATABASE "{name}" TEMPLATE "{store_template}"')
        with _database(name):
            yield
        _execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def _database(name: str) -> Iterator[None]:
    """Let every thread use another database, while the context lasts."""
    from django.db import DEFAULT_DB_ALIAS, connections

    settings = connections.settings[DEFAULT_DB_ALIAS]
    shared, before = connections[DEFAULT_DB_ALIAS], settings["NAME"]
    settings["NAME"] = name
    del connections[DEFAULT_DB_ALIAS]
    try:
        yield
    finally:
        connections.close_all()
        settings["NAME"] = before
        connections[DEFAULT_DB_ALIAS] = shared


def _execute(statement: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
