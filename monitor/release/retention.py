"""How long released figures are kept, and who granted and changed what."""

from collections.abc import Mapping
from datetime import date, timedelta

from monitor.release.tables import TableName
from schedules.calendar import school_year_start

DAILY_RETENTION = timedelta(weeks=8)


def first_visibility_day_kept(today: date) -> date:
    """Give the first day whose visibility is still kept: as long as weekly tables are."""
    return _start_of_last_school_year(today)


def first_days_kept(today: date) -> Mapping[TableName, date]:
    """Give, for each table, the first day that is still kept.

    Daily tables are kept for eight weeks, weekly ones until the end of the next school year.
    """
    weekly = _start_of_last_school_year(today)
    return {table: weekly if table.is_weekly else today - DAILY_RETENTION for table in TableName}


def first_audit_day_kept(today: date, years: int) -> date:
    """Give the first day of which is still kept who granted and changed what, and for which lesson.

    Args:
        today: the day at school.
        years: how long the school keeps it.
    """
    try:
        return today.replace(year=today.year - years)
    except ValueError:  # 29 February
        return today.replace(year=today.year - years, day=28)


def _start_of_last_school_year(today: date) -> date:
    return school_year_start(school_year_start(today) - timedelta(days=1))
