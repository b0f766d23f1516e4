"""Makes the simulated school known to Lesrust, as its administrator and its teachers would."""

from collections.abc import Sequence
from contextlib import redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path

import click

from monitor import store
from monitor.commands.cli import main
from monitor.configuration import Configuration, load_configuration
from monitor.runtime import replay
from schedules.language import active
from schedules.language import gettext as _
from simulation import files
from simulation.simulation import Simulation


def prepare_school(
    folder: Path, simulated: Simulation, days: Sequence[date], **addresses: str
) -> Configuration:
    """Write the school's files into a folder, import its timetable, and grant what is allowed.

    Raises:
        click.ClickException: when the folder cannot be used, or the import fails.
        Refused: when the store cannot be used.
    """
    path = _written(folder, simulated, days, addresses)
    with redirect_stdout(StringIO()):
        lesrust("timetable", "import", str(folder / files.TIMETABLE), "--config", str(path))
    settings = load_configuration(path)
    store.connect(settings.database)
    for permission in simulated.list_exemptions(tuple(days)):
        replay.grant_exemption(settings, permission.request, timestamp=permission.granted_at)
    return settings


def _written(
    folder: Path, simulated: Simulation, days: Sequence[date], addresses: dict[str, str]
) -> Path:
    try:
        return files.write_school(folder, simulated, days, **addresses)
    except FileExistsError:
        raise click.ClickException(
            _(
                "{folder} has a {file} already, and that may be a real school's; give another "
                "folder with --into.",
                folder=folder,
                file=files.CONFIGURATION,
            )
        ) from None
    except OSError as error:
        raise click.ClickException(f"{folder}: {error.strerror}") from error


def lesrust(*arguments: str) -> None:
    """Give one of our own commands, as a person would, in the language that is spoken now.

    Raises:
        click.ClickException: when it refuses what it is given.
        click.exceptions.Exit: when it has said what it refuses.
    """
    if code := main.main(
        [*arguments, "--lang", active().value], prog_name="lesrust", standalone_mode=False
    ):
        raise click.exceptions.Exit(code)
