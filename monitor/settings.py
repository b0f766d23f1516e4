"""Django's settings: the store of a single school, on SQLite or PostgreSQL.

The address of the database comes from the environment because Django reads its settings once;
`monitor.store.connect` puts it there from `lesrust.toml`.
"""

import os
from typing import Any

import dj_database_url

from monitor.store import DATABASE_VARIABLE


def database(address: str) -> dict[str, Any]:
    """Turn a path or a URL into Django's setting; a path, or nothing, is SQLite in WAL mode."""
    if "://" in address:
        return dict(dj_database_url.parse(address, conn_health_checks=True))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": address or ":memory:",
        "OPTIONS": {
            # Writers queue for the lock instead of failing when they upgrade to it.
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


DATABASES = {"default": database(os.environ.get(DATABASE_VARIABLE, ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = ["schedules", "monitor"]
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
# A query can hold a teacher's name: nothing of Django's is logged.
LOGGING_CONFIG = None
