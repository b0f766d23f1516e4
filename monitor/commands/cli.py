"""The command `lesrust`: it only collects the commands that live beside what they run."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import EntryPoint, EntryPoints, distribution, entry_points
from pathlib import Path
from typing import Any

import click

from schedules.problem import Refused

WRONG_INPUT = 2
_GROUP = "lesrust.commands"
_LARGE_GENERATION = 100_000
CONFIGURATION_PLACES = (Path("lesrust.toml"), Path("/etc/lesrust/lesrust.toml"))

type Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _default_configuration() -> Path:
    return next((path for path in CONFIGURATION_PLACES if path.is_file()), CONFIGURATION_PLACES[0])


config_option: Decorator = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="LESRUST_CONFIG",
    default=_default_configuration,
    show_default="./lesrust.toml, else /etc/lesrust/lesrust.toml",
    help="The configuration file.",
)

config_if_there: Decorator = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    envvar="LESRUST_CONFIG",
    default=lambda: next((path for path in CONFIGURATION_PLACES if path.is_file()), None),
    show_default="./lesrust.toml, else /etc/lesrust/lesrust.toml, else none",
    help="The configuration file.",
)


@contextmanager
def refusals() -> Iterator[None]:
    """Print input that was refused, a line for each problem, and end with exit code 2."""
    try:
        yield
    except Refused as refused:
        for problem in refused.problems:
            click.echo(f"lesrust: {problem}", err=True)
        raise click.exceptions.Exit(WRONG_INPUT) from None


class Collected(click.Group):
    """A group whose commands are entry points, loaded only when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every command that is installed."""
        return sorted(entry_points(group=_GROUP).names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command: of ours, or else of whatever else is installed."""
        ours = distribution("lesrust").entry_points
        found = _of(ours, cmd_name) or _of(entry_points(), cmd_name)
        return found.load() if found else None


def _of(points: EntryPoints, command: str) -> EntryPoint | None:
    return next(iter(points.select(group=_GROUP, name=command)), None)


@click.group(cls=Collected, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lesrust", prog_name="lesrust")
def main() -> None:
    """Show how much social media there is in lessons, without knowing anything about anyone.

    Start with `lesrust demo`: a simulated school on this machine. For completion in bash:
    eval "$(_LESRUST_COMPLETE=bash_source lesrust)"; zsh and fish likewise.
    """
    # Every file that is made here is for its owner and the store's group only.
    os.umask(0o027)
    # What is imported stays, and so does most of what a command makes until it ends: looking for
    # garbage in it takes a tenth of a command's start, and a twelfth of reading captures.
    gc.set_threshold(_LARGE_GENERATION, 20, 20)
