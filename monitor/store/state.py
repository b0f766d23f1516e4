"""How the store itself is: how large, how fast, and with which tables."""

import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class StoreState:
    """How the store itself is."""

    vendor: str
    """`sqlite` or `postgresql`."""
    answered_in: float
    """Seconds."""
    size: int
    """Bytes."""
    bytes_free: int | None
    """On its disk; None when the store is on another machine."""
    disk_free: float | None
    """As a share of the disk."""


def measure_state(database: str, answered_in: float) -> StoreState:
    """Measure the size of the store and of what is free on its disk.

    Args:
        database: the address in the configuration.
        answered_in: seconds that the smallest query took.
    """
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
            size = int(cursor.fetchone()[0])
        disk = shutil.disk_usage(Path(database).parent)
        return StoreState("sqlite", answered_in, size, disk.free, disk.free / disk.total)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        size = int(cursor.fetchone()[0])
    return StoreState(connection.vendor, answered_in, size, None, None)


def applied_migrations() -> tuple[str, ...]:
    """List the migrations that were applied to the store, by name."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    applied = MigrationRecorder(connection).applied_migrations()
    return tuple(sorted(f"{app}.{name}" for app, name in applied))
