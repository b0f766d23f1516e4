"""Loads from the store what is said of a period.

A released figure never changes: what was worked out for some filters, in a language, holds until
another figure is released, or a day goes by on which old ones are deleted.
"""

from collections.abc import Hashable
from datetime import date

from dashboards.figures.period import PeriodKind
from dashboards.figures.row import figure_rows
from dashboards.overview.filters import FigureFilters
from dashboards.overview.overview import PeriodOverview, make_overview
from dashboards.overview.selection import first_day_needed
from dashboards.school import clock
from dashboards.school.profile import SchoolProfile
from monitor import store
from monitor.release.tables import V1, WEEKLY, TableName
from monitor.release.visibility import estimate_visibility
from schedules.calendar import monday

DAILY = tuple(table for table in TableName if table not in WEEKLY)


def weeks_with_figures() -> tuple[date, ...]:
    """Return the Mondays of the weeks that have figures, the newest first."""
    days = store.days_with_figures([TableName.LESSON_HOURS, TableName.WEEK])
    return tuple(sorted({monday(day) for day in days}, reverse=True))


def newest_week() -> date:
    """Return the Monday of the newest whole week; before there is one, of the newest figure."""
    whole_weeks = store.days_with_figures([TableName.WEEK])
    if whole_weeks:
        return max(whole_weeks)
    return max(weeks_with_figures(), default=monday(clock.today()))


def load_overview(filters: FigureFilters, school: SchoolProfile) -> PeriodOverview:
    """Work out what is said of a period, from the store.

    Args:
        filters: what was asked for.
        school: whose figures they are.
    """
    period = filters.period
    last_day = period.last_day
    figures = store.load_figures(since=first_day_needed(period), until=last_day, tables=WEEKLY)
    if period.kind is PeriodKind.WEEK:
        figures += store.load_figures(since=period.first_day, until=last_day, tables=DAILY)
    visibility = estimate_visibility(
        figure
        for figure in figures
        if figure.cell.table is V1.name and figure.cell.day >= period.first_day
    )
    return make_overview(figure_rows(figures), filters, school, visibility)


def figures_version() -> Hashable:
    """Return what changes when figures are released, or old ones may be deleted.

    Raises:
        django.db.DatabaseError: when the store does not answer.
    """
    return store.figures_version(), clock.today()
