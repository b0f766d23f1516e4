"""What the tests of the core share."""

from pathlib import Path

import pytest

from monitor.store import DATABASE_VARIABLE
from schedules import store
from tests.monitor.commands.school import LESSONS, CommandRunner
from tests.schedules.cast import AMSTERDAM, at


@pytest.fixture
def school(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> CommandRunner:
    # `connect` writes the variable; this puts it back as it was.
    monkeypatch.setenv(DATABASE_VARIABLE, "")
    return CommandRunner(tmp_path)


@pytest.fixture
def ten_to_nine(school: CommandRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is ten to nine on Tuesday, and the timetable is in the store."""
    monkeypatch.setattr("monitor.commands.exempt.command.now", lambda: at("08:50"))
    store.import_timetable(LESSONS, source="csv", by="", now=at("07:00"), zone=AMSTERDAM)
