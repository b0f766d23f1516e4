"""The weekly totals that a web process has read: it reads them again when there are others."""

from datetime import date

from dashboards.figures.row import FigureRow, figure_rows
from dashboards.public.weeks import PUBLIC_TABLES, first_public_week
from dashboards.version_cache import VersionCache
from monitor import store

CACHE = VersionCache[tuple[FigureRow, ...]](max_entries=1)
"""This process's."""


def weekly_totals(today: date) -> tuple[FigureRow, ...]:
    """Return the released weekly totals of the last year, as the store has them now.

    Raises:
        django.db.DatabaseError: when the store does not answer.
    """
    since = first_public_week(today)
    return CACHE.get(
        since,
        store.figures_version(),
        lambda: tuple(figure_rows(store.load_figures(since=since, tables=PUBLIC_TABLES))),
    )
