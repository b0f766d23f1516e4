"""The weekly totals that a web process has read: it reads them again when there are others."""

from datetime import date

from dashboards.public.weeks import TABLES, first_shown
from dashboards.version_cache import VersionCache
from monitor import store
from monitor.release.figures import Figure

CACHE = VersionCache[tuple[Figure, ...]](max_entries=1)
"""This process's."""


def weekly_totals(today: date) -> tuple[Figure, ...]:
    """Return the released weekly totals of the last year, as the store has them now.

    Raises:
        django.db.DatabaseError: when the store does not answer.
    """
    since = first_shown(today)
    return CACHE.get(
        since,
        store.extent(TABLES, since=since),
        lambda: tuple(store.load_figures(since=since, tables=TABLES)),
    )
