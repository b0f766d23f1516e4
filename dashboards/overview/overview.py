"""All that is said of a period: sentences, the visibility, and charts with their tables.

It is worked out from released figures as they are shown, and from nothing else: what is in no row
cannot be on a page, in a file or in a report.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.figures.period import PeriodKind
from dashboards.figures.row import FigureRow
from dashboards.overview import by_day, by_week, period_comparison, wording
from dashboards.overview.chart import Chart
from dashboards.overview.filters import FigureFilters
from dashboards.overview.selection import FigureSelection
from dashboards.overview.sentences import summary_sentences
from dashboards.school.profile import SchoolProfile
from monitor.release.tables import TableName
from monitor.release.visibility import Visibility


@dataclass(frozen=True)
class PeriodOverview:
    """What is said of a period, in the language that is active when it is made."""

    selection: FigureSelection
    period_name: str
    sentences: tuple[str, ...]
    visibility_sentences: tuple[str, ...]
    """What could be seen."""
    visibility_shares: tuple[tuple[str, str], ...]
    """What could be seen, by evidence and by what hides."""
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
    chart_makers = [by_day.lesson_hours_chart] if has_days else []
    chart_makers += [by_week.trend_chart, by_week.platforms_chart]
    chart_makers += [period_comparison.platforms_chart]
    chart_makers += [by_day.platforms_chart, by_day.layers_chart] if has_days else []
    chart_makers += [period_comparison.layers_chart]
    return PeriodOverview(
        selection=selection,
        period_name=wording.called(filters.period),
        sentences=tuple(summary_sentences(selection)),
        visibility_sentences=tuple(wording.seen(visibility)),
        visibility_shares=tuple(wording.shares(visibility)),
        charts=tuple(make_chart(selection) for make_chart in chart_makers),
    )
