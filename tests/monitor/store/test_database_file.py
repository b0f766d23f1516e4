"""Why no store can be at a path: a folder that is not there, or a store that was moved away."""

from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest

from monitor.store.database_file import require_folder, require_not_moved
from schedules.problem import Refused

SERVER = "postgresql://lesrust@localhost/lesrust"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        require_folder(str(tmp_path / "elders" / "lesrust.sqlite3"))
    (problem,) = refusal.value.problems
    assert (problem.where, problem.found) == (str(tmp_path / "elders"), "no such folder")


def test_no_empty_store_is_made_where_one_was_moved_from(tmp_path: Path) -> None:
    (tmp_path / "lesrust.sqlite3.moved-2026-09-01").touch()
    with pytest.raises(Refused) as refusal:
        require_not_moved(str(tmp_path / "lesrust.sqlite3"))
    (problem,) = refusal.value.problems
    assert problem.where == str(tmp_path / "lesrust.sqlite3")
    assert "lesrust.sqlite3.moved-2026-09-01" in problem.found


def test_a_store_that_came_back_is_opened(tmp_path: Path) -> None:
    (tmp_path / "lesrust.sqlite3.moved-2026-09-01").touch()
    with closing(connect(tmp_path / "lesrust.sqlite3")) as store:
        store.execute("CREATE TABLE monitor_spentrelease (key)")
    require_not_moved(str(tmp_path / "lesrust.sqlite3"))


def test_what_a_process_left_that_was_not_stopped_is_no_store(tmp_path: Path) -> None:
    """It had the old path, and SQLite made a file for its next query."""
    (tmp_path / "lesrust.sqlite3.moved-2026-09-01").touch()
    with closing(connect(tmp_path / "lesrust.sqlite3")) as store:
        store.execute("PRAGMA journal_mode = WAL")
    with pytest.raises(Refused):
        require_not_moved(str(tmp_path / "lesrust.sqlite3"))


def test_another_store_in_the_folder_is_not_this_one(tmp_path: Path) -> None:
    (tmp_path / "proef.sqlite3.moved-2026-09-01").touch()
    require_not_moved(str(tmp_path / "lesrust.sqlite3"))
    require_folder(str(tmp_path / "lesrust.sqlite3"))


def test_a_server_judges_for_itself() -> None:
    require_folder(SERVER)
    require_not_moved(SERVER)
