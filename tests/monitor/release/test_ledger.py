"""Where releases go: the store and the memory of a rehearsal keep them alike."""

from datetime import UTC, date, datetime, timedelta

import pytest

from monitor import store
from monitor.release.figures import Figure
from monitor.release.ledger import AlreadyReleased, Ledger, MemoryLedger
from monitor.release.tables import Cell, TableName
from tests.cast import MONDAY

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture(
    params=["memory", pytest.param("store", marks=[pytest.mark.store, pytest.mark.django_db])]
)
def ledger(request: pytest.FixtureRequest) -> Ledger:
    return MemoryLedger() if request.param == "memory" else store


def hour(drawn: int | None = 85, period: str = "1", day: date = MONDAY) -> Figure:
    return Figure(Cell(TableName.LESSON_HOURS, day, period), drawn, NOW)


def platform(name: str, *, is_public: bool = True) -> Figure:
    cell = Cell(TableName.PLATFORMS, MONDAY, platform=name)
    return Figure(cell, 40, NOW, is_public=is_public)


def test_figures_come_back_in_the_order_of_their_cells(ledger: Ledger) -> None:
    ledger.record_release("day", MONDAY, [platform("x"), platform("instagram")])
    ledger.record_release("hours", MONDAY, [hour(period="2"), hour()])
    assert ledger.load_figures(since=MONDAY) == [
        hour(),
        hour(period="2"),
        platform("instagram"),
        platform("x"),
    ]


def test_figures_of_some_days(ledger: Ledger) -> None:
    sunday = MONDAY - timedelta(days=1)
    figures = [hour(day=day) for day in (sunday, MONDAY, TUESDAY)]
    ledger.record_release("hours", MONDAY, figures)
    assert ledger.load_figures(since=MONDAY) == figures[1:]
    assert ledger.load_figures(since=sunday, until=MONDAY) == figures[:2]
    assert ledger.load_figures(since=TUESDAY + timedelta(days=1)) == []


def test_figures_of_some_tables(ledger: Ledger) -> None:
    ledger.record_release("all", MONDAY, [hour(), platform("x")])
    assert ledger.load_figures(since=MONDAY, tables=(TableName.PLATFORMS,)) == [platform("x")]


def test_figures_that_are_not_public_are_there_for_who_asks(ledger: Ledger) -> None:
    hidden = platform("x", is_public=False)
    ledger.record_release("day", MONDAY, [hidden])
    assert ledger.load_figures(since=MONDAY) == []
    assert ledger.load_figures(since=MONDAY, with_hidden=True) == [hidden]


def test_figure_that_is_none_is_kept_as_such(ledger: Ledger) -> None:
    ledger.record_release("hours", MONDAY, [hour(None)])
    assert ledger.load_figures(since=MONDAY) == [hour(None)]


def test_release_is_spent_once(ledger: Ledger) -> None:
    ledger.record_release("hours", MONDAY, [hour()])
    with pytest.raises(AlreadyReleased):
        ledger.record_release("hours", MONDAY, [hour(90)])
    assert ledger.load_figures(since=MONDAY) == [hour()]


def test_release_without_figures_is_spent_too(ledger: Ledger) -> None:
    ledger.record_release("hours", MONDAY, [])
    with pytest.raises(AlreadyReleased):
        ledger.record_release("hours", MONDAY, [hour()])
    assert ledger.load_figures(since=MONDAY) == []


def test_memories_know_nothing_of_each_other() -> None:
    MemoryLedger().record_release("hours", MONDAY, [hour()])
    other = MemoryLedger()
    other.record_release("hours", MONDAY, [hour(90)])
    assert other.load_figures(since=MONDAY) == [hour(90)]
