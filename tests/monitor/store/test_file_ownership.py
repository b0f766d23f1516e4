"""What root makes in the service's folder is the service's."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from monitor.store import DATABASE_VARIABLE
from monitor.store.file_ownership import create_for_folder_owner
from tests.conftest import ROOT

by_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a file to another")

SERVICE = (4321, 1234)
"""The user and the group of the service."""


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give the service's folder; unlike pytest's own, it stands where the service can come."""
    with TemporaryDirectory(prefix="lesrust-") as name:
        os.chown(name, *SERVICE)
        yield Path(name)


def owner(path: Path) -> tuple[int, int]:
    state = path.lstat()
    return state.st_uid, state.st_gid


def run(script: str, database: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment["DJANGO_SETTINGS_MODULE"] = "monitor.settings"
    environment[DATABASE_VARIABLE] = str(database)
    command = [sys.executable, "-c", script, str(database)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout


AS_ROOT = """
import os, sys
from pathlib import Path
from monitor import store
from monitor.store.lock import releaser_lock

os.umask(0o027)
store.connect(sys.argv[1])
store.record_sensor("sensor", 1, 0)
with releaser_lock(sys.argv[1]):
    for path in sorted(Path(sys.argv[1]).parent.iterdir()):
        print(path.name, path.stat().st_uid, path.stat().st_gid)
"""
AS_SERVICE = f"""
import os, sqlite3, sys

os.setgroups([])
os.setgid({SERVICE[1]})
os.setuid({SERVICE[0]})
with sqlite3.connect(sys.argv[1]) as store:
    store.execute("UPDATE monitor_sensorrow SET version = 2")
    print(*store.execute("PRAGMA journal_mode").fetchone())
"""


@by_root
def test_the_service_can_use_a_store_that_root_has_made(folder: Path) -> None:
    database = folder / "lesrust.sqlite3"
    uid, gid = SERVICE
    assert run(AS_ROOT, database).splitlines() == [
        f"lesrust.sqlite3{ending} {uid} {gid}" for ending in ("", "-shm", "-wal", ".lock")
    ]
    assert stat.S_IMODE(database.stat().st_mode) == 0o640
    assert run(AS_SERVICE, database) == "wal\n"


@by_root
def test_what_is_there_already_stays_whose_it_is(folder: Path) -> None:
    path = folder / "lesrust.sqlite3"
    path.write_text("something")
    create_for_folder_owner(path)
    assert owner(path) == (0, 0)
    assert path.read_text() == "something"


@by_root
def test_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    path = folder / "lesrust.sqlite3"
    path.symlink_to(tmp_path / "elsewhere")
    create_for_folder_owner(path)
    assert owner(path) == (0, 0)
    assert list(tmp_path.iterdir()) == []


@by_root
def test_another_than_root_makes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 4321)
    create_for_folder_owner(folder / "lesrust.sqlite3")
    assert list(folder.iterdir()) == []


def test_in_ones_own_folder_nothing_is_made(tmp_path: Path) -> None:
    create_for_folder_owner(tmp_path / "lesrust.sqlite3")
    assert list(tmp_path.iterdir()) == []


def test_where_there_is_no_folder_nothing_is_made(tmp_path: Path) -> None:
    create_for_folder_owner(tmp_path / "absent" / "lesrust.sqlite3")
    assert list(tmp_path.iterdir()) == []


def test_in_a_folder_of_a_group_a_file_is_for_the_group(tmp_path: Path) -> None:
    tmp_path.chmod(0o2770)
    before = os.umask(0o077)
    try:
        create_for_folder_owner(tmp_path / "lesrust.sqlite3")
    finally:
        os.umask(before)
    made = (tmp_path / "lesrust.sqlite3").stat()
    assert (made.st_gid, stat.S_IMODE(made.st_mode)) == (tmp_path.stat().st_gid, 0o660)


def test_a_folder_in_which_everyone_of_a_group_may_write_without_setgid_is_not_shared(
    tmp_path: Path,
) -> None:
    tmp_path.chmod(0o0770)
    create_for_folder_owner(tmp_path / "lesrust.sqlite3")
    assert [*tmp_path.iterdir()] == []
