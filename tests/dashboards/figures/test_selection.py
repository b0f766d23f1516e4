"""Which figures are of a day, a week, or the latest."""

from datetime import date, timedelta

from dashboards.figures.row import FigureRow, figure_rows
from dashboards.figures.selection import DateSelection, latest_rows
from monitor.release.tables import WEEKLY, TableName
from tests.dashboards.cast import FRIDAY, MONDAY, WEEK, figures

ROWS = figure_rows(figures())


def days(rows: list[FigureRow]) -> set[date]:
    return {row.cell.day for row in rows}


def test_nothing_asked_is_all() -> None:
    assert DateSelection().select(ROWS) == ROWS


def test_a_day_has_its_own_figures_and_those_of_its_week() -> None:
    rows = DateSelection(day=FRIDAY).select(ROWS)
    assert days([row for row in rows if row.cell.table in WEEKLY]) == {WEEK}
    assert days([row for row in rows if row.cell.table not in WEEKLY]) == {FRIDAY}


def test_a_week_is_named_by_any_of_its_days() -> None:
    rows = DateSelection(week=FRIDAY).select(ROWS)
    assert rows == DateSelection(week=FRIDAY + timedelta(days=2)).select(ROWS)
    assert days(rows) == {WEEK, FRIDAY}


def test_the_latest_are_of_one_table_and_day() -> None:
    rows = latest_rows(ROWS, TableName.LESSON_HOURS)
    assert days(rows) == {MONDAY}
    assert {row.cell.table for row in rows} == {TableName.LESSON_HOURS}
    assert latest_rows([], TableName.WEEK) == []
