"""Copies of figures as people have them: of the real exports, the real gauges and a real store."""

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from prometheus_client import generate_latest

from dashboards.figures.frame import figures_frame
from dashboards.figures.row import figure_rows
from monitor.attacks.copies import CopiedFigure, load_copy, parse_copy
from monitor.release.figures import Figure
from monitor.release.tables import R1, R2, R4, V1, W1
from monitor.runtime.metrics import Gauges
from schedules.problem import Refused
from tests.cast import MONDAY
from tests.monitor.attacks.school_week import RELEASED_AT

FIGURES = [
    Figure(R1.cell(MONDAY, ("1",)), 143, RELEASED_AT),
    Figure(R1.cell(MONDAY, ("2",)), None, RELEASED_AT),
    Figure(R2.cell(MONDAY, ("x",)), 7, RELEASED_AT),
    Figure(R4.cell(MONDAY, ("3 havo", "x")), 61, RELEASED_AT),
    Figure(V1.cell(MONDAY, ("sni",)), 312_000, RELEASED_AT),
    Figure(W1.cell(MONDAY, ()), 2_210, RELEASED_AT, parts=40, missing=2),
]
COPIED = [CopiedFigure(figure.cell, figure.shown) for figure in FIGURES]


def export() -> str:
    return figures_frame(figure_rows(FIGURES)).to_csv(index=False)


def scrape() -> str:
    gauges = Gauges(periods=["1", "2"], layers=["3 havo"], platforms=["x"])
    gauges.update(FIGURES)
    return generate_latest(gauges.registry).decode()


def test_csv_says_what_people_see() -> None:
    assert parse_copy(export()) == COPIED


def test_json_says_the_same() -> None:
    frame = figures_frame(figure_rows(FIGURES))
    records = json.loads(frame.to_json(orient="records", date_format="iso"))
    assert parse_copy(json.dumps({"school": "Het Voorbeeld", "figures": records})) == COPIED


def test_prometheus_says_it_without_a_day() -> None:
    parsed = parse_copy(scrape())
    assert not any(copied.has_day for copied in parsed)
    shown = {copied.cell: copied.shown for copied in parsed if copied.shown}
    assert shown == {
        figure.cell.__class__(
            figure.cell.table,
            date.min,
            figure.cell.period,
            figure.cell.layer,
            figure.cell.platform,
            figure.cell.evidence,
        ): figure.shown
        for figure in FIGURES
        if figure.shown
    }


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "{}", "up 1\n", "\x00\xff"])
def test_what_is_no_copy_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "copy"
    path.write_text(content)
    with pytest.raises(Refused, match="released figures: CSV or JSON of Lesrust"):
        load_copy(path)


def test_reading_a_backup_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "backup.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode = WAL")
        made.execute('CREATE TABLE monitor_releasedfigure ("table", day, drawn)')
        made.execute("INSERT INTO monitor_releasedfigure VALUES ('W1', '2026-11-23', 2210)")
        made.commit()
    (copied,) = load_copy(path)
    assert copied.drawn == 2210
    assert [file.name for file in tmp_path.iterdir()] == ["backup.sqlite3"]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="a readable file"):
        load_copy(tmp_path / "none")
