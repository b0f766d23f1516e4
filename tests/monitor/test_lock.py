"""One process releases into a store."""

from pathlib import Path

import pytest

from monitor.lock import sole_releaser
from schedules.problem import Refused


def test_a_second_process_is_refused_until_the_first_ends(tmp_path: Path) -> None:
    database = str(tmp_path / "lesrust.sqlite3")
    with sole_releaser(database):
        with pytest.raises(Refused, match="another process"), sole_releaser(database):
            pass
        with sole_releaser(str(tmp_path / "another.sqlite3")):
            pass
    with sole_releaser(database):
        pass
