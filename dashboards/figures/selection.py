"""Which days and weeks are shown: those that were asked for, or else the latest."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from monitor.release.tables import WEEKLY, TableName
from schedules.calendar import monday


@dataclass(frozen=True, slots=True)
class Selection:
    """A day, or any day of a week; None is the latest."""

    day: date | None = None
    week: date | None = None
    """Any day in it."""

    def of(self, figures: pd.DataFrame) -> pd.DataFrame:
        """Keep the figures that were asked for: all, when nothing was."""
        if self.day:
            weekly = figures["table"].isin(WEEKLY)
            wanted = weekly.map({True: str(monday(self.day)), False: str(self.day)})
            return figures[figures["day"] == wanted]
        if self.week:
            days = pd.to_datetime(figures["day"])
            first = pd.Timestamp(monday(self.week))
            return figures[(days >= first) & (days < first + pd.Timedelta(days=7))]
        return figures


def latest(figures: pd.DataFrame, table: TableName) -> pd.DataFrame:
    """Keep one table's figures of its latest day, or week."""
    found = figures.loc[figures["table"] == table]
    last: pd.DataFrame = found.loc[found["day"] == found["day"].max()]
    return last
