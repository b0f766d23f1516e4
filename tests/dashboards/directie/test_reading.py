"""What is read from the store, and what is kept of it while it is the newest."""

from datetime import timedelta
from pathlib import Path

import pytest

from dashboards.directie.filters import Filters
from dashboards.directie.period import Kind, Period
from dashboards.directie.reading import MOST_KEPT, Kept, newest, read, school, weeks
from monitor import store
from monitor.release.tables import TableName
from tests.dashboards.cast import MONDAY, WEEK, figure


def test_what_was_made_is_kept_for_its_version() -> None:
    kept, made = Kept[int](), iter(range(1_000))
    assert kept.get("a", 1, made.__next__) == kept.get("a", 1, made.__next__) == 0
    assert kept.get("b", 1, made.__next__) == 1
    assert kept.get("a", 2, made.__next__) == 2
    assert kept.get("a", 1, made.__next__) == 3


def test_what_nobody_asks_for_any_more_makes_room() -> None:
    kept, made = Kept[int](), iter(range(1_000))
    for number in range(MOST_KEPT):
        kept.get(number, 1, made.__next__)
    assert kept.get(0, 1, made.__next__) == 0
    kept.get("one more", 1, made.__next__)
    assert kept.get(0, 1, made.__next__) == 0
    assert kept.get(1, 1, made.__next__) == MOST_KEPT + 1


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


@pytest.mark.store
def test_the_school_is_that_of_the_configuration(web: Path) -> None:
    assert school().pupils == 1_200
    assert list(school().layers) == ["vwo", "brugklas"]
    assert school().titles["tiktok"] == "TikTok"
    assert school().is_daily
