"""The command `lesrust simulate`: a school that does not exist, and weeks of what happens there."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.commands.options import language_option
from monitor.runtime.refusals import exit_on_refusal
from schedules.language import gettext as _

if TYPE_CHECKING:
    from monitor.configuration import Configuration
    from simulation.simulation import Simulation
    from simulation.truth import GroundTruth

FIRST_DAY = "2026-08-31"
FEWEST_DEVICES, MOST_DEVICES, MOST_DAYS = 48, 100_000, 400


@click.command()
@click.option(
    "--devices",
    type=click.IntRange(FEWEST_DEVICES, MOST_DEVICES),
    default=1_200,
    show_default=True,
    help="Pupils' devices. From 500 on there are figures by the hour and the day.",
)
@click.option(
    "--days",
    type=click.IntRange(1, MOST_DAYS),
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
    type=click.DateTime(["%Y-%m-%d"]),
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
@language_option
def simulate(
    *, devices: int, days: int, seed: int, first: datetime, folder: Path, capture: Path | None
) -> None:
    """Simulate a school: who uses what in which lesson, with what is true written down.

    The folder gets what an administrator would make (lesrust.toml, rooster.csv), a store with the
    timetable and two exemptions for each Monday, and truth.csv. Then the traffic goes through
    Lesrust and its figures are released into the store, or it is written to a capture.

    What is true is what people did, and not what it looks like: phones poll in pockets, pages have
    films in them, and somebody who looks for some seconds has used nothing. Lesrust has to tell.

    The same number of devices and days, first day and seed give the same files, byte for byte.
    Released figures differ each time: their noise is real.
    """
    from simulation.files import TRUTH
    from simulation.prepare import prepare_school
    from simulation.school.school import SimulatedSchool
    from simulation.simulation import Simulation, list_school_days
    from simulation.traffic.everyday import EverydayBehaviour

    simulated = Simulation(SimulatedSchool(devices), seed, EverydayBehaviour)
    lived = list_school_days(first.date(), days)
    with exit_on_refusal():
        settings = prepare_school(folder, simulated, lived)
        truth = simulated.new_truth()
        if capture:
            _write(capture, simulated, lived, truth)
        else:
            _feed(settings, simulated, lived, truth)
    (folder / TRUTH).write_text(truth.format_csv(), "utf-8")
    _tell(folder, capture)


def _write(
    path: Path, simulated: "Simulation", days: tuple[date, ...], truth: "GroundTruth"
) -> None:
    try:
        from simulation.captures.capture import write_capture
    except ImportError as error:
        raise click.ClickException(_("A capture needs scapy: install lesrust[gateway].")) from error
    try:
        show_progress(days, lambda told: write_capture(path, simulated, days, truth, told))
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from error


def _feed(
    settings: "Configuration", simulated: "Simulation", days: tuple[date, ...], truth: "GroundTruth"
) -> None:
    from simulation.history import release_days

    show_progress(days, lambda told: release_days(settings, simulated, days, truth, progress=told))


def show_progress(days: tuple[date, ...], work: Callable[[Callable[[date], None]], object]) -> None:
    """Do what works through days, with a bar that says how far it is."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from simulation.school.bells import BREAKS, LESSON_HOURS

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=len(days) * len(LESSON_HOURS + BREAKS))
        work(lambda day: bar.update(task, advance=1, description=f"{day}"))


def _tell(folder: Path, capture: Path | None) -> None:
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
