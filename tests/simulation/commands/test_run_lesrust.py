import click
import pytest

from simulation.commands.run_lesrust import run_lesrust


def test_a_command_that_refuses_ends_ours(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(click.exceptions.Exit):
        run_lesrust("figures", "--config", "nowhere.toml")
    assert "nowhere.toml" in capsys.readouterr().err
