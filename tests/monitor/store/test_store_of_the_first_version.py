"""A store that the first version has made is opened, brought up to date, and loses nothing."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from dashboards.models import Account
from monitor import store
from monitor.release.figures import SCALES, CountInterval, Figure
from monitor.release.ledger import AlreadyReleased
from monitor.release.tables import Cell, TableName
from schedules import store as schedule_store
from schedules.exemption import ExemptionScope
from schedules.models import AuditEntry, AuditIsAppendOnly
from tests.cast import AMSTERDAM, MONDAY, at

CONTENT = Path(__file__).with_name("store_of_the_first_version.sql").read_text("utf-8")
HALF_PAST_NINE = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
TWENTY_PAST_TEN = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)
FIVE = datetime(2026, 11, 23, 16, tzinfo=UTC)
YEARS_LATER = datetime(2126, 11, 24, 8, 30, tzinfo=UTC)
NEXT_MONDAY = datetime(2026, 11, 30, 6, tzinfo=UTC)
FIGURES = [
    Figure(
        Cell(TableName.LESSON_HOURS, MONDAY, "1"), 83, datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    ),
    Figure(Cell(TableName.LESSON_HOURS, MONDAY, "2"), None, TWENTY_PAST_TEN),
    *(
        Figure(Cell(name, MONDAY, **what), drawn, FIVE)
        for name, what, drawn in (
            (TableName.PLATFORMS, {"platform": "instagram"}, 141),
            (TableName.PLATFORMS, {"platform": "pinterest"}, -7),
            (TableName.LAYERS, {"layer": "3 havo"}, 96),
        )
    ),
    Figure(
        Cell(TableName.LAYER_PLATFORMS, MONDAY, layer="3 havo", platform="instagram"),
        205,
        NEXT_MONDAY,
    ),
    Figure(Cell(TableName.WEEK, MONDAY), 83, NEXT_MONDAY, missing=1),
    Figure(Cell(TableName.WEEK_PLATFORMS, MONDAY, platform="instagram"), 141, NEXT_MONDAY),
]


@pytest.fixture(autouse=True)
def first_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, living_store: None) -> None:
    """Open the store by what `lesrust web` opens it with."""
    monkeypatch.setenv(store.DATABASE_VARIABLE, "")
    path = tmp_path / "store.sqlite3"
    path.unlink()  # it has today's tables
    with closing(sqlite3.connect(path)) as made:
        made.executescript(CONTENT)
    store.connect(str(path))


def as_drawn(figures: Iterable[Figure]) -> list[Figure]:
    return [replace(figure, scale=None, interval=None) for figure in figures]


def test_its_tables_are_brought_up_to_date() -> None:
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_every_figure_is_as_it_was_released() -> None:
    assert as_drawn(store.load_figures(since=MONDAY)) == FIGURES
    hidden = {*as_drawn(store.load_figures(since=MONDAY, with_hidden=True))} - {*FIGURES}
    assert [(figure.cell.layer, figure.drawn) for figure in hidden] == [("2 vwo + 3 vwo", 12)]


def test_every_interval_is_as_it_was_released() -> None:
    drawn = [figure for figure in store.load_figures(since=MONDAY) if figure.drawn is not None]
    assert {figure.cell.table.value: figure.scale for figure in drawn} == {
        "R1": 15, "R2": 16, "R3": 10, "R4": 16, "W1": 15, "W2": 16,
    }  # fmt: skip
    assert [(shown.low, shown.high) for figure in drawn[:2] if (shown := figure.shown)] == [
        (35, 130),
        (90, 190),
    ]


def test_totals_of_before_say_at_least_for_it_is_not_known_what_caps_cut_away() -> None:
    at_least = {
        figure.cell.table.value: figure.interval
        for figure in store.load_figures(since=MONDAY)
        if figure.interval
    }
    assert at_least == {"W1": CountInterval(38, None), "W2": CountInterval(93, None)}


def test_late_hours_of_before_say_at_least_too() -> None:
    MigrationExecutor(connection).migrate([("monitor", "0009_figures_beyond_a_cap")])
    day = MONDAY + timedelta(days=1)
    with connection.cursor() as cursor:
        for hour in range(1, 10):
            cursor.execute(
                "INSERT INTO monitor_releasedfigure "
                '("table", day, period, layer, platform, evidence, beyond, drawn, parts, missing, '
                "is_public, released_at) "
                "VALUES ('R1', %s, %s, '', '', '', '', %s, 1, 0, true, %s)",
                [day, str(hour), None if hour == 3 else 90, FIVE + timedelta(minutes=hour)],
            )
    MigrationExecutor(connection).migrate([("monitor", "0010_intervals_of_the_true_count")])
    figures = store.load_figures(since=day, tables=[TableName.LESSON_HOURS])
    at_least = [figure.cell.period for figure in figures if figure.interval]
    assert at_least == ["8", "9"]


def test_whoever_changes_a_scale_writes_down_the_one_of_before() -> None:
    """What was released has the scale of its table, where it has none of its own."""
    assert {name.value: round(scale, 3) for name, scale in SCALES.items()} == {
        "R1": 16.129, "R2": 17.978, "R3": 8.85, "R4": 17.978, "R5": 150,
        "S1": 30, "V1": 3333.333, "B1": 100, "B2": 100, "W1": 16.129, "W2": 17.978,
    }, "add a migration like 0011_scale_before_exempt_use.py"  # fmt: skip


def add_figure(day: date, moment: datetime) -> None:
    """Add a figure to a store whose tables are of before now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO monitor_releasedfigure "
            '("table", day, period, layer, platform, evidence, drawn, parts, missing, is_public, '
            "released_at) VALUES ('R1', %s, '1', '', '', '', 90, 1, 0, true, %s)",
            [day, moment],
        )


