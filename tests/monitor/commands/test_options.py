"""Options that several commands have: the configuration, and a day."""

import os
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from monitor.commands import options
from monitor.commands.localised import LocalisedCommand
from monitor.commands.options import DAY, config_option, optional_config_option

NOBODY = 65_534


@click.command(cls=LocalisedCommand)
@config_option
def needing(config: Path) -> None:
    click.echo(config)


@click.command(cls=LocalisedCommand)
@optional_config_option
def optional(config: Path | None) -> None:
    click.echo(config)


@click.command(cls=LocalisedCommand)
@click.option("--day", type=DAY, default="2026-08-31")
def daily(day: date) -> None:
    click.echo(day)


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Give where a configuration is looked for."""
    paths = (tmp_path / "lesrust.toml", tmp_path / "etc.toml")
    monkeypatch.setattr(options, "CONFIGURATION_PATHS", paths)
    return paths


def test_without_a_configuration_it_is_said_where_one_was_looked_for(
    paths: tuple[Path, Path],
) -> None:
    result = CliRunner().invoke(needing, ["--lang", "nl"])
    assert result.exit_code == 2
    assert "er is er geen op" in result.stderr
    assert all(str(path) in result.stderr for path in paths)


def test_the_configuration_of_this_folder_goes_before_that_of_the_machine(
    paths: tuple[Path, Path],
) -> None:
    paths[1].touch()
    assert CliRunner().invoke(needing, []).stdout == f"{paths[1]}\n"
    paths[0].touch()
    assert CliRunner().invoke(needing, []).stdout == f"{paths[0]}\n"
    assert CliRunner().invoke(optional, []).stdout == f"{paths[0]}\n"


def test_a_folder_that_nobody_may_look_into_has_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As with `sudo -u lesrust lesrust …` in the home folder of an administrator."""
    home, machine = tmp_path / "home", Path("/etc/passwd")
    home.mkdir(0o000)
    monkeypatch.setattr(options, "CONFIGURATION_PATHS", (home / "lesrust.toml", machine))
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        found = CliRunner().invoke(needing, [])
    finally:
        os.seteuid(user)
    assert found.stdout == f"{machine}\n"


@pytest.mark.usefixtures("paths")
def test_a_command_that_works_without_a_configuration_does() -> None:
    assert CliRunner().invoke(optional, []).stdout == "\n"


@pytest.mark.parametrize("written", ["2026-09-01", "1-9-2026"])
def test_a_day_is_written_as_a_computer_or_as_a_school_does(written: str) -> None:
    assert CliRunner().invoke(daily, ["--day", written]).stdout == "2026-09-01\n"


def test_a_day_that_is_none_is_refused_with_what_would_be_one() -> None:
    result = CliRunner().invoke(daily, ["--day", "31-2-2026", "--lang", "en"])
    assert result.exit_code == 2
    assert "found '31-2-2026'; allowed: a date such as 2026-09-01" in result.stderr
