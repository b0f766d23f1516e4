"""What the simulation's tests share."""

import pytest

from monitor.store import DATABASE_VARIABLE


@pytest.fixture
def own_store(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """Use the tests' store, whatever a configuration says."""
    # Opening a store writes the variable; this puts it back as it was.
    monkeypatch.setenv(DATABASE_VARIABLE, "")
