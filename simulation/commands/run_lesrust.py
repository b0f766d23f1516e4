"""Runs other commands of Lesrust from within a command, as a person would."""

import click

from monitor.commands.cli import main
from schedules.language import active


def run_lesrust(*arguments: str) -> None:
    """Run a command in this process, in the active language.

    Raises:
        click.ClickException: when it refuses its input.
        click.exceptions.Exit: when it has reported what it refuses.
    """
    words = [*arguments, "--lang", active().value]
    if code := main.main(words, prog_name="lesrust", standalone_mode=False):
        raise click.exceptions.Exit(code)
