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
    seen = Cell(R4.name, MONDAY, evidence="sni")
    figures = [
        figure(-12),
        Figure(seen, 40, NOW, scale=96.5),
        Figure(week, None, NOW, parts=3, missing=2),
    ]
    store.record_release("R1/2026-11-23/1", MONDAY, figures)
    assert store.load_figures(since=MONDAY) == figures


def test_the_version_is_another_after_each_release() -> None:
    versions = [store.figures_version()]
    for number, period in enumerate("123"):
        store.record_release(f"release {number}", MONDAY, [figure(period=period)])
        versions += [store.figures_version(), store.figures_version()]
    assert versions[0] == ""
    assert versions[1::2] == versions[2::2]
    assert len({*versions}) == 4


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
