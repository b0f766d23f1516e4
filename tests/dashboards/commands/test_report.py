"""`lesrust report`, as it is typed."""

import csv
import io
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.test import Client

from dashboards.commands.report import report
from dashboards.site import preparation
from monitor.release.tables import V1
from tests.dashboards.cast import FRIDAY, MONDAY

pytestmark = [
    pytest.mark.store,
    pytest.mark.django_db,
    pytest.mark.usefixtures("commands_in_dutch"),
]


@pytest.fixture
def school_of_command(web: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the school's folder; Django is set up already in a test."""
    monkeypatch.setattr(preparation, "prepare", lambda config: None)
    monkeypatch.chdir(web)
    return web


def run(*words: object) -> Result:
    return CliRunner().invoke(report, ["--config", "lesrust.toml", *map(str, words)])


def text_of(pdf: Path) -> str:
    command = ["pdftotext", "-layout", str(pdf), "-"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return said.replace("\N{WORD JOINER}", "")


@pytest.mark.needs("pdfinfo")
def test_a_report_is_a_tagged_pdf_named_for_its_week(school_of_command: Path) -> None:
    result = run("week")
    assert result.exit_code == 0, result.output
    made = school_of_command / "lesrust-week-2026-11-16.pdf"
    said = [
        subprocess.run(["pdfinfo", *words, str(made)], check=True, capture_output=True, text=True)
        for words in ([], ["-meta"])
    ]
    assert "Tagged:          yes" in said[0].stdout
    assert "A4" in said[0].stdout
    assert 'pdfuaid:part="1"' in said[1].stdout


@pytest.mark.needs("pdftotext")
def test_the_noise_is_explained_on_the_first_page(school_of_command: Path) -> None:
    run("week", "--output", "week.pdf")
    first, *rest = text_of(school_of_command / "week.pdf").split("\f")
    for part in ("Het Voorbeeld", "16 t/m 20 november 2026", "Waarom elk cijfer ruis heeft"):
        assert part in first
    assert "Wat zichtbaar was" in first
    assert first.rstrip().endswith(f"1/{len(rest)}")
    assert rest


@pytest.mark.needs("pdftotext")
def test_pdf_csv_and_page_have_the_same_figures(school_of_command: Path, directie: Client) -> None:
    run("week", "--output", "week.pdf")
    text = " ".join(text_of(school_of_command / "week.pdf").split())
    written = run("week", "--format", "csv", "--output", "-").stdout
    assert written == directie.get("/cijfers/cijfers.csv").content.decode()
    page = directie.get("/cijfers/").content.decode()
    assert "97 % (95–99 %)" in text
    assert "97 % (95–99 %)" in page
    for row in csv.DictReader(io.StringIO(written)):
        if row["table"] == V1.name:
            continue  # page and report have shares of it
        shown = f"{int(row['figure']):,}".replace(",", ".") if row["figure"][:1] != "<" else "<20"
        low, high = (f"{int(row[end]):,}".replace(",", ".") for end in ("low", "high"))
        assert shown in text
        assert f"{low}–{high}" in text
        assert f"{low}–{high}" in page


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["month"], "lesrust-month-2026-11-02.csv"),
        (["term"], "lesrust-term-2026-11-16.csv"),
        (["week", "--of", str(MONDAY)], "lesrust-week-2026-11-23.csv"),
        (["week", "--of", str(FRIDAY)], "lesrust-week-2026-11-16.csv"),
    ],
)
def test_any_day_says_which_one_is_meant(
    school_of_command: Path, words: list[str], name: str
) -> None:
    result = run(*words, "--format", "csv")
    assert result.exit_code == 0, result.output
    assert (school_of_command / name).exists()


@pytest.mark.needs("pdftotext")
def test_it_is_written_in_english_too(school_of_command: Path) -> None:
    run("week", "--lang", "en", "--output", "week.pdf")
    text = text_of(school_of_command / "week.pdf")
    assert "Why every figure has noise" in text
    assert "lesuur" not in text


def test_a_place_that_cannot_be_written_is_said(school_of_command: Path) -> None:
    result = run("week", "--format", "csv", "--output", "/nowhere/week.csv")
    assert result.exit_code == 1
    assert "/nowhere/week.csv: er is geen bestand" in result.output


def test_a_week_without_figures_is_a_report_that_says_so(school_of_command: Path) -> None:
    result = run("week", "--of", "2025-01-06", "--output", "empty.pdf")
    assert result.exit_code == 0, result.output
    assert (school_of_command / "empty.pdf").stat().st_size > 5_000
