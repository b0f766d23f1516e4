"""What the tests of the core share."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker


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
