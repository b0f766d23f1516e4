"""What the tests of the core share."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from monitor.store import DATABASE_VARIABLE
from schedules import store
from tests.monitor.commands.school import LESSONS, CommandRunner
from tests.schedules.cast import AMSTERDAM, at


@pytest.fixture
def living_store(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Give an empty store that several threads and processes use for real.

    The other tests of the store share one, and roll back what they did in it: that would hide it
    from other threads. Here it is a file, or a schema, of its own.
    """
    from django.db import DEFAULT_DB_ALIAS, connection, connections

    settings = connections.settings[DEFAULT_DB_ALIAS]
    changes: dict[str, Any] = {"NAME": str(tmp_path / "store.sqlite3")}
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            schema = f"lesrust_{tmp_path.name}".lower()
            with connection.cursor() as cursor:
                cursor.execute(f'CREATE SCHEMA "{schema}"')
            options = {**settings["OPTIONS"], "options": f'-c search_path="{schema}"'}
            changes = {"NAME": connection.settings_dict["NAME"], "OPTIONS": options}
        shared = connections[DEFAULT_DB_ALIAS]
        before = {key: settings[key] for key in changes}
        settings.update(changes)
        del connections[DEFAULT_DB_ALIAS]
        try:
            yield
        finally:
            connections.close_all()
            settings.update(before)
            connections[DEFAULT_DB_ALIAS] = shared


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
