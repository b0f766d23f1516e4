"""What the store says of itself."""

from pathlib import Path

import pytest

from monitor import store

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def test_the_store_says_how_large_it_is_and_what_is_free(tmp_path: Path) -> None:
    state = store.measure_state(str(tmp_path / "lesrust.sqlite3"), 0.002)
    assert state.size > 0
    assert state.answered_in == 0.002
    if state.vendor == "sqlite":
        assert state.disk_free is not None
        assert 0 < state.disk_free <= 1
    else:
        assert (state.vendor, state.bytes_free) == ("postgresql", None)


def test_the_store_says_what_it_was_brought_up_to_date_with() -> None:
    applied = store.applied_migrations()
    assert "monitor.0001_initial" in applied
    assert "schedules.0001_initial" in applied
