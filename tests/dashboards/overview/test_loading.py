"""What is read from the store of a period."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from dashboards.figures.period import PeriodKind, ReportingPeriod
from dashboards.figures.row import FigureRow
from dashboards.overview.filters import FigureFilters
from dashboards.overview.loading import load_overview, newest_week, weeks_with_figures
from dashboards.school.profile import own_profile
from monitor import store
from monitor.release.tables import TableName
from tests.dashboards.cast import FRIDAY, MONDAY, WEEK, figure


def loaded_rows(kind: PeriodKind) -> Sequence[FigureRow]:
    filters = FigureFilters(ReportingPeriod.containing(kind, WEEK))
    return load_overview(filters, own_profile()).selection.rows


@pytest.mark.store
def test_the_newest_whole_week_is_shown_first(web: Path) -> None:
    assert weeks_with_figures() == (MONDAY, WEEK)
    assert newest_week() == WEEK


@pytest.mark.store
def test_only_what_is_shown_or_compared_is_read(web: Path) -> None:
    long_ago = WEEK - timedelta(weeks=40)
    store.record_release("old", long_ago, [figure(TableName.WEEK, long_ago, 4_000, parts=45)])
    assert {row.cell.day for row in loaded_rows(PeriodKind.WEEK)} == {WEEK, FRIDAY}
    of_month = loaded_rows(PeriodKind.MONTH)
    assert {row.cell.table for row in of_month} == {"R4", "R5", "S1", "V1", "W1", "W2"}
