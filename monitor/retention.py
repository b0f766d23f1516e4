"""How long released figures are kept."""

from collections.abc import Mapping
from datetime import date, timedelta

from monitor.tables import TableName

DAILY_KEPT = timedelta(weeks=8)
SCHOOL_YEAR_BEGINS = (8, 1)
"""Month and day: a school year runs to the end of July."""


def first_kept(today: date) -> Mapping[TableName, date]:
    """Give, for each table, the first day that is still kept.

    Daily tables are kept for eight weeks, weekly ones until the end of the next school year.
    """
    this_year = today.year if (today.month, today.day) >= SCHOOL_YEAR_BEGINS else today.year - 1
    weekly = date(this_year - 1, *SCHOOL_YEAR_BEGINS)
    return {table: weekly if table.is_weekly else today - DAILY_KEPT for table in TableName}
