"""`lesrust doctor`: report the health of every part, now."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from monitor.commands.localised import LocalisedCommand
from monitor.commands.options import config_option
from monitor.runtime.refusals import exit_on_refusal

if TYPE_CHECKING:
    from monitor.configuration import Configuration
    from monitor.diagnostics.observation import Observation

SOMETHING_WRONG = 1


@click.command(cls=LocalisedCommand)
@click.option(
    "--bundle",
    "file",
    type=click.File("w", lazy=True),
    help="Write a diagnostics file instead, without any personal data; - is standard output.",
)
@config_option
def doctor(file: TextIO | None, config: Path) -> None:
    """Say how Lesrust is doing now.

    It looks at sensors, timetable, places, feeds, store, visibility and releases.

    The exit code is 0 when everything works, 1 when something does not, and 2 when the
    configuration itself is wrong.
    """
    from monitor.configuration import load_configuration
    from monitor.diagnostics.bundle import make_bundle
    from monitor.diagnostics.condition import diagnose
    from monitor.diagnostics.formatting import ConditionFormatter

    with exit_on_refusal():
        settings = load_configuration(config)
    observation, migrations = _observe(settings)
    condition = diagnose(settings, observation)
    if file is None:
        from monitor.commands.doctor.report import print_condition

        formatter = ConditionFormatter(settings.school.zone, observation.now)
        print_condition(formatter.format(condition))
    else:
        file.write(make_bundle(settings, observation, condition, migrations))
    if condition.first is not None:
        raise click.exceptions.Exit(SOMETHING_WRONG)


def _observe(settings: "Configuration") -> "tuple[Observation, tuple[str, ...]]":
    """Ask for everything; a store that cannot be opened is a finding like any other."""
    from monitor import store
    from monitor.diagnostics.observer import observe, observe_without_store
    from schedules.problem import Refused

    now = time.time()
    try:
        store.connect(settings.database)
        return observe(settings, now), store.applied_migrations()
    except (Refused, OSError, store.database_error()):
        return observe_without_store(settings, now), ()
