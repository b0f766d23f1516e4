"""The command `lesrust`: it only collects the commands that live beside what they run."""

import gc
import os
from functools import cache
from importlib.metadata import EntryPoint, EntryPoints, distribution, entry_points

import click

from monitor.commands.click_words import click_speaking
from monitor.commands.localised import LocalisedGroup
from schedules.language import Language

_GROUP = "lesrust.commands"
_LARGE_GENERATION = 100_000


class EntryPointGroup(LocalisedGroup):
    """A group whose commands are entry points, loaded only when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List every command that is installed."""
        return sorted(entry_points(group=_GROUP).names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command: Lesrust's own, or else one that another package announces."""
        point = _find(_own_entry_points(), cmd_name) or _find(entry_points(), cmd_name)
        # Click looks some of its words up when a command is made: they stand in English there.
        with click_speaking(Language.ENGLISH):
            return point.load() if point else None


@cache
def _own_entry_points() -> EntryPoints:
    return distribution("lesrust").entry_points


def _find(points: EntryPoints, command: str) -> EntryPoint | None:
    return next(iter(points.select(group=_GROUP, name=command)), None)


@click.group(cls=EntryPointGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    package_name="lesrust",
    prog_name="lesrust",
    message="%(prog)s %(version)s",
    help="Show the version and end.",
)
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
