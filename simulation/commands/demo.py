"""The command `lesrust demo`: all of Lesrust on one machine, with a school that does not exist."""

import signal
import sys
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from monitor.commands.localised import LocalisedCommand
from monitor.runtime.refusals import exit_on_refusal
from schedules.language import gettext as _

MIN_DEVICES, MAX_DEVICES = 500, 5_000
MAX_SPEED = 300
ENDED_BY_SIGTERM = 128 + signal.SIGTERM


@click.command(cls=LocalisedCommand)
@click.option("--once", is_flag=True, help="End after printing, instead of serving on.")
@click.option(
    "--devices",
    type=click.IntRange(MIN_DEVICES, MAX_DEVICES),
    default=1_200,
    show_default=True,
    help="Pupils' devices.",
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="Another number, other pupils."
)
@click.option(
    "--speed",
    type=click.IntRange(1, MAX_SPEED),
    default=60,
    show_default=True,
    help="How many times as fast as real the live lesson goes.",
)
def demo(*, once: bool, devices: int, seed: int, speed: int) -> None:
    """See Lesrust work: a simulated school, here, without root.

    Four weeks go through Lesrust on simulated time. Then one lesson hour is real: clients, each
    from an address of its own, make TLS connections through the gateway (mitmproxy, which decrypts
    nothing) to a local server. What is released is shown with what is true beside it. Then the web
    application is served, with a link to sign in as each kind of person.
    """
    try:
        from simulation.live import demonstration, lesson, machine, outcome, steps, web_application
    except ImportError as error:
        raise click.ClickException(
            _(
                "The demonstration needs the gateway, and {missing} is not installed: "
                "install lesrust[gateway].",
                missing=error.name,
            )
        ) from error
    from rich.console import Console

    from schedules.calendar import monday
    from schedules.language import writing
    from simulation.commands.run_lesrust import run_lesrust
    from simulation.school.bells import ZONE
    from simulation.school.school import SimulatedSchool
    from simulation.simulation import Simulation

    console = Console(highlight=False)
    machine.check_loopback()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(ENDED_BY_SIGTERM))
    welcome = _(
        "[bold]Lesrust, a demonstration.[/] A simulated school with {pupils} pupils in 48 rooms, "
        "40 lessons at a time. All of it stays on this computer.",
        pupils=writing.number(devices),
    )
    console.print(welcome, end="\n\n")
    with TemporaryDirectory(prefix="lesrust-demo-") as folder, lesson.LiveProcesses() as processes:
        run = demonstration.DemonstrationRun(
            simulation=Simulation(SimulatedSchool(devices, demonstration.NETWORK), seed),
            folder=Path(folder),
            monday=monday(datetime.now(ZONE).date()),
            speed=speed,
            max_connections=machine.limit_connections(),
            run_command=run_lesrust,
        )
        with exit_on_refusal(), steps.show_steps(Console(stderr=True)) as step_progress:
            result = run.run(processes, step_progress)
        outcome.print_outcome(result, console, run_lesrust)
        if not once:
            with web_application.serve_pages(result.configuration, result.timestamp) as links:
                outcome.print_links(result, links, console)
                console.print(
                    _("The school's clock stands still; the gateway runs on. To end: Ctrl-C.")
                )
                processes.serve_on()
            console.print(_("The demonstration has ended, and its files are gone."))
