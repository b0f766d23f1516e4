"""Where releases are recorded: in the store, or for a dry run in memory alone."""

from collections.abc import Collection, Sequence
from datetime import date
from operator import attrgetter
from typing import Protocol

from monitor.release.figures import Figure
from monitor.release.tables import TableName


class AlreadyReleased(Exception):
    """A release was made before: it is not drawn or shown a second time."""


class Ledger(Protocol):
    """Keeps releases and their figures; the package `monitor.store` is one."""

    def record_release(self, key: str, day: date, figures: Sequence[Figure]) -> None:
        """Record a release with its figures.

        Raises:
            AlreadyReleased: when it was made before.
        """

    def load_figures(
        self,
        *,
        since: date,
        until: date | None = None,
        tables: Collection[TableName] = tuple(TableName),
        with_hidden: bool = False,
    ) -> list[Figure]:
        """Return figures from one day up to and including another, in the order of their cells."""


class MemoryLedger:
    """A ledger that ends with the process: nothing in it was ever released."""

    def __init__(self) -> None:
        self._releases: dict[str, Sequence[Figure]] = {}

    def record_release(self, key: str, day: date, figures: Sequence[Figure]) -> None:
        """Record a release with its figures.

        Raises:
            AlreadyReleased: when it was made before.
        """
        if key in self._releases:
            raise AlreadyReleased(key)
        self._releases[key] = figures

    def load_figures(
        self,
        *,
        since: date,
        until: date | None = None,
        tables: Collection[TableName] = tuple(TableName),
        with_hidden: bool = False,
    ) -> list[Figure]:
        """Return figures from one day up to and including another, in the order of their cells."""
        selected = (
            figure
            for figures in self._releases.values()
            for figure in figures
            if since <= figure.cell.day <= (until or date.max)
            and figure.cell.table in tables
            and (figure.is_public or with_hidden)
        )
        return sorted(selected, key=attrgetter("cell"))
