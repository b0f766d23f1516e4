"""The exact counts of every table that is open: of the day, and of its weeks.

They are in memory, without noise, until their slot closes. Which tables there are, and what each
counts, follows from the declarations.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from monitor.release.day_counts import ActiveDevice, DayCounts
from monitor.release.measured.measured_day import MeasuredDay
from monitor.release.schedule import ReleaseSlot
from monitor.release.tables import (
    DRAWN,
    Cell,
    CellValues,
    Counted,
    Dimension,
    ReleaseInterval,
    TableSpec,
)
from schedules.calendar import monday

type Counts = Mapping[TableSpec, Mapping[Cell, int | None]]
"""None is 'geen cijfer'."""
type Domain = Mapping[Dimension, Sequence[str]]
"""Every value that a cell can be of, whatever was counted."""


class TableCounts:
    """The counts of the tables of lesson hours, of days and of weeks.

    Args:
        tables: what is counted.
    """

    def __init__(self, tables: Sequence[TableSpec] = DRAWN) -> None:
        self._tables = tables
        self._day = DayCounts(tables)
        self._weeks: dict[tuple[TableSpec, date], Counter[CellValues]] = {}
        """The counts of the weekly tables, by the week's Monday."""
        self._days_left_out: dict[tuple[TableSpec, date], Counter[CellValues]] = {}
        """Of each of their cells, the days of which too little was measured."""

    def begin_day(self, *, hours_spent: int = 0) -> None:
        """Forget the devices of the day before.

        Args:
            hours_spent: lesson hours of this day that any of the devices may have added before.
        """
        self._day = DayCounts(self._tables, hours_spent=hours_spent)

    def exclude(self, device: int) -> None:
        """Take a device out of the day: it is several."""
        self._day.exclude(device)

    def add_exempt(self, period: str, devices: Iterable[int]) -> None:
        """Add the devices that used a platform under an exemption in a lesson hour of the day."""
        self._day.add_exempt(period, devices)

    def close_hour(
        self,
        slot: ReleaseSlot,
        active: Iterable[ActiveDevice],
        domain: Domain,
        *,
        is_measured: bool = True,
    ) -> Counts:
        """Add a lesson hour's devices to the day, and return the counts of the hour.

        Args:
            slot: the lesson hour.
            active: each device that was active in it once.
            domain: the values of every cell.
            is_measured: whether enough of it is measured for a figure of its own.
        """
        has_figure = slot.is_released and is_measured
        counted = self._day.add_hour(slot.period, active, is_released=has_figure)
        return {
            table: _cells(table, slot, domain, values)
            if has_figure and self._day.can_count(table)
            else dict.fromkeys(table.cells(slot.day, domain))
            for table, values in counted.items()
        }

    def close_day(
        self, slot: ReleaseSlot, domain: Domain, measured: MeasuredDay | None = None
    ) -> Counts:
        """Add the day to its week, and return the counts of the day, which ends with it.

        Args:
            slot: the day.
            domain: the values of every cell.
            measured: what of the day is measured; a cell of too little is no figure, and is not
                added to the week. None: nothing of it counts.
        """
        for table in self._tables_of(ReleaseInterval.WEEK):
            key = table, monday(slot.day)
            week = self._weeks.setdefault(key, Counter())
            left_out = self._days_left_out.setdefault(key, Counter())
            for cell, count in self._count_cells(table, slot, domain, measured).items():
                if count is None:
                    left_out[table.values_of(cell)] += 1
                else:
                    week[table.values_of(cell)] += count
        counts = {
            table: self._count_cells(table, slot, domain, measured)
            for table in self._tables_of(ReleaseInterval.DAY)
        }
        self._day.close()
        return counts

    def close_week(self, slot: ReleaseSlot, domain: Domain) -> Counts:
        """Return the counts of a week, which ends with it: none of a cell without any day."""
        counts: dict[TableSpec, Mapping[Cell, int | None]] = {}
        for table in self._tables_of(ReleaseInterval.WEEK):
            week = self._weeks.pop((table, slot.day), Counter())
            cells = table.cells(slot.day, domain)
            counts[table] = {cell: week.get(values) for cell, values in cells.items()}
        return counts

    def end_days_left_out(self, slot: ReleaseSlot, domain: Domain) -> Mapping[Cell, int]:
        """Return how many days of a week are not in a cell of its, and forget it: 0 is left out."""
        left_out: dict[Cell, int] = {}
        for table in self._tables_of(ReleaseInterval.WEEK):
            days = self._days_left_out.pop((table, slot.day), Counter())
            cells = table.cells(slot.day, domain)
            left_out |= {cell: days[values] for cell, values in cells.items() if days[values]}
        return left_out

    def lose(self, slot: ReleaseSlot, domain: Domain) -> Counts:
        """Return no figure for each cell of a slot of which nothing was counted."""
        return {
            table: dict.fromkeys(table.cells(slot.day, domain))
            for table in self._tables_of(slot.interval)
        }

    def _count_cells(
        self, table: TableSpec, slot: ReleaseSlot, domain: Domain, measured: MeasuredDay | None
    ) -> Mapping[Cell, int | None]:
        """Count every cell of a day; None of one of which too little is measured."""
        if measured is None:
            return dict.fromkeys(table.cells(slot.day, domain))
        if table.counted is Counted.EXEMPT_USE:
            placed = measured.placed_hours()
            exempt = self._day.count(table, lambda *_: placed.periods)
            cells = _cells(table, slot, domain, exempt)
            return cells if placed.is_enough else dict.fromkeys(cells)
        counted = self._day.count(
            table, lambda layer, platform: measured.counted_hours(layer, platform).periods
        )
        return {
            cell: count if measured.is_enough(cell.layer, cell.platform) else None
            for cell, count in _cells(table, slot, domain, counted).items()
        }

    def _tables_of(self, interval: ReleaseInterval) -> list[TableSpec]:
        return [table for table in self._tables if table.interval is interval]


def _cells(
    table: TableSpec, slot: ReleaseSlot, domain: Domain, counted: Counter[CellValues]
) -> Mapping[Cell, int]:
    """Return every cell of a slot with its count, also the cells without any traffic."""
    return {cell: counted[values] for cell, values in table.cells(slot.day, domain).items()}
