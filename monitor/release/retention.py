"""How long released figures are kept, and the audit of who granted and changed what."""

from collections.abc import Mapping
from datetime import date, timedelta

from monitor.release.tables import TABLES, Retention, TableName
from schedules.calendar import school_year_start

DAILY_RETENTION = timedelta(weeks=8)
MIN_WEEKS_KEPT, MAX_WEEKS_KEPT = 8, 104
"""What a school may choose for its weekly figures: nothing is kept shorter than daily figures, and
nothing longer than without a choice."""


def first_days_kept(today: date, weeks_kept: int | None = None) -> Mapping[TableName, date]:
    """Return, for each table, the first day whose figures are still kept.

    Args:
        today: the day at school.
        weeks_kept: how many weeks the school keeps weekly figures; None: until the end of the next
            school year. They are never kept longer than that.
    """
    first_weekly = _start_of_last_school_year(today)
    if weeks_kept is not None:
        first_weekly = max(first_weekly, today - timedelta(weeks=weeks_kept))
    first_days = {
        Retention.EIGHT_WEEKS: today - DAILY_RETENTION,
        Retention.NEXT_SCHOOL_YEAR: first_weekly,
    }
    return {name: first_days[table.retention] for name, table in TABLES.items()}


def first_audit_day_kept(today: date, years: int) -> date:
    """Return the first day whose audit is still kept: who granted and changed what.

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
