"""The command `lesrust simulate`: a school that does not exist, and weeks of what happens there."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.commands.localised import LocalisedCommand
from monitor.commands.options import DAY
from monitor.runtime.refusals import exit_on_refusal
from schedules.language import describe_os_error
from schedules.language import gettext as _

if TYPE_CHECKING:
    from monitor.configuration import Configuration
    from simulation.simulation import Simulation
    from simulation.truth import GroundTruth

FIRST_DAY = "2026-08-31"
MIN_DEVICES, MAX_DEVICES, MAX_DAYS = 48, 100_000, 400


@click.command(cls=LocalisedCommand)
@click.option(
    "--devices",
    type=click.IntRange(MIN_DEVICES, MAX_DEVICES),
    default=1_200,
    show_default=True,
    help="Pupils' devices. From 500 on there are figures by the hour and the day.",
)
@click.option(
    "--days",
    type=click.IntRange(1, MAX_DAYS),
    default=5,
    show_default=True,
    help="School days, Monday to Friday.",
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="Another number, other pupils."
)
@click.option(
    "--from",
    "first",
    type=DAY,
    metavar="YYYY-MM-DD",
    default=FIRST_DAY,
    show_default=True,
    help="The first day.",
)
@click.option(
    "--into",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default="simulated-school",
    show_default=True,
    help="A new folder for the school's files and its store.",
)
@click.option(
    "--capture",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the traffic to this capture (pcap), instead of through Lesrust.",
)
def simulate(
    *, devices: int, days: int, seed: int, first: date, folder: Path, capture: Path | None
) -> None:
    """Simulate a school, and what is used in each lesson. What is true is written down.

    The folder gets what an administrator would make (lesrust.toml, rooster.csv), a store with the
    timetable and two exemptions for each Monday, and truth.csv. Then the traffic goes through
    Lesrust and its figures are released into the store, or it is written to a capture.

    What is true is what people did, and not what it looks like: phones poll in pockets, pages have
    films in them, and somebody who looks for some seconds has used nothing. Lesrust has to tell.

    The same number of devices and days, first day and seed give the same files, byte for byte.
    Released figures differ each time: their noise is real.
    """
    from simulation.commands.run_lesrust import run_lesrust
    from simulation.files import TRUTH
    from simulation.prepare import prepare_school
    from simulation.school.school import SimulatedSchool
    from simulation.simulation import Simulation, list_school_days
    from simulation.traffic.everyday import EverydayBehaviour

    simulation = Simulation(SimulatedSchool(devices), seed, EverydayBehaviour)
    school_days = list_school_days(first, days)
    with exit_on_refusal():
        settings = prepare_school(folder, simulation, school_days, run_lesrust)
        truth = simulation.new_truth()
        if capture:
            _write_capture(capture, simulation, school_days, truth)
        else:
            _release(settings, simulation, school_days, truth)
    (folder / TRUTH).write_text(truth.format_csv(), "utf-8")
    _report(folder, capture)


def _write_capture(
    path: Path, simulation: "Simulation", days: tuple[date, ...], truth: "GroundTruth"
) -> None:
    try:
        from simulation.captures.capture import write_capture
    except ImportError as error:
        raise click.ClickException(_("A capture needs scapy: install lesrust[gateway].")) from error
    try:
        show_progress(days, lambda progress: write_capture(path, simulation, days, truth, progress))
    except OSError as error:
        raise click.ClickException(f"{path}: {describe_os_error(error)}") from error


def _release(
    settings: "Configuration",
    simulation: "Simulation",
    days: tuple[date, ...],
    truth: "GroundTruth",
) -> None:
    from simulation.history import release_days

    show_progress(
        days,
        lambda progress: release_days(settings, simulation, days, truth, progress=progress),
    )


def show_progress(days: tuple[date, ...], work: Callable[[Callable[[date], None]], object]) -> None:
    """Do work on days, with a bar that shows its progress."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from simulation.school.bells import BREAKS, LESSON_HOURS

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=len(days) * len(LESSON_HOURS + BREAKS))
        work(lambda day: bar.update(task, advance=1, description=f"{day}"))


def _report(folder: Path, capture: Path | None) -> None:
    click.echo(
        _(
            "The school is in {folder}: lesrust.toml, rooster.csv, truth.csv and its store.",
            folder=folder,
        )
    )
    if capture:
        click.echo(_("Its traffic is in {capture}.", capture=capture))
        return
    click.echo(_("Its figures, with what is true beside them:"))
    click.echo(f"  lesrust figures --config {folder}/lesrust.toml --beside {folder}/truth.csv")
