"""Which days and weeks are shown: those that were asked for, or else the latest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.figures.row import FigureRow
from monitor.release.tables import WEEKLY, Cell, TableName
from schedules.calendar import monday


@dataclass(frozen=True, slots=True)
class DateSelection:
    """A day, or any day of a week; None is every day."""

    day: date | None = None
    week: date | None = None
    """Any day in it."""

    def select(self, rows: Sequence[FigureRow]) -> list[FigureRow]:
        """Return the figures of the day and its week, or of the week: all, when neither is set."""
        return [row for row in rows if self.has_cell(row.cell)]

    def has_cell(self, cell: Cell) -> bool:
        """Say whether a cell is of the day and its week, or of the week."""
        if self.day:
            return cell.day == (monday(self.day) if cell.table in WEEKLY else self.day)
        return self.week is None or monday(cell.day) == monday(self.week)


def latest_rows(rows: Sequence[FigureRow], table: TableName) -> list[FigureRow]:
    """Return one table's figures of its latest day, or week."""
    of_table = [row for row in rows if row.cell.table is table]
    last = max((row.cell.day for row in of_table), default=None)
    return [row for row in of_table if row.cell.day == last]
