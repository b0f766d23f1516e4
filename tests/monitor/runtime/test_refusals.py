"""Refused input is reported on the terminal."""

import click
from click.testing import CliRunner

from monitor.runtime.refusals import exit_on_refusal, report_refusal
from schedules.problem import Problem, Refused

PROBLEMS = [Problem("a.toml, key x", "1", "2"), Problem("a.toml, key y", "", "3")]
LINES = [
    "lesrust: a.toml, key x: found '1'; allowed: 2",
    "lesrust: a.toml, key y: found ''; allowed: 3",
]


def refuse() -> None:
    raise Refused(PROBLEMS)


def test_refused_input_is_a_line_for_each_problem_and_exit_code_2() -> None:
    @click.command()
    def wrong() -> None:
        with exit_on_refusal():
            refuse()

    result = CliRunner().invoke(wrong)
    assert result.exit_code == 2
    assert result.stderr.splitlines() == LINES


def test_what_runs_goes_on_after_a_line_for_each_problem() -> None:
    @click.command()
    def wrong() -> None:
        with report_refusal():
            refuse()
        click.echo("goes on")

    result = CliRunner().invoke(wrong)
    assert (result.exit_code, result.stdout) == (0, "goes on\n")
    assert result.stderr.splitlines() == LINES