def test_what_was_drawn_beside_visibility_has_the_scale_of_then() -> None:
    """Not the one of before, which the migration to it writes down."""
    day = MONDAY + timedelta(days=1)
    MigrationExecutor(connection).migrate([("monitor", "0006_confirmed_settings")])
    add_figure(day, YEARS_LATER)
    MigrationExecutor(connection).migrate([("monitor", "0010_intervals_of_the_true_count")])
    assert [figure.scale for figure in store.load_figures(since=day)] == [
        pytest.approx(15.464, abs=0.001)
    ]


def test_what_had_no_noise_is_gone() -> None:
    assert "monitor_visibilityofday" in CONTENT
    assert not [name for name in connection.introspection.table_names() if "visibility" in name]


@pytest.mark.parametrize("key", ["R1/2026-11-23/1", "R3/2026-11-23/", "R4/2026-11-23/"])
def test_what_was_released_is_not_drawn_a_second_time(key: str) -> None:
    assert key in store.released_keys(MONDAY)
    with pytest.raises(AlreadyReleased):
        store.record_release(key, MONDAY, [])


def test_lessons_exemptions_and_interruptions_are_there() -> None:
    timetable = schedule_store.load_timetable(AMSTERDAM, MONDAY, MONDAY)
    assert [lesson.rooms for lesson in timetable.lessons] == [
        ("B204",),
        ("B205", "B206"),
        ("B204",),
    ]
    leadership, revoked, allowed = [listed.exemption for listed in schedule_store.list_exemptions()]
    assert allowed.platforms == frozenset({"youtube"})
    assert allowed.reason == "film kijken"
    assert (revoked.platforms, revoked.revoked_at) == (None, at(9, 40))
    assert (leadership.scope, leadership.target) == (ExemptionScope.LAYER, "3 havo")
    assert [(pause.start, pause.end) for pause in schedule_store.list_pauses(at(8))] == [
        (at(13), at(14))
    ]
    assert schedule_store.current_version() == 6


def test_the_audit_is_whole_and_stays_so() -> None:
    entries = [
        (entry.by, entry.action, entry.subject) for entry in AuditEntry.objects.order_by("pk")
    ]
    assert entries == [
        ("ict", "timetable.imported", "timetable 1"),
        ("VDA", "exemption.granted", "exemption 1"),
        ("MUL", "exemption.granted", "exemption 2"),
        ("j.yildiz", "exemption.granted", "exemption 3"),
        ("MUL", "exemption.revoked", "exemption 2"),
        ("ict", "measuring.paused", "pause 1"),
        ("root", "configuration.changed", "[school]"),
    ]
    with pytest.raises(AuditIsAppendOnly):
        AuditEntry.objects.all().delete()


def test_whoever_had_an_account_has_it_still() -> None:
    account = Account.objects.get(username="j.mulder")
    assert (account.roles, account.code) == (["teacher"], "MUL")


def test_what_is_released_next_stands_beside_it() -> None:
    figure = Figure(Cell(TableName.LESSON_HOURS, MONDAY, "3"), 60, NEXT_MONDAY)
    store.record_release("R1/2026-11-23/3", MONDAY, [figure])
    assert as_drawn(store.load_figures(since=MONDAY, tables=[TableName.LESSON_HOURS])) == [
        *FIGURES[:2],
        figure,
    ]
