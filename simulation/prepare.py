"""Prepares the simulated school in Lesrust, as its administrator and its teachers would."""

from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path

import click

from monitor import store
from monitor.configuration import Configuration, load_configuration
from monitor.runtime import replay
from schedules.language import describe_os_error
from schedules.language import gettext as _
from simulation import files
from simulation.simulation import Simulation

type RunCommand = Callable[..., None]
"""Runs a command of Lesrust with these arguments, such as `"timetable", "import", …`."""


def prepare_school(
    folder: Path,
    simulation: Simulation,
    days: Sequence[date],
    run_command: RunCommand,
    **addresses: str,
) -> Configuration:
    """Write the school's files into a folder, import its timetable, and grant its exemptions.

    Args:
        folder: made if it is absent.
        simulation: the school.
        days: the days of the timetable.
        run_command: imports the timetable.
        addresses: where to listen, as in `files.write_school`.

    Raises:
        click.ClickException: when the folder cannot be used, or the import fails.
        Refused: when the store cannot be used.
    """
    path = _write_files(folder, simulation, days, addresses)
    with redirect_stdout(StringIO()):
        run_command("timetable", "import", str(folder / files.TIMETABLE), "--config", str(path))
    settings = load_configuration(path)
    store.connect(settings.database)
    for exemption in simulation.list_exemptions(tuple(days)):
        replay.grant_exemption(settings, exemption.request, timestamp=exemption.granted_at)
    return settings


def _write_files(
    folder: Path, simulation: Simulation, days: Sequence[date], addresses: dict[str, str]
) -> Path:
    try:
        return files.write_school(folder, simulation, days, **addresses)
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
        raise click.ClickException(f"{folder}: {describe_os_error(error)}") from error
