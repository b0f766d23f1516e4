"""Reads from the store what is said of a period.

A released figure never changes: what was worked out for some filters, in a language, holds until
another figure is released, or a day goes by on which old ones are deleted.
"""

from collections.abc import Hashable
from datetime import date

from dashboards.figures.frame import frame
from dashboards.figures.period import Kind
from dashboards.overview.filters import Filters
from dashboards.overview.overview import Overview, overview
from dashboards.overview.selection import first_needed
from dashboards.school import clock
from dashboards.school.profile import SchoolProfile, own_profile
from monitor import store
from monitor.release.tables import WEEKLY, TableName
from schedules.calendar import monday


def weeks() -> tuple[date, ...]:
    """Return the Mondays of the weeks that have figures, the newest first."""
    days = store.days_with_figures([TableName.LESSON_HOURS, TableName.WEEK])
    return tuple(sorted({monday(day) for day in days}, reverse=True))


def newest() -> date:
    """Return the Monday of the newest whole week; before there is one, of the newest figure."""
    whole = store.days_with_figures([TableName.WEEK])
    return max(whole) if whole else max(weeks(), default=monday(clock.today()))


def read(filters: Filters, of: SchoolProfile | None = None) -> Overview:
    """Work out what is said of a period, from the store.

    Args:
        filters: what was asked for.
        of: whose figures they are; None: the web application's own school.
    """
    period = filters.period
    figures = store.load_figures(since=first_needed(period), until=period.ends, tables=WEEKLY)
    if period.kind is Kind.WEEK:
        daily = [table for table in TableName if table not in WEEKLY]
        figures += store.load_figures(since=period.begins, until=period.ends, tables=daily)
    seen = store.load_visibility(period.begins, period.ends)
    return overview(frame(figures), filters, of or own_profile(), seen)


def version() -> Hashable:
    """Return what changes when figures are released, or old ones may be deleted.

    Raises:
        django.db.DatabaseError: when the store does not answer.
    """
    return store.newest(), clock.today()
