"""Which figures are kept, and how long the ledger remembers their release."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor import store
from monitor.release.figures import Figure
from monitor.release.ledger import AlreadyReleased
from monitor.release.tables import R1, R4, Cell, TableName
from tests.cast import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.store]
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def figure(drawn: int | None = 85, period: str = "1") -> Figure:
    return Figure(Cell(R1.name, MONDAY, period), drawn, NOW)


def test_a_figure_comes_back_as_it_was_released() -> None:
    week = Cell(R4.name, MONDAY, layer="2 havo + 2 vwo", platform="weblogs")
    figures = [figure(-12), Figure(week, None, NOW, parts=3, missing=2)]
    store.record_release("R1/2026-11-23/1", MONDAY, figures)
    assert store.load_figures(since=MONDAY) == figures


def test_the_extent_says_how_many_there_are_and_when_the_newest_came() -> None:
    tables = [TableName.LESSON_HOURS]
    assert store.extent(tables, since=MONDAY) == (0, None)
    store.record_release("one", MONDAY, [figure(), figure(period="2")])
    assert store.extent(tables, since=MONDAY) == (2, NOW)
    assert store.extent(tables, since=MONDAY + timedelta(days=1)) == (0, None)
    assert store.extent([TableName.WEEK], since=MONDAY) == (0, None)


def test_a_release_is_recorded_whole_or_not_at_all() -> None:
    store.record_release("one", MONDAY, [figure()])
    with pytest.raises(AlreadyReleased):
        store.record_release("another", MONDAY, [figure(period="2"), figure(90)])
    assert store.load_figures(since=MONDAY) == [figure()]
    assert store.released_keys(MONDAY) == {"one"}


def test_the_ledger_outlives_the_figures() -> None:
    store.record_release("one", MONDAY, [figure()])
    assert store.delete_figures_before(TableName.LESSON_HOURS, MONDAY + timedelta(days=1)) == 1
    assert store.load_figures(since=MONDAY) == []
    with pytest.raises(AlreadyReleased):
        store.record_release("one", MONDAY, [figure(90)])


def test_deleting_leaves_other_tables_and_later_days() -> None:
    store.record_release("one", MONDAY, [figure()])
    assert store.delete_figures_before(TableName.LESSON_HOURS, MONDAY) == 0
    assert store.delete_figures_before(TableName.WEEK, MONDAY + timedelta(days=1)) == 0
    assert store.load_figures(since=MONDAY) == [figure()]


def test_the_ledger_is_read_from_a_day_on() -> None:
    store.record_release("yesterday", MONDAY - timedelta(days=1), [])
    store.record_release("today", MONDAY, [])
    assert store.released_keys(MONDAY) == {"today"}
