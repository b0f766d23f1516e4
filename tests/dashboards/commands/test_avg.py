"""`lesrust avg`, as it is typed, and the papers of the demonstration in the documentation."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboards.commands.avg import avg
from dashboards.papers.paper import PAPERS
from simulation.files import format_configuration
from simulation.school.school import SimulatedSchool
from tests.dashboards.papers.conftest import SCHOOLS

DOCUMENTED = Path(__file__).parents[3] / "docs" / "avg"
DEMONSTRATION = {
    "gateway": "regular@127.0.0.1:8081,socks5@127.0.0.1:1080",
    "device": "127.0.0.1:9466",
    "web": "127.0.0.1:9467",
}
"""Where the demonstration listens; it chooses its ports itself, and no paper has them."""
DEVICES = 1_200


@pytest.fixture
def configuration(tmp_path: Path) -> Path:
    path = tmp_path / "lesrust.toml"
    path.write_text(SCHOOLS["plain"], "utf-8")
    return path


def run(configuration: Path, folder: Path, *words: str) -> Result:
    return CliRunner().invoke(avg, ["--config", f"{configuration}", "--into", f"{folder}", *words])


def test_the_papers_are_written(configuration: Path, tmp_path: Path) -> None:
    result = run(configuration, tmp_path / "avg")
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "avg").iterdir()) == sorted(PAPERS)
    assert f"{len(PAPERS)} papers are in {tmp_path / 'avg'}. Begin with README.md." in result.output
    assert "Not filled in under [contact]: name, email, privacy_officer and" in result.output


def test_they_are_dutch_whatever_the_terminal_speaks(configuration: Path, tmp_path: Path) -> None:
    for language in ("nl", "en"):
        assert run(configuration, tmp_path / language, "--lang", language).exit_code == 0
    for name in PAPERS:
        assert (tmp_path / "nl" / name).read_bytes() == (tmp_path / "en" / name).read_bytes()
    assert "De hele school, per lesuur" in (tmp_path / "en" / "dpia.md").read_text("utf-8")


def test_papers_that_nobody_edited_follow_the_settings(configuration: Path, tmp_path: Path) -> None:
    run(configuration, tmp_path / "avg")
    configuration.write_text(SCHOOLS["small"], "utf-8")
    assert run(configuration, tmp_path / "avg").exit_code == 0
    assert "De Kleine School" in (tmp_path / "avg" / "dpia.md").read_text("utf-8")


def test_nothing_is_written_over_what_somebody_edited(configuration: Path, tmp_path: Path) -> None:
    folder = tmp_path / "avg"
    run(configuration, folder)
    edited, other = folder / "dpia.md", folder / "rechten.md"
    edited.write_text("Ons eigen stuk.\n", "utf-8")
    before = other.read_bytes()
    configuration.write_text(SCHOOLS["small"], "utf-8")
    result = run(configuration, folder)
    assert result.exit_code == 1
    assert f"these were edited: {edited}." in result.output
    assert (edited.read_text("utf-8"), other.read_bytes()) == ("Ons eigen stuk.\n", before)
    assert run(configuration, folder, "--force").exit_code == 0
    assert "De Kleine School" in edited.read_text("utf-8")


def test_a_folder_that_cannot_be_made_is_told(configuration: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run(configuration, tmp_path / "file" / "avg")
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert isinstance(result.exception, SystemExit)


def test_a_mistake_in_the_settings_is_told(configuration: Path, tmp_path: Path) -> None:
    configuration.write_text("[school]\nname = 3\n", "utf-8")
    result = run(configuration, tmp_path / "avg")
    assert result.exit_code == 2
    assert "school.name" in result.output
    assert not (tmp_path / "avg").exists()


def test_the_papers_of_the_demonstration_are_up_to_date(tmp_path: Path) -> None:
    """`make papers` writes them anew."""
    configuration = tmp_path / "lesrust.toml"
    text = format_configuration(SimulatedSchool(DEVICES), **DEMONSTRATION)
    # What a file holds does not matter here: the sizes of groups are in no paper.
    configuration.write_text(text, "utf-8")
    if os.environ.get("LESRUST_PAPERS"):
        assert run(configuration, DOCUMENTED, "--force").exit_code == 0
    assert run(configuration, tmp_path / "avg").exit_code == 0
    for name in PAPERS:
        documented = (DOCUMENTED / name).read_text("utf-8")
        assert documented == (tmp_path / "avg" / name).read_text("utf-8"), "run `make papers`"
    assert sorted(path.name for path in DOCUMENTED.iterdir()) == sorted(PAPERS)
