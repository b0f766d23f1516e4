"""The numbers in the papers are those that are promised, and no others."""

from math import tanh
from pathlib import Path

import pytest

from dashboards.papers.figure_facts import make_figure_facts
from monitor.configuration import Configuration, load_configuration
from monitor.release import longitudinal
from monitor.release.longitudinal import HEAVIEST, MODERATE, TERM, YEAR
from monitor.runtime.factories import make_installation_promise, make_layers
from schedules.language import Language, override
from tests.dashboards.papers.conftest import SCHOOLS, Describe


@pytest.mark.parametrize("name", ["plain", "half a loss", "persons", "three addresses"])
def test_what_is_lost_in_a_day_is_what_is_promised(name: str, describe: Describe) -> None:
    figures = describe(SCHOOLS[name]).figures
    epsilon = float(figures.epsilon.replace(",", "."))
    listed = sum(
        float(table.epsilon.replace(",", "."))
        for table in figures.tables
        if table.epsilon != "geen extra"
    )
    assert listed == pytest.approx(epsilon, abs=1e-3)
    assert figures.advantage_of_a_day == f"{100 * tanh(epsilon / 2):.0f} %"


@pytest.mark.parametrize("name", ["plain", "half a loss", "kept shorter"])
def test_what_habits_give_away_is_what_is_worked_out(
    name: str, describe: Describe, tmp_path: Path
) -> None:
    figures = describe(SCHOOLS[name]).figures
    drawn = make_installation_promise(settings_of(tmp_path)).drawn
    expected = [
        tuple(
            f"{100 * longitudinal.advantage(drawn, habits, weeks):.0f} %" for weeks in (TERM, YEAR)
        )
        for habits in (HEAVIEST, MODERATE)
    ]
    assert [habit.shares for habit in figures.habits] == expected


def test_a_school_of_weekly_figures_is_judged_by_those(describe: Describe, tmp_path: Path) -> None:
    figures = describe(SCHOOLS["small"]).figures
    drawn = make_installation_promise(settings_of(tmp_path)).drawn
    kept = longitudinal.advantage_of_kept(drawn, HEAVIEST, TERM)
    assert figures.habits[0].shares[0] == f"{100 * kept:.0f} %"


def test_no_longer_keeping_is_shown_than_is_in_force(describe: Describe) -> None:
    kept = describe(SCHOOLS["kept shorter"]).figures.kept_habits
    assert [share.condition for share in kept] == ["8", "13", "20"]
    kept = describe(SCHOOLS["plain"]).figures.kept_habits
    assert [share.condition for share in kept] == ["8", "13", "20", "40"]


def test_only_lower_losses_are_shown_beside_the_one_in_force(describe: Describe) -> None:
    assert losses(describe, "plain") == ["1", "0,5", "0,25"]
    assert losses(describe, "half a loss") == ["0,5", "0,25"]


def losses(describe: Describe, name: str) -> list[str]:
    return [choice.condition for choice in describe(SCHOOLS[name]).figures.lower]


def test_a_school_without_layers_has_no_numbers(describe: Describe, tmp_path: Path) -> None:
    describe(SCHOOLS["bare"])
    settings = settings_of(tmp_path)
    with override(Language.DUTCH):
        figures = make_figure_facts(settings, make_layers(settings))
    assert not figures.has_figures
    assert (figures.tables, figures.habits, figures.membership, figures.intervals) == (
        (),
        (),
        (),
        "",
    )


def settings_of(folder: Path) -> Configuration:
    """Load what `describe` wrote."""
    return load_configuration(folder / "lesrust.toml")
