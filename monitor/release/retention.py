"""How long released figures are kept, and who granted and changed what."""

from collections.abc import Mapping
from datetime import date, timedelta

from monitor.release.tables import TableName

DAILY_KEPT = timedelta(weeks=8)
SCHOOL_YEAR_BEGINS = (8, 1)
"""Month and day: a school year runs to the end of July."""


def school_year(day: date) -> date:
    """Give the first day of the school year that a day is in."""
    began = (day.month, day.day) >= SCHOOL_YEAR_BEGINS
    return date(day.year if began else day.year - 1, *SCHOOL_YEAR_BEGINS)


def first_visibility_kept(today: date) -> date:
    """Give the first day whose visibility is still kept: as long as weekly tables are."""
    return date(school_year(today).year - 1, *SCHOOL_YEAR_BEGINS)


def first_kept(today: date) -> Mapping[TableName, date]:
    """Give, for each table, the first day that is still kept.

    Daily tables are kept for eight weeks, weekly ones until the end of the next school year.
    """
    weekly = date(school_year(today).year - 1, *SCHOOL_YEAR_BEGINS)
    return {table: weekly if table.is_weekly else today - DAILY_KEPT for table in TableName}


def answerable_since(today: date, years: int) -> date:
    """Give the first day of which is still kept who granted and changed what, and for which lesson.

    Args:
        today: the day at school.
        years: how long the school keeps it.
    """
    try:
        return today.replace(year=today.year - years)
    except ValueError:  # 29 February
        return today.replace(year=today.year - years, day=28)
