"""`lesrust figures`, as it is typed."""

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from dashboards.commands.figures import figures
from monitor.release.tables import TABLES, TableName
from tests.dashboards.cast import FRIDAY, MONDAY, WEEK

pytestmark = pytest.mark.store
SHOWN = Path(__file__).parent / "shown"


def run(school: Path, *words: object) -> Result:
    words = ("--config", school / "lesrust.toml", *words)
    return CliRunner().invoke(figures, list(map(str, words)))


def shown(school: Path, *words: object) -> str:
    result = run(school, *words)
    assert result.exit_code == 0, result.output
    return "\n".join(line.rstrip() for line in result.stdout.splitlines()) + "\n"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nl", ["--lang", "nl"]),
        ("en", ["--lang", "en"]),
        ("beside", ["--lang", "en", "--beside", "truth.csv"]),
    ],
)
def test_what_is_shown(school: Path, name: str, words: list[str]) -> None:
    """Kept as it is to be looked at; when it changes on purpose, write the file anew."""
    told = [str(school / word) if word.endswith(".csv") else word for word in words]
    assert shown(school, *told) == (SHOWN / f"{name}.txt").read_text("utf-8")


def test_it_fits_in_eighty_columns(school: Path) -> None:
    lines = shown(school, "--beside", school / "truth.csv").splitlines()
    assert max(map(len, lines)) <= 80


@pytest.mark.usefixtures("commands_in_dutch")
def test_a_day_that_is_asked_for(school: Path) -> None:
    text = shown(school, "--day", FRIDAY)
    assert "Per lesuur, vrijdag 20 november 2026" in text
    assert "Hele week, 16 t/m 20 november 2026" in text
    assert "maandag" not in text


@pytest.mark.usefixtures("commands_in_dutch")
def test_a_week_that_is_asked_for_by_any_of_its_days(school: Path) -> None:
    text = shown(school, "--week", FRIDAY)
    assert text == shown(school, "--week", WEEK)
    assert "vrijdag 20 november 2026" in text
    assert "23 november" not in text


@pytest.mark.usefixtures("commands_in_dutch")
def test_a_day_without_figures(school: Path) -> None:
    assert shown(school, "--day", "2027-01-04").strip() == "Er is nog geen cijfer vrijgegeven."


def test_csv_has_every_figure_as_it_is_shown_and_nothing_of_how_it_was_drawn(
    school: Path,
) -> None:
    rows = list(csv.DictReader(io.StringIO(run(school, "--csv", "-").stdout)))
    assert len(rows) == 21
    by_hour = {(row["day"], row["period"]): row for row in rows if row["table"] == "R1"}
    one = by_hour[str(MONDAY), "1"]
    assert (one["figure"], one["low"], one["high"]) == ("95", "45", "145")
    assert by_hour[str(MONDAY), "2"]["figure"] == by_hour[str(MONDAY), "2"]["low"] == ""
    [small] = [row for row in rows if row["table"] == "R2" and row["platform"] == "x"]
    assert small["figure"] == "<20"
    assert "drawn" not in rows[0]
    [week] = [row for row in rows if row["table"] == "W1"]
    assert (week["missing"], week["parts"]) == ("1", "45")


def test_csv_goes_to_a_file_with_the_truth_when_that_is_known(school: Path) -> None:
    file = school / "out.csv"
    result = run(school, "--csv", file, "--beside", school / "truth.csv", "--day", MONDAY)
    assert result.stdout == ""
    rows = list(csv.DictReader(io.StringIO(file.read_text())))
    assert {row["period"]: row["true"] for row in rows if row["table"] == "R1"} == {
        "1": "88",
        "2": "90",
        "10": "",
    }


@pytest.mark.usefixtures("commands_in_dutch")
def test_a_picture_fetches_nothing(school: Path) -> None:
    file = school / "figures.svg"
    assert run(school, "--svg", file).exit_code == 0
    text = file.read_text("utf-8")
    assert ElementTree.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"
    assert text.count("http") == text.count("http://www.w3.org/2000/svg")
    assert "url(http" not in text
    assert "lesuur" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--day", "2026-11-23", "--week", "2026-11-23"], "not both"),
        (["--day", "23 november"], "allowed: a date such as 2026-09-01"),
        (["--csv", "/nowhere/out.csv"], "/nowhere/out.csv: no such file"),
        (["--beside", "nowhere.csv"], "does not exist"),
    ],
)
def test_what_cannot_be_is_said(school: Path, words: list[str], said: str) -> None:
    result = run(school, *words)
    assert result.exit_code != 0
    assert said in result.output


def test_a_file_that_holds_no_truth_is_refused(school: Path) -> None:
    result = run(school, "--beside", school / "lesrust.toml")
    assert result.exit_code == 2
    assert "lesrust.toml: found 'something else'" in result.output
    assert "table, day, period, layer, platform, evidence, beyond, true" in result.output


@pytest.mark.parametrize("name", TABLES)
def test_a_released_table_is_named_in_the_help(name: TableName) -> None:
    assert name in (figures.help or ""), f"name {name} in dashboards/commands/figures.py"
