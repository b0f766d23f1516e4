"""Where what must last is kept: released figures, and the ledger of what has been released.

Django is imported inside the functions: a sensor thinks without it, and `lesrust --help` is fast.
"""

import os
import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.release.figures import Figure
from monitor.release.ledger import AlreadyReleased
from monitor.release.tables import Cell, TableName
from monitor.release.visibility import Visibility, combine_days
from monitor.store.file_ownership import create_for_folder_owner
from monitor.store.lock import migration_lock
from schedules.problem import Problem, Refused

if TYPE_CHECKING:
    from monitor.models import ReleasedFigure


@dataclass(frozen=True, slots=True)
class SensorStatus:
    """A sensor that keeps counts, as it last spoke of itself."""

    name: str
    version: int
    """Of the schedules that it holds."""
    seen_at: float
    """Seconds since 1970-01-01 UTC."""

    def is_running(self, now: float) -> bool:
        """Whether it spoke a short while ago."""
        return now - self.seen_at < SENSOR_TIMEOUT


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
    """On its disk; None: it is another machine's."""
    disk_free: float | None
    """As a share of the disk."""


SENSOR_TIMEOUT = 20.0
"""Seconds: a sensor speaks every five."""
DATABASE_VARIABLE = "LESRUST_DATABASE"
"""Here and not in the settings, which are read when they are imported: it must be set by then."""


def connect(database: str) -> None:
    """Open the store, and bring its tables up to date; who comes at the same time waits.

    Args:
        database: a path for SQLite, or `postgresql://…`.

    Raises:
        Refused: when the database cannot be opened.
    """
    import django
    from django.core.management import call_command
    from django.db import DatabaseError, connection

    os.environ[DATABASE_VARIABLE] = database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "monitor.settings")
    django.setup()
    try:
        with migration_lock(database):
            if "://" not in database:
                create_for_folder_owner(Path(database))
            call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        where = f"the store ({connection.vendor})"
        raise Refused([Problem(where, str(error), "a database that opens")]) from error


def database_error() -> type[Exception]:
    """Give the kind of error that every failure of the database is."""
    from django.db import Error

    return Error


def disconnect() -> None:
    """Close this thread's connection; the next query opens a new one."""
    from django.db import connections

    connections.close_all()


def record_release(
    key: str, day: date, figures: Sequence[Figure], visibility: Visibility | None = None
) -> None:
    """Spend a release and keep its figures, and the day's visibility: all of it, or nothing.

    Raises:
        AlreadySpent: when the ledger has the release; nothing is changed.
        django.db.DatabaseError: when the store cannot be written.
    """
    from django.db import IntegrityError, transaction

    from monitor.models import ReleasedFigure, SpentRelease, VisibilityOfDay

    try:
        with transaction.atomic():
            SpentRelease(key=key, day=day).save(force_insert=True)
            ReleasedFigure.objects.bulk_create(map(_stored, figures))
            if visibility is not None:
                VisibilityOfDay(
                    day=day,
                    connections=visibility.connections,
                    shares=dict(visibility.shares),
                    ways=dict(visibility.ways),
                    hidden=visibility.hidden,
                ).save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyReleased(key) from error


def released_keys(since: date) -> set[str]:
    """List the keys of the releases that were made for `since` or a later day."""
    from monitor.models import SpentRelease

    return set(SpentRelease.objects.filter(day__gte=since).values_list("key", flat=True))


def load_figures(
    *,
    since: date,
    until: date | None = None,
    tables: Collection[TableName] = tuple(TableName),
    with_hidden: bool = False,
) -> list[Figure]:
    """Read released figures from `since` up to and including `until`, in the order of their cells.

    Args:
        since: the first day; a week is found by its Monday.
        until: the last day; None is no bound.
        tables: which tables.
        with_hidden: also those that are only parts of a weekly total.
    """
    from monitor.models import ReleasedFigure

    rows = ReleasedFigure.objects.filter(day__gte=since, table__in=tables)
    if until is not None:
        rows = rows.filter(day__lte=until)
    if not with_hidden:
        rows = rows.filter(is_public=True)
    return [_figure(row) for row in rows.order_by("day", "table", "period", "layer", "platform")]


def days_with_figures(tables: Collection[TableName]) -> list[date]:
    """List the days, and Mondays of weeks, that some tables have public figures of, in order."""
    from monitor.models import ReleasedFigure

    rows = ReleasedFigure.objects.filter(table__in=tables, is_public=True)
    return list(rows.values_list("day", flat=True).distinct().order_by("day"))


