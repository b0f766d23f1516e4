"""Releases each figure once: draws it, records it in the ledger, and shows it."""

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from monitor import store
from monitor.core import ClosedSlot
from monitor.release.estimates.figure_estimator import FigureEstimator
from monitor.release.figures import Figure, add_up
from monitor.release.ledger import AlreadyReleased, Ledger
from monitor.release.noise import Mechanism, draw_figures, verify_privacy_loss
from monitor.release.schedule import ReleaseSlot
from monitor.release.tables import (
    DRAWN,
    MIN_ROOMS,
    TABLES,
    TOTALS,
    Cell,
    CellValues,
    ReleaseInterval,
    TableName,
    TableSpec,
    TotalSpec,
)
from schedules.calendar import school_year_start

type CellCounts = Mapping[Cell, int | None]


class Releaser:
    """Turns closed counts into released figures; used from one thread.

    Args:
        daily: whether figures of a lesson hour and a day are public; else only weeks are.
        show: is called with the figures once they are in the ledger.
        mechanism: how counts become figures; anything but the default is for tests.
        ledger: records what is released.
        tables: those that are drawn, as they are drawn; others have no figure and no total.
        only_in_totals: of these, those of which only the week's total is public.
    """

    def __init__(
        self,
        *,
        daily: bool,
        show: Callable[[Sequence[Figure]], None],
        mechanism: Mechanism = draw_figures,
        ledger: Ledger = store,
        tables: Sequence[TableSpec] = DRAWN,
        only_in_totals: Collection[TableName] = (),
    ) -> None:
        verify_privacy_loss(tables)
        self._names = {table.name for table in tables}
        self._daily = daily
        self._only_in_totals = frozenset(only_in_totals)
        self._show = show
        self._draw = mechanism
        self._ledger = ledger
        self._waiting: deque[tuple[ReleaseSlot, list[Figure]]] = deque()
        self._tables = tables
        self._estimator: FigureEstimator | None = None

    @property
    def waiting(self) -> int:
        """How many releases are drawn and not yet in the ledger."""
        return len(self._waiting)

    def draw(self, closed: ClosedSlot) -> None:
        """Draw the figures of a slot; they wait here until the ledger has them."""
        released_at = _released_at(closed.slot)
        figures = [
            Figure(
                cell,
                drawn,
                released_at,
                missing=0 if drawn is None else closed.days_left_out.get(cell, 0),
                is_public=self._is_public(table),
                scale=None if table.scale == TABLES[table.name].scale else table.scale,
            )
            for table, counts in closed.counts.items()
            for cell, drawn in self._drawn_cells(table, counts)
        ]
        self._waiting.append((closed.slot, figures))

    def release(self) -> None:
        """Record what is drawn in the ledger, in order, and show it.

        Raises:
            django.db.DatabaseError: when the store cannot be written; what is left waits, as it
                was drawn, for the next call.
        """
        while self._waiting:
            slot, figures = self._waiting[0]
            if slot.interval is ReleaseInterval.WEEK:
                figures = [*figures, *self._totals(slot)]
            estimator = self._estimator or self._load_estimator(slot)
            self._estimator = None  # what it learns now is not in the ledger yet
            figures = estimator.estimate(figures)
            try:
                self._ledger.record_release(slot.key, slot.day, figures)
                self._estimator = estimator
            except AlreadyReleased:
                figures = []
            self._waiting.popleft()
            self._show([figure for figure in figures if figure.is_public])

    def _load_estimator(self, slot: ReleaseSlot) -> FigureEstimator:
        """Let an estimator follow what was released in the school year before a slot."""
        estimator = FigureEstimator(self._tables)
        released = self._ledger.load_figures(since=school_year_start(slot.day), with_hidden=True)
        estimator.follow(figure for figure in released if figure.released_at < _released_at(slot))
        return estimator

    def _is_public(self, table: TableSpec) -> bool:
        return table.is_weekly or (self._daily and table.name not in self._only_in_totals)

    def _drawn_cells(
        self, table: TableSpec, counts: CellCounts
    ) -> Iterator[tuple[Cell, int | None]]:
        exact = [count for count in counts.values() if count is not None]
        drawn = iter(self._draw(table, exact) if exact else ())
        for cell, count in counts.items():
            yield cell, None if count is None else next(drawn)

    def _totals(self, slot: ReleaseSlot) -> Iterator[Figure]:
        """Add up the week's released figures, for each table of totals of a table that is drawn."""
        for table in TOTALS:
            if table.of.name not in self._names:
                continue
            parts = self._ledger.load_figures(
                since=slot.day,
                until=slot.day + timedelta(days=6),
                tables=(table.of.name,),
                with_hidden=True,
            )
            expected = _count_expected(table, slot)
            for values, figures in _by_values(table, parts).items():
                cell = table.cell(slot.day, values)
                yield add_up(cell, figures, _released_at(slot), expected=expected)


def _by_values(table: TotalSpec, parts: Sequence[Figure]) -> Mapping[CellValues, Sequence[Figure]]:
    """Sort figures by the cell that they are added up in; a table's only cell is always there."""
    sorted_parts: dict[CellValues, list[Figure]] = {} if table.dimensions else {(): []}
    for figure in parts:
        sorted_parts.setdefault(table.values_of(figure.cell), []).append(figure)
    return sorted_parts


def _count_expected(table: TotalSpec, slot: ReleaseSlot) -> int:
    """Count the figures that a week's total is of, by the timetable.

    One that the ledger does not have was not released at all: of before the first start, or of
    after the backup that was restored.
    """
    if table.of.interval is ReleaseInterval.LESSON_HOUR:
        return sum(hour.rooms >= MIN_ROOMS for hour in slot.hours)
    return len({hour.day for hour in slot.hours})


def _released_at(slot: ReleaseSlot) -> datetime:
    return datetime.fromtimestamp(slot.timestamp, UTC)
