"""Where releases go: the store, or, for a rehearsal, memory alone."""

from collections.abc import Collection, Sequence
from datetime import date
from operator import attrgetter
from typing import Protocol

from monitor.release.figures import Figure
from monitor.release.tables import TableName
from monitor.release.visibility import Visibility


class AlreadyReleased(Exception):
    """A release was made before: it is not drawn, or shown, a second time."""


class Ledger(Protocol):
    """Keeps releases and their figures; the package `monitor.store` is one."""

    def record_release(
        self,
        key: str,
        day: date,
        figures: Sequence[Figure],
        visibility: Visibility | None = None,
    ) -> None:
        """Spend a release and keep its figures, and the day's visibility where it is of a day.

        Raises:
            AlreadySpent: when it was made before.
        """

    def load_figures(
        self,
        *,
        since: date,
        until: date | None = None,
        tables: Collection[TableName] = tuple(TableName),
        with_hidden: bool = False,
    ) -> list[Figure]:
        """List figures from one day up to and including another, in the order of their cells."""


class MemoryLedger:
    """A ledger that ends with the process: what is in it was never released."""

    def __init__(self) -> None:
        self._spent: dict[str, Sequence[Figure]] = {}

    def record_release(
        self,
        key: str,
        day: date,
        figures: Sequence[Figure],
        visibility: Visibility | None = None,
    ) -> None:
        """Keep the figures of a release; the visibility of a rehearsal is nobody's.

        Raises:
            AlreadySpent: when it was made before.
        """
        if key in self._spent:
            raise AlreadyReleased(key)
        self._spent[key] = figures

    def load_figures(
        self,
        *,
        since: date,
        until: date | None = None,
        tables: Collection[TableName] = tuple(TableName),
        with_hidden: bool = False,
    ) -> list[Figure]:
        """List figures from one day up to and including another, in the order of their cells."""
        found = (
            figure
            for figures in self._spent.values()
            for figure in figures
            if since <= figure.cell.day <= (until or date.max)
            and figure.cell.table in tables
            and (figure.is_public or with_hidden)
        )
        return sorted(found, key=attrgetter("cell"))
