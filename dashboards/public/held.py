"""Weekly totals that a web process has read: it reads them again when there are others."""

from datetime import date, datetime
from threading import Lock

from dashboards.public.weeks import TABLES, first_shown
from monitor import store
from monitor.release.figures import Figure


class WeeklyTotals:
    """The released weekly totals of the last year."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: tuple[object, tuple[Figure, ...]] = (None, ())

    def figures(self, today: date) -> tuple[Figure, ...]:
        """Give them as the store has them now.

        Raises:
            django.db.DatabaseError: when the store does not answer.
        """
        since = first_shown(today)
        state: tuple[date, int, datetime | None] = (since, *store.extent(TABLES, since=since))
        with self._lock:
            if self._held[0] != state:
                self._held = (state, tuple(store.load_figures(since=since, tables=TABLES)))
            return self._held[1]
