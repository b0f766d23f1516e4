"""Which released figures are meant: of the period, of the one before, by platform, in order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from dashboards.figures.period import WEEK, PeriodKind, ReportingPeriod
from dashboards.figures.row import FigureRow
from dashboards.overview.filters import FigureFilters
from dashboards.school.profile import SchoolProfile
from monitor.release.tables import TOTALS, Cell, TableName

TREND_WEEKS = 12
"""Weeks that charts by week show of a week or a month: it, and those before."""
WEEKS_BEFORE = 15
"""A period is held against so many weeks before it; a school year against the one before."""
TREND_TABLES = tuple(table.name for table in TOTALS)


@dataclass(frozen=True)
class FigureSelection:
    """Released figures, by what they are of.

    Args:
        rows: what was released from `first_day_needed` to the end of the period.
        filters: what was asked for.
        school: what figures are compared with.
    """

    rows: Sequence[FigureRow]
    filters: FigureFilters
    school: SchoolProfile
    _by_table: Mapping[TableName, Sequence[FigureRow]] = field(init=False)

    def __post_init__(self) -> None:
        by_table: dict[TableName, list[FigureRow]] = {table: [] for table in TableName}
        for row in self.filters.select(self.rows):
            by_table[row.cell.table].append(row)
        object.__setattr__(self, "_by_table", by_table)

    @property
    def period(self) -> ReportingPeriod:
        """The period that was asked for."""
        return self.filters.period

    @cached_property
    def trend_weeks(self) -> tuple[date, ...]:
        """The weeks of the charts by week: the period's, and some before a short one."""
        return trend_weeks(self.period)

    @cached_property
    def shown_rows(self) -> list[FigureRow]:
        """The figures that charts and tables show, which are those that are downloaded."""
        first_day, last_day = self.period.first_day, self.period.last_day
        return [
            row
            for row in self.filters.select(self.rows)
            if row.cell.day <= last_day
            and (row.cell.day >= first_day or self._is_in_trend(row.cell))
        ]

    @cached_property
    def platform_titles(self) -> list[str]:
        """The titles of all platforms that have figures, whatever was asked for: in one order."""
        names = {row.cell.platform for row in self.rows if row.cell.platform}
        return sorted(self.school.titles.get(name, name) for name in names)

    def all_rows(self, table: TableName) -> Sequence[FigureRow]:
        """Return a table's figures of every week that was loaded."""
        return self._by_table[table]

    def rows_in_period(self, table: TableName) -> list[FigureRow]:
        """Return a table's figures of the period."""
        return self._rows_of(self.period, table)

    def compared_rows(self, table: TableName) -> tuple[list[FigureRow], list[FigureRow]]:
        """Return a table's figures of the period, and of the weeks that it is held against.

        Whatever layer or platform was asked for: what is looked at together is always the same.
        """
        first, last = self.period.first_day, self.period.last_day
        start = first_day_compared(self.period)
        of_table = [row for row in self.rows if row.cell.table is table]
        return (
            [row for row in of_table if first <= row.cell.day <= last],
            [row for row in of_table if start <= row.cell.day < first],
        )

    def group_by_platform(self, rows: Iterable[FigureRow]) -> dict[str, list[FigureRow]]:
        """Group figures by their platform's title, what was used most first."""
        groups: dict[str, list[FigureRow]] = {}
        for row in rows:
            groups.setdefault(self.platform_title(row), []).append(row)
        totals = {title: sum(row.value or 0 for row in group) for title, group in groups.items()}
        in_order = sorted(groups, key=lambda title: (-totals[title], title))
        return {title: groups[title] for title in in_order}

    def layers_of(self, rows: Iterable[FigureRow]) -> list[str]:
        """List the layers of some figures in the roster's order."""
        place = {name: number for number, name in enumerate(self.school.layers)}
        layers = {row.cell.layer for row in rows}
        return sorted(layers, key=lambda layer: (place.get(layer, len(place)), layer))

    def label(self, row: FigureRow) -> str:
        """Write what a figure is of, besides its day."""
        return row.label(self.school.titles) or _("all together")

    def labels_of(self, rows: Iterable[FigureRow]) -> list[str]:
        """List what some figures are of: hours in their order, layers as on the roster.

        Platforms stand in the order of how much they are used.
        """
        rows = list(rows)
        layers, platforms = self.layers_of(rows), list(self.group_by_platform(rows))
        ranks = {
            self.label(row): (
                _hour_order(row.cell.period),
                layers.index(row.cell.layer),
                platforms.index(self.platform_title(row)),
            )
            for row in rows
        }
        return sorted(ranks, key=ranks.__getitem__)

    def platform_title(self, row: FigureRow) -> str:
        """Return a figure's platform as people write it."""
        return self.school.titles.get(row.cell.platform, row.cell.platform)

    def _rows_of(self, period: ReportingPeriod, table: TableName) -> list[FigureRow]:
        first, last = period.first_day, period.last_day
        return [row for row in self._by_table[table] if first <= row.cell.day <= last]

    def _is_in_trend(self, cell: Cell) -> bool:
        return cell.table in TREND_TABLES and cell.day >= self.trend_weeks[0]


def _hour_order(period: str) -> tuple[int, str]:
    return (int(period), "") if period.isdecimal() else (99, period)


def trend_weeks(period: ReportingPeriod) -> tuple[date, ...]:
    """Return the weeks of a period's charts by week: its own, and some before a short one."""
    mondays = period.mondays
    if period.kind in {PeriodKind.SCHOOL_YEAR, PeriodKind.TERM}:
        return mondays
    earlier = (mondays[0] - WEEK * number for number in range(TREND_WEEKS - len(mondays), 0, -1))
    return (*earlier, *mondays)


def first_day_needed(period: ReportingPeriod) -> date:
    """Return the first day of what is shown of a period, or compared with it."""
    return min(first_day_compared(period), trend_weeks(period)[0])


def first_day_compared(period: ReportingPeriod) -> date:
    """Return the first day of the weeks that a period is held against."""
    if period.kind is PeriodKind.SCHOOL_YEAR:
        return period.previous.first_day
    return period.first_day - WEEKS_BEFORE * WEEK
