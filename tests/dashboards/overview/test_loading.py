"""What is read from the store of a period."""

from datetime import timedelta
from pathlib import Path

import pytest

from dashboards.figures.period import Kind, Period
from dashboards.overview.filters import Filters
from dashboards.overview.loading import newest, read, weeks
from monitor import store
from monitor.release.tables import TableName
from tests.dashboards.cast import MONDAY, WEEK, figure


@pytest.mark.store
def test_the_newest_whole_week_is_shown_first(web: Path) -> None:
    assert weeks() == (MONDAY, WEEK)
    assert newest() == WEEK


@pytest.mark.store
def test_only_what_is_shown_or_compared_is_read(web: Path) -> None:
    long_ago = WEEK - timedelta(weeks=40)
    store.record_release("old", long_ago, [figure(TableName.WEEK, long_ago, 4_000, parts=45)])
    of_week = read(Filters(Period.of(Kind.WEEK, WEEK))).selected.figures
    assert set(of_week["day"]) == {"2026-11-16", "2026-11-20"}
    of_month = read(Filters(Period.of(Kind.MONTH, WEEK))).selected.figures
    assert set(of_month["table"]) == {"R4", "W1", "W2"}
