"""`lesrust simulate`, as it is typed."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from monitor import store
from monitor.release.tables import DRAWN, TOTALS, TableName
from monitor.store import DATABASE_VARIABLE
from simulation.commands.simulate import simulate
from tests.simulation.cast import MONDAY

pytestmark = pytest.mark.store


@pytest.fixture(autouse=True)
def _own_store(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setenv(DATABASE_VARIABLE, "")


def run(*words: object) -> Result:
    return CliRunner().invoke(simulate, list(map(str, words)))


def test_it_releases_figures_and_writes_what_is_true(tmp_path: Path) -> None:
    folder = tmp_path / "school"
    result = run("--devices", 500, "--days", 1, "--from", MONDAY, "--into", folder)
    assert result.exit_code == 0, result.output
    assert {path.name for path in folder.glob("*.*")} >= {"lesrust.toml", "rooster.csv"}
    released = store.load_figures(since=MONDAY)
    assert {figure.cell.table for figure in released} == {table.name for table in (*DRAWN, *TOTALS)}
    rows = (folder / "truth.csv").read_text().splitlines()
    not_known = {TableName.VISIBILITY, TableName.EXEMPT}
    of_use = [figure for figure in released if figure.cell.table not in not_known]
    assert len(rows) == 1 + len(of_use)
    assert f"lesrust figures --config {folder}/lesrust.toml" in result.stdout


def test_or_it_writes_a_capture_and_releases_nothing(tmp_path: Path) -> None:
    captures = []
    for name in ("first", "again"):
        capture = tmp_path / f"{name}.pcap"
        words = ("--devices", 48, "--days", 1, "--from", MONDAY)
        result = run(*words, "--into", tmp_path / name, "--capture", capture)
        assert result.exit_code == 0, result.output
        captures.append(capture.read_bytes())
        if name == "first":
            # The tests share one store; another school has one of its own.
            assert store.load_figures(since=MONDAY) == []
    assert captures[0] == captures[1]
    truths = [(tmp_path / name / "truth.csv").read_bytes() for name in ("first", "again")]
    assert truths[0] == truths[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--devices", 47), "47 is not in the range"),
        (("--days", 0), "0 is not in the range"),
        (("--from", "monday"), "allowed: a date such as 2026-09-01"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, words: tuple[object, ...], said: str) -> None:
    result = run(*words, "--into", tmp_path / "school")
    assert result.exit_code == 2
    assert said in result.output
    assert not (tmp_path / "school").exists()


def test_a_capture_that_cannot_be_written_is_said_without_a_trace(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere" / "day.pcap"
    words = ("--devices", 48, "--days", 1, "--into", tmp_path / "school")
    result = run(*words, "--capture", nowhere)
    assert result.exit_code == 1
    assert f"Error: {nowhere}: no such file or folder" in result.output
