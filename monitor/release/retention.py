"""How long released figures are kept, and who granted and changed what."""

from collections.abc import Mapping
from datetime import date, timedelta

from monitor.release.tables import TABLES, Retention, TableName
from schedules.calendar import school_year_start

DAILY_RETENTION = timedelta(weeks=8)


def first_days_kept(today: date) -> Mapping[TableName, date]:
    """Return, for each table, the first day whose figures are still kept."""
    first_days = {
        Retention.EIGHT_WEEKS: today - DAILY_RETENTION,
        Retention.NEXT_SCHOOL_YEAR: _start_of_last_school_year(today),
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
