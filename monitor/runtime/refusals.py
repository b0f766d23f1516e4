"""Reports refused input on the terminal, a line for each problem, instead of a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from schedules.problem import Refused

EXIT_WRONG_INPUT = 2


@contextmanager
def exit_on_refusal() -> Iterator[None]:
    """Report every problem of input that is refused, and end with exit code 2."""
    try:
        yield
    except Refused as refused:
        report(refused)
        raise click.exceptions.Exit(EXIT_WRONG_INPUT) from None


@contextmanager
def report_refusal() -> Iterator[None]:
    """Report every problem of input that is refused, and go on with what is in force."""
    try:
        yield
    except Refused as refused:
        report(refused)


def report(refused: Refused) -> None:
    """Report every problem of input that is refused."""
    for problem in refused.problems:
        click.echo(f"lesrust: {problem}", err=True)
