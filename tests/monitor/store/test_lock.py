"""One process releases into a store, and one at a time makes its tables."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from monitor.store import DATABASE_VARIABLE
from monitor.store.lock import migration_lock, releaser_lock
from schedules.problem import Refused
from tests.conftest import ROOT

SERVER = os.environ.get(DATABASE_VARIABLE, "")
"""What these tests run on: a PostgreSQL, or nothing."""


def test_a_second_process_is_refused_until_the_first_ends(tmp_path: Path) -> None:
    database = str(tmp_path / "lesrust.sqlite3")
    with releaser_lock(database):
        with pytest.raises(Refused, match="another process"), releaser_lock(database):
            pass
        with releaser_lock(str(tmp_path / "another.sqlite3")):
            pass
    with releaser_lock(database):
        pass


@pytest.fixture
def new_database(tmp_path: Path) -> Iterator[str]:
    """Give the address of a store that nobody has opened yet."""
    if "://" not in SERVER:
        yield str(tmp_path / "lesrust.sqlite3")
        return
    import psycopg
    from psycopg.sql import SQL, Identifier

    name = f"lesrust_{uuid4().hex}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        yield urlsplit(SERVER)._replace(path=f"/{name}").geturl()
        server.execute(SQL("DROP DATABASE {}").format(Identifier(name)))


STARTING = """
import sys

import django
from django.db import connection

from monitor import store

django.setup()
assert connection.vendor
print("ready", flush=True)
sys.stdin.readline()
store.connect(sys.argv[1])
print(*store.applied_migrations())
"""


@pytest.mark.store
def test_two_processes_that_start_at_once_on_a_new_store_both_find_its_tables(
    new_database: str,
) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "monitor.settings",
        DATABASE_VARIABLE: new_database,
    }
    command = [sys.executable, "-c", STARTING, new_database]
    both = [
        subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in both:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in both:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate() for process in both]
    assert [errors for _, errors in said] == ["", ""]
    first, second = (output for output, _ in said)
    assert "schedules.0001_initial" in first
    assert first == second


def test_making_tables_leaves_nothing_behind_and_is_possible_again(tmp_path: Path) -> None:
    database = str(tmp_path / "lesrust.sqlite3")
    for _ in range(2):
        with migration_lock(database):
            pass
    assert list(tmp_path.iterdir()) == []
