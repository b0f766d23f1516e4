"""All that is said of a period: sentences, the visibility, and charts with their tables.

It is worked out from released figures as they are shown, and from nothing else: what is in no row
cannot be on a page, in a file or in a report.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboards.figures.period import PeriodKind
from dashboards.figures.row import FigureRow
from dashboards.figures.visibility import KindShare, kind_shares
from dashboards.overview import by_week, period_comparison, phrases
from dashboards.overview.by_day import day_chart
from dashboards.overview.chart import Chart
from dashboards.overview.filters import FigureFilters
from dashboards.overview.selection import FigureSelection
from dashboards.overview.sentences import summary_sentences
from dashboards.school.profile import SchoolProfile
from monitor.release.tables import (
    DRAWN,
    OF_STAFF,
    TABLES,
    TOTALS,
    Face,
    ReleasedTable,
    ReleaseInterval,
    TableName,
)
from monitor.release.visibility import Visibility

WEEKLY_CHARTS: Mapping[TableName, Sequence[Callable[[FigureSelection], Chart]]] = {
    TableName.WEEK: (by_week.trend_chart,),
    TableName.WEEK_PLATFORMS: (by_week.platforms_chart, period_comparison.platforms_chart),
    TableName.LAYER_PLATFORMS: (period_comparison.layers_chart,),
    TableName.EXEMPT: (by_week.exempt_chart,),
    TableName.STAFF: (by_week.staff_chart,),
}
"""What is charted of each weekly table; a table of days has a chart by itself."""


@dataclass(frozen=True)
class PeriodOverview:
    """What is said of a period, in the language that is active when it is made."""

    selection: FigureSelection
    period_name: str
    sentences: tuple[str, ...]
    visibility_sentences: tuple[str, ...]
    """What could be seen."""
    visibility_shares: tuple[KindShare, ...]
    """What could be seen, by evidence and by what hides."""
    visibility: Visibility | None
    charts: tuple[Chart, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is no figure of the period."""
        return not any(self.selection.rows_in_period(table) for table in TableName)


def make_overview(
    rows: Sequence[FigureRow],
    filters: FigureFilters,
    school: SchoolProfile,
    visibility: Visibility | None,
) -> PeriodOverview:
    """Work out what is said of a period.

    Args:
        rows: what was released from `selection.first_day_needed` to the end of the period.
        filters: what was asked for.
        school: what figures are compared with.
        visibility: of the period, if it is known.
    """
    selection = FigureSelection(rows, filters, school)
    has_days = filters.period.kind is PeriodKind.WEEK and school.is_daily
    shown = [table for table in TABLES.values() if Face.OVERVIEW in table.faces]
    by_hour = [table for table in shown if table.interval is ReleaseInterval.LESSON_HOUR]
    by_date = [table for table in shown if table.interval is ReleaseInterval.DAY]
    totals = [table for table in TOTALS if table in shown]
    # A school that does not count staff reads nothing of them.
    drawn = (*DRAWN, *(table for table in OF_STAFF if selection.all_rows(table.name)))
    weekly = [table for table in drawn if table in shown and table.is_weekly]
    charts = [
        *(day_chart(selection, table) for table in by_hour if has_days),
        *_weekly_charts(selection, totals),
        *(day_chart(selection, table) for table in by_date if has_days),
        *_weekly_charts(selection, weekly),
    ]
    return PeriodOverview(
        selection=selection,
        period_name=phrases.called(filters.period),
        sentences=tuple(summary_sentences(selection)),
        visibility_sentences=tuple(phrases.seen(visibility)),
        visibility_shares=tuple(kind_shares(visibility)),
        visibility=visibility,
        charts=tuple(charts),
    )


def _weekly_charts(selection: FigureSelection, tables: Sequence[ReleasedTable]) -> Iterator[Chart]:
    for table in tables:
        for make_chart in WEEKLY_CHARTS[table.name]:
            yield make_chart(selection)
