"""All that is said of a period: sentences, the visibility, and charts with their tables.

It is worked out from released figures as they are shown, and from nothing else: what is not in
the frame cannot be on a page, in a file or in a report.
"""

from dataclasses import dataclass

import pandas as pd

from dashboards.figures.period import Kind
from dashboards.overview import by_day, by_week, period_comparison, wording
from dashboards.overview.chart import Chart
from dashboards.overview.filters import Filters
from dashboards.overview.selection import Selected
from dashboards.overview.sentences import sentences
from dashboards.school.profile import SchoolProfile
from monitor.release.tables import TableName
from monitor.release.visibility import Visibility


@dataclass(frozen=True)
class Overview:
    """What is said of a period, in the language that is active when it is made."""

    selected: Selected
    called: str
    """The period."""
    sentences: tuple[str, ...]
    seen: tuple[str, ...]
    """What could be seen, in sentences."""
    shares: tuple[tuple[str, str], ...]
    """What could be seen, by evidence and by what hides."""
    charts: tuple[Chart, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is no figure of the period."""
        return not any(self.selected.within(table) for table in TableName)


def overview(
    figures: pd.DataFrame, filters: Filters, school: SchoolProfile, visibility: Visibility | None
) -> Overview:
    """Work out what is said of a period.

    Args:
        figures: what was released from `selected.first_needed` to the end of the period.
        filters: what was asked for.
        school: what figures are held against.
        visibility: of the period, if it is known.
    """
    selected = Selected(figures, filters, school)
    is_by_day = filters.period.kind is Kind.WEEK and school.is_daily
    made = [by_day.lesson_hours] if is_by_day else []
    made += [by_week.trend, by_week.platforms, period_comparison.platforms]
    made += [by_day.platforms, by_day.layers] if is_by_day else []
    made += [period_comparison.layers]
    return Overview(
        selected=selected,
        called=wording.called(filters.period),
        sentences=tuple(sentences(selected)),
        seen=tuple(wording.seen(visibility)),
        shares=tuple(wording.shares(visibility)),
        charts=tuple(make(selected) for make in made),
    )
