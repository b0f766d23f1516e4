"""`lesrust privacy`: what would be released, by the configuration alone."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from monitor.commands.privacy.command import privacy

SCHOOL = """
[school]
name = "Het Voorbeeld"
[approval]
dpia = "DPIA, 12 mei"
council = "MR, 12 mei"
[[layer]]
name = "onderbouw"
pupils = {lower}
[[layer]]
name = "bovenbouw"
pupils = {upper}
[[place]]
prefixes = ["10.1.0.0/24"]
room = "B204"
[watch]
interfaces = ["eth0"]
[identity]
{identity}
"""


def tell(
    folder: Path, identity: str = "", *, lower: int = 340, upper: int = 300, language: str = "en"
) -> str:
    config = folder / "lesrust.toml"
    config.write_text(SCHOOL.format(identity=identity, lower=lower, upper=upper))
    result = CliRunner().invoke(privacy, ["--config", str(config), "--lang", language])
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def test_a_device_that_has_one_name_loses_what_is_promised(tmp_path: Path) -> None:
    told = tell(tmp_path)
    assert "What counts once is a device, by its MAC address." in told
    assert "at most ε = 1 of it in a day, 5 in a week and about 190 in a school year" in told
    for row in ("R1", "R2", "R3", "R4", "R5", "V1", "B1", "B2"):
        assert f" {row} " in told


def test_what_staff_lose_is_not_added_to_what_pupils_do(tmp_path: Path) -> None:
    of_staff = '[staff]\nconsent = "MR"\n[[place]]\nprefixes = ["10.2.0.0/24"]\nrole = "staff"\n'
    told = tell(tmp_path, f'{of_staff}room = "B204"')
    assert "at most ε = 1 of it in a day" in told
    assert "S1 is not added to the rest" in told
    assert "S1" not in tell(tmp_path)


def test_it_says_how_far_off_figures_of_a_school_of_its_size_are(tmp_path: Path) -> None:
    assert "R1 The whole school, by lesson hour 6 0.372 ± 16.1 ± 24 %" in tell(tmp_path)


def test_the_total_of_a_week_is_more_precise(tmp_path: Path) -> None:
    assert "W1 device-lessons in a week in R1 ± 4 %" in tell(tmp_path)


def test_it_shows_what_a_lower_loss_does(tmp_path: Path) -> None:
    told = tell(tmp_path)
    assert "1 46 % 72 % 98 % ± 4 % 0.5 24 % 41 % 77 % ± 8 % R5 0.25 " in told


def test_a_lower_loss_is_in_every_number(tmp_path: Path) -> None:
    told = tell(tmp_path, "[privacy]\nepsilon = 0.4")
    assert "at most ε = 0.392 of it in a day, 2 in a week and about 74 in a school year" in told
    assert "R1 is not released: it would be noise; the week's total is not." in told
    assert "R5 is not released: it would be noise." in told
    assert "here it is 0.4" in told
    assert "counts once directie or leadership has confirmed it." in told
    assert "Of any one day: at most 19 %." in told


def test_a_school_that_is_too_small_is_told_so_and_no_more(tmp_path: Path) -> None:
    told = tell(tmp_path, "[privacy]\nepsilon = 0.4", lower=0, upper=150)
    assert "The school is too small for any figure." in told
    assert "None has figures." in told
    assert told.endswith("Nothing: there are no figures.")
    assert "ε" not in told


def test_what_is_withheld_is_told_with_its_reason(tmp_path: Path) -> None:
    told = tell(tmp_path, 'unit = "address"\nrooms = 6\nreused = false')
    assert "at most 6 addresses in a day; the network cannot see whether it has more" in told
    assert "R3 is not released: a device would count once an address." in told
    assert "Figures of months" not in told


def test_where_nothing_names_a_device_there_are_no_figures(tmp_path: Path) -> None:
    told = tell(tmp_path, 'frames = "routed"')
    assert "No figure is released" in told
    assert "R1 is not released: nothing here names what counts once." in told
    assert "Nothing: there are no figures." in told


def test_a_layer_that_is_too_small_has_no_figures_of_its_own(tmp_path: Path) -> None:
    told = tell(tmp_path, lower=40)
    assert "onderbouw + bovenbouw" in told
    assert "too small for figures of a lesson hour or a day" in told


def test_habits_betray_more_than_one_day_does(tmp_path: Path) -> None:
    told = tell(tmp_path)
    assert "Of any one day: at most 46 %." in told
    assert "all day on every platform 72 % 98 %" in told
    assert "8 64 % 13 76 % 20 85 % 40 96 %" in told


def test_it_speaks_dutch(tmp_path: Path) -> None:
    told = tell(tmp_path, language="nl")
    assert "Wat één keer telt, is een apparaat, naar zijn MAC-adres." in told
    assert "± 24 %" in told


def test_a_wrong_configuration_is_refused(tmp_path: Path) -> None:
    config = tmp_path / "lesrust.toml"
    config.write_text("")
    assert CliRunner().invoke(privacy, ["--config", str(config)]).exit_code == 2


@pytest.mark.parametrize("columns", [60, 80])
def test_sentences_fit_a_narrow_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    config = tmp_path / "lesrust.toml"
    config.write_text(SCHOOL.format(identity="", lower=340, upper=300))
    output = CliRunner().invoke(privacy, ["--config", str(config)]).output
    sentences = [line for line in output.splitlines() if "  " not in line]
    assert max(map(len, sentences)) <= columns
