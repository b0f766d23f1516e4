"""Released figures, and the ledger of which releases were made.

Django is imported inside the functions: a sensor thinks without it, and `lesrust --help` is fast.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from monitor.release.figures import CountEstimate, CountInterval, Figure
from monitor.release.ledger import AlreadyReleased
from monitor.release.tables import Cell, TableName

if TYPE_CHECKING:
    from monitor.models import ReleasedFigure


def record_release(key: str, day: date, figures: Sequence[Figure]) -> None:
    """Record a release in the ledger with its figures: all or nothing.

    Raises:
        AlreadyReleased: when the ledger has the release; nothing is changed.
        django.db.DatabaseError: when the store cannot be written.
    """
    from django.db import IntegrityError, transaction

    from monitor.models import ReleasedFigure, SpentRelease

    try:
        with transaction.atomic():
            SpentRelease(key=key, day=day).save(force_insert=True)
            ReleasedFigure.objects.bulk_create(map(_stored, figures))
    except IntegrityError as error:
        raise AlreadyReleased(key) from error


def released_keys(since: date) -> set[str]:
    """Return the keys of the releases of `since` and of later days."""
    from monitor.models import SpentRelease

    return set(SpentRelease.objects.filter(day__gte=since).values_list("key", flat=True))


def load_figures(
    *,
    since: date,
    until: date | None = None,
    tables: Collection[TableName] = tuple(TableName),
    with_hidden: bool = False,
) -> list[Figure]:
    """Load released figures from `since` up to and including `until`, in the order of their cells.

    Args:
        since: the first day; a week has its Monday.
        until: the last day; None is no bound.
        tables: which tables.
        with_hidden: also the figures that are only parts of a weekly total.
    """
    from monitor.models import ReleasedFigure

    rows = ReleasedFigure.objects.filter(day__gte=since, table__in=tables)
    if until is not None:
        rows = rows.filter(day__lte=until)
    if not with_hidden:
        rows = rows.filter(is_public=True)
    return [
        _figure(row)
        for row in rows.order_by(
            "day", "table", "period", "layer", "platform", "evidence", "beyond"
        )
    ]


def days_with_figures(tables: Collection[TableName]) -> list[date]:
    """List the days, and the Mondays of weeks, with public figures of some tables, in order."""
    from monitor.models import ReleasedFigure

    rows = ReleasedFigure.objects.filter(table__in=tables, is_public=True)
    return list(rows.values_list("day", flat=True).distinct().order_by("day"))


def figures_version() -> str:
    """Return a text that differs after each release; empty before the first."""
    from monitor.models import ReleasedFigure

    last = ReleasedFigure.objects.order_by("-pk").values_list("pk", "released_at").first()
    return f"{last[0]}/{last[1].timestamp()}" if last else ""


def count_figures_before(table: TableName, day: date) -> int:
    """Count a table's figures of before a day."""
    from monitor.models import ReleasedFigure

    return ReleasedFigure.objects.filter(table=table, day__lt=day).count()


def delete_figures_before(table: TableName, day: date) -> int:
    """Delete a table's figures of before a day, and return how many.

    The ledger stays: a release is not made again when its figures are gone.
    """
    from monitor.models import ReleasedFigure

    deleted, _ = ReleasedFigure.objects.filter(table=table, day__lt=day).delete()
    return deleted


def _stored(figure: Figure) -> "ReleasedFigure":
    from monitor.models import ReleasedFigure

    return ReleasedFigure(
        table=figure.cell.table,
        day=figure.cell.day,
        period=figure.cell.period,
        layer=figure.cell.layer,
        platform=figure.cell.platform,
        evidence=figure.cell.evidence,
        beyond=figure.cell.beyond,
        drawn=figure.drawn,
        parts=figure.parts,
        missing=figure.missing,
        is_public=figure.is_public,
        scale=figure.scale,
        low=figure.interval.low if figure.interval else None,
        high=figure.interval.high if figure.interval else None,
        estimate=figure.estimate.value if figure.estimate else None,
        estimate_low=figure.estimate.interval.low if figure.estimate else None,
        estimate_high=figure.estimate.interval.high if figure.estimate else None,
        released_at=figure.released_at,
    )


def _figure(row: "ReleasedFigure") -> Figure:
    return Figure(
        cell=Cell(
            TableName(row.table),
            row.day,
            row.period,
            row.layer,
            row.platform,
            row.evidence,
            row.beyond,
        ),
        drawn=row.drawn,
        released_at=row.released_at,
        parts=row.parts,
        missing=row.missing,
        is_public=row.is_public,
        scale=row.scale,
        interval=None if row.low is None else CountInterval(row.low, row.high),
        estimate=_estimate(row),
    )


def _estimate(row: "ReleasedFigure") -> CountEstimate | None:
    if row.estimate is None or row.estimate_low is None:
        return None
    return CountEstimate(row.estimate, CountInterval(row.estimate_low, row.estimate_high))
