"""`lesrust store move`: everything goes along, or nothing happened."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from tests.dashboards.cast import CONFIGURATION
from tests.monitor.store.test_store_of_the_first_version import CONTENT

pytestmark = pytest.mark.store

HOLD = """
import sys
from monitor.store.lock import releaser_lock
with releaser_lock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""
"""What a sensor does with its store for as long as it runs."""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Give a school whose store has figures, a ledger, lessons, an account and an audit."""
    with closing(sqlite3.connect(tmp_path / "school.sqlite3")) as made:
        made.executescript(CONTENT)
    file = tmp_path / "lesrust.toml"
    file.write_text(f'{CONFIGURATION}\n[store]\ndatabase = "{tmp_path / "school.sqlite3"}"\n')
    return file


@pytest.fixture
def target(tmp_path: Path, living_store: None) -> Iterator[str]:
    """Give an empty database: of the server that the tests run on, else another file."""
    if connection.vendor == "sqlite":
        yield str(tmp_path / "other.sqlite3")
        return
    parameters = connection.settings_dict
    name = f"lesrust_moved_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield f"postgresql://{parameters['USER']}@/{name}?host={parameters['HOST']}"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def lesrust(*words: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "monitor", *words],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        env={key: value for key, value in os.environ.items() if key != "LESRUST_DATABASE"},
    )


def rows_of(path: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as store:
        return store.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()


def test_everything_goes_along_and_the_old_file_is_put_aside(
    config: Path, target: str, tmp_path: Path
) -> None:
    before = rows_of(tmp_path / "school.sqlite3", "monitor_spentrelease")
    moved = lesrust("store", "move", target, "--config", str(config))
    assert (moved.returncode, moved.stderr) == (0, "")
    assert f'database = "{target}"' in moved.stdout
    assert not (tmp_path / "school.sqlite3").exists()
    (aside,) = tmp_path.glob("school.sqlite3.moved-????-??-??")
    assert rows_of(aside, "monitor_spentrelease") == before != []
    too_early = lesrust("figures", "--config", str(config))
    assert too_early.returncode == 2
    assert aside.name in too_early.stderr
    assert not (tmp_path / "school.sqlite3").exists()

    config.write_text(config.read_text().replace(str(tmp_path / "school.sqlite3"), target))
    again = lesrust("store", "move", str(tmp_path / "back.sqlite3"), "--config", str(config))
    assert (again.returncode, again.stderr) == (0, "")
    for table in ("monitor_spentrelease", "monitor_releasedfigure", "schedules_auditentry"):
        assert rows_of(tmp_path / "back.sqlite3", table) == rows_of(aside, table)


def test_attempts_to_sign_in_are_left_behind(config: Path, tmp_path: Path) -> None:
    assert lesrust("user", "list", "--config", str(config)).returncode == 0
    with closing(sqlite3.connect(tmp_path / "school.sqlite3")) as store:
        store.execute("INSERT INTO dashboards_cacheentry VALUES ('key', '[1.5]', '2027-01-01')")
        store.commit()
    moved = lesrust("store", "move", str(tmp_path / "other.sqlite3"), "--config", str(config))
    assert (moved.returncode, moved.stderr) == (0, "")
    assert rows_of(tmp_path / "other.sqlite3", "dashboards_cacheentry") == []


def test_new_rows_go_on_after_those_that_were_moved(config: Path, target: str) -> None:
    assert lesrust("store", "move", target, "--config", str(config)).returncode == 0
    config.write_text(config.read_text().replace(str(config.parent / "school.sqlite3"), target))
    password = config.parent / "password"
    password.write_text("een goed lang wachtwoord")
    added = lesrust(
        *("user", "add", "nieuw", "--role", "it", "--password-from", str(password)),
        *("--config", str(config)),
    )
    assert (added.returncode, added.stderr) == (0, "")


def test_a_database_that_is_not_empty_is_refused_and_nothing_happens(
    config: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(other)) as made:
        made.executescript(CONTENT)
    refused = lesrust("store", "move", str(other), "--config", str(config))
    assert refused.returncode == 2
    assert "an empty database" in refused.stderr
    assert (tmp_path / "school.sqlite3").exists()


def test_a_database_that_cannot_be_opened_is_refused(config: Path, tmp_path: Path) -> None:
    refused = lesrust("store", "move", str(tmp_path / "no/such.sqlite3"), "--config", str(config))
    assert refused.returncode == 2
    assert len(refused.stderr.splitlines()) == 1
    assert (tmp_path / "school.sqlite3").exists()


def test_while_a_sensor_runs_nothing_is_moved(config: Path, tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            HOLD,
            str(tmp_path / "school.sqlite3"),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        refused = lesrust("store", "move", str(tmp_path / "other.sqlite3"), "--config", str(config))
        assert refused.returncode == 2
        assert "another process that releases into it" in refused.stderr
        holder.communicate()
    assert (tmp_path / "school.sqlite3").exists()


def test_while_another_process_has_the_file_open_nothing_is_moved(
    config: Path, tmp_path: Path
) -> None:
    """What it writes meanwhile, such as an exemption, would stay behind."""
    with closing(sqlite3.connect(tmp_path / "school.sqlite3")) as web:
        web.execute("PRAGMA journal_mode = WAL")
        web.execute("SELECT * FROM schedules_exemptionrow").fetchall()
        refused = lesrust("store", "move", str(tmp_path / "other.sqlite3"), "--config", str(config))
    assert refused.returncode == 2
    assert "stop the sensor, the web application" in refused.stderr
    assert (tmp_path / "school.sqlite3").exists()
