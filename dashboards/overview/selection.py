"""Which released figures are meant: of the period, of the one before, by platform, in order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pandas as pd

from dashboards.figures.period import WEEK, Kind, Period
from dashboards.figures.row import Line, lines
from dashboards.overview.filters import Filters
from dashboards.school.profile import SchoolProfile
from monitor.release.tables import TableName

TREND = 12
"""Weeks that charts by week show of a week or a month: it, and those before."""
TOTALS = (TableName.WEEK, TableName.WEEK_PLATFORMS)


@dataclass(frozen=True)
class Selected:
    """Released figures, by what they are of.

    Args:
        figures: what was released from `first_needed` to the end of the period.
        filters: what was asked for.
        school: what figures are held against.
    """

    figures: pd.DataFrame
    filters: Filters
    school: SchoolProfile
    _lines: Mapping[TableName, Sequence[Line]] = field(init=False)

    def __post_init__(self) -> None:
        found: dict[TableName, list[Line]] = {table: [] for table in TableName}
        for line in lines(self.filters.of(self.figures)):
            found[line.cell.table].append(line)
        object.__setattr__(self, "_lines", found)

    @property
    def period(self) -> Period:
        """What was asked for."""
        return self.filters.period

    @cached_property
    def weeks(self) -> tuple[date, ...]:
        """The weeks of the charts by week: the period's, and some before a short one."""
        return shown_weeks(self.period)

    @cached_property
    def shown(self) -> pd.DataFrame:
        """The figures that charts and tables show, which are those that are downloaded."""
        figures = self.filters.of(self.figures)
        days = pd.to_datetime(figures["day"])
        first, last = pd.Timestamp(self.period.begins), pd.Timestamp(self.period.ends)
        in_trend = figures["table"].isin(TOTALS) & (days >= pd.Timestamp(self.weeks[0]))
        kept: pd.DataFrame = figures[(days <= last) & ((days >= first) | in_trend)]
        return kept

    @cached_property
    def platforms(self) -> list[str]:
        """The titles of all platforms that have figures, whatever was asked for: in one order."""
        names = {name for name in self.figures["platform"] if name}
        return sorted(self.school.titles.get(name, name) for name in names)

    def all_of(self, table: TableName) -> Sequence[Line]:
        """Give a table's figures of every week that is known here."""
        return self._lines[table]

    def within(self, table: TableName) -> list[Line]:
        """Give a table's figures of the period."""
        return self._of(self.period, table)

    def before(self, table: TableName) -> list[Line]:
        """Give a table's figures of the period before."""
        return self._of(self.period.previous, table)

    def by_platform(self, found: Iterable[Line]) -> dict[str, list[Line]]:
        """Sort figures by their platform's title, what was used most first."""
        by_title: dict[str, list[Line]] = {}
        for line in found:
            by_title.setdefault(self.title(line), []).append(line)
        sizes = {title: sum(one.value or 0 for one in of_it) for title, of_it in by_title.items()}
        return {title: by_title[title] for title in sorted(by_title, key=lambda t: (-sizes[t], t))}

    def layers(self, found: Iterable[Line]) -> list[str]:
        """Name the layers of some figures in the roster's order."""
        place = {name: number for number, name in enumerate(self.school.layers)}
        names = {line.cell.layer for line in found}
        return sorted(names, key=lambda layer: (place.get(layer, len(place)), layer))

    def title(self, line: Line) -> str:
        """Write a figure's platform as people do."""
        return self.school.titles.get(line.cell.platform, line.cell.platform)

    def _of(self, period: Period, table: TableName) -> list[Line]:
        return [
            line for line in self._lines[table] if period.begins <= line.cell.day <= period.ends
        ]


def shown_weeks(period: Period) -> tuple[date, ...]:
    """Give the weeks of a period's charts by week: its own, and some before a short one."""
    mondays = period.mondays
    if period.kind in {Kind.SCHOOL_YEAR, Kind.TERM}:
        return mondays
    earlier = (mondays[0] - WEEK * number for number in range(TREND - len(mondays), 0, -1))
    return (*earlier, *mondays)


def first_needed(period: Period) -> date:
    """Give the first day of what is shown of a period, or held against it."""
    return min(period.previous.begins, shown_weeks(period)[0])