def newest() -> str:
    """Give a text that is another one after each release; empty before the first."""
    from monitor.models import ReleasedFigure

    last = ReleasedFigure.objects.order_by("-pk").values_list("pk", "released_at").first()
    return f"{last[0]}/{last[1].timestamp()}" if last else ""


def load_visibility(first_day: date, last_day: date) -> Visibility | None:
    """Say what could be seen of the connections from one day up to and including another.

    Each day is as heavy as its connections. None when nothing is known of any of the days.
    """
    from monitor.models import VisibilityOfDay

    days = VisibilityOfDay.objects.filter(day__gte=first_day, day__lte=last_day)
    return combine_days(
        Visibility(row.connections, row.shares, row.ways, row.hidden) for row in days
    )


def extent(tables: Collection[TableName], *, since: date) -> tuple[int, datetime | None]:
    """Say how many figures of some tables there are, and when the newest was released.

    It changes whenever `figures` would give others: a figure itself never does.
    """
    from django.db.models import Count, Max

    from monitor.models import ReleasedFigure

    rows = ReleasedFigure.objects.filter(day__gte=since, table__in=tables)
    found = rows.aggregate(count=Count("pk"), newest=Max("released_at"))
    return found["count"], found["newest"]


def record_sensor(sensor: str, version: int, now: float) -> None:
    """Say that a sensor holds a version of the schedules."""
    from monitor.models import SensorRow

    seen_at = datetime.fromtimestamp(now, UTC)
    SensorRow.objects.update_or_create(
        name=sensor, defaults={"version": version, "seen_at": seen_at}
    )


def list_sensors() -> tuple[SensorStatus, ...]:
    """List every sensor that ever said what it holds, by name."""
    from monitor.models import SensorRow

    return tuple(
        SensorStatus(row.name, row.version, row.seen_at.timestamp())
        for row in SensorRow.objects.order_by("name")
    )


def list_running_sensors(now: float) -> tuple[SensorStatus, ...]:
    """List the sensors that run, by this machine's clock."""
    return tuple(sensor for sensor in list_sensors() if sensor.is_running(now))


def measure_state(database: str, answered_in: float) -> StoreState:
    """Say how the store is, which has answered in some seconds.

    Args:
        database: as the configuration has it.
        answered_in: seconds that it took over the smallest question.
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
    """List what the store's tables were brought up to date with, by name."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    applied = MigrationRecorder(connection).applied_migrations()
    return tuple(sorted(f"{app}.{name}" for app, name in applied))


def count_figures_before(table: TableName, day: date) -> int:
    """Say how many figures a table has of before a day."""
    from monitor.models import ReleasedFigure

    return ReleasedFigure.objects.filter(table=table, day__lt=day).count()


def delete_figures_before(table: TableName, day: date) -> int:
    """Delete what a table has of before a day, and say how many figures that were.

    The ledger stays: what was released once is not drawn again when its figure is gone.
    """
    from monitor.models import ReleasedFigure

    deleted, _ = ReleasedFigure.objects.filter(table=table, day__lt=day).delete()
    return deleted


def count_visibility_before(day: date) -> int:
    """Say of how many days before a day it is kept what could be seen."""
    from monitor.models import VisibilityOfDay

    return VisibilityOfDay.objects.filter(day__lt=day).count()


def delete_visibility_before(day: date) -> int:
    """Delete what could be seen on the days before a day, and say of how many days that was."""
    from monitor.models import VisibilityOfDay

    deleted, _ = VisibilityOfDay.objects.filter(day__lt=day).delete()
    return deleted


def _stored(figure: Figure) -> "ReleasedFigure":
    from monitor.models import ReleasedFigure

    return ReleasedFigure(
        table=figure.cell.table,
        day=figure.cell.day,
        period=figure.cell.period,
        layer=figure.cell.layer,
        platform=figure.cell.platform,
        drawn=figure.drawn,
        parts=figure.parts,
        missing=figure.missing,
        is_public=figure.is_public,
        released_at=figure.released_at,
    )


def _figure(row: "ReleasedFigure") -> Figure:
    return Figure(
        cell=Cell(TableName(row.table), row.day, row.period, row.layer, row.platform),
        drawn=row.drawn,
        released_at=row.released_at,
        parts=row.parts,
        missing=row.missing,
        is_public=row.is_public,
    )
