"""`lesrust doctor`: how everything is at this moment, part by part."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from monitor.commands.options import config_option
from monitor.runtime.refusals import exit_on_refusal

if TYPE_CHECKING:
    from monitor.configuration import Configuration
    from monitor.diagnostics.condition import Observation

SOMETHING_WRONG = 1


@click.command()
@click.option(
    "--lang",
    type=click.Choice(["nl", "en"]),
    default="nl",
    show_default=True,
    help="The language of what is said.",
)
@click.option(
    "--bundle",
    "file",
    type=click.File("w", lazy=True),
    help="Write a diagnostics file instead, without any personal data; - is standard output.",
)
@config_option
def doctor(lang: str, file: TextIO | None, config: Path) -> None:
    """Say how Lesrust is now: sensors, timetable, places, feeds, store, visibility and releases.

    The exit code is 0 when everything works, 1 when something does not, and 2 when the
    configuration itself is wrong.
    """
    from monitor.configuration import load_configuration
    from monitor.diagnostics.bundle import build_bundle
    from monitor.diagnostics.condition import diagnose
    from monitor.diagnostics.formatting import ConditionFormatter

    with exit_on_refusal():
        settings = load_configuration(config)
    seen, migrations = _observed(settings)
    found = diagnose(settings, seen)
    if file is None:
        from monitor.commands.doctor.report import print_condition

        print_condition(ConditionFormatter(lang, settings.school.zone, seen.now).tell(found), lang)
    else:
        file.write(build_bundle(settings, seen, found, migrations))
    if found.first is not None:
        raise click.exceptions.Exit(SOMETHING_WRONG)


def _observed(settings: "Configuration") -> "tuple[Observation, tuple[str, ...]]":
    """Look at everything; a store that cannot be opened is a finding like any other."""
    from monitor import store
    from monitor.diagnostics import observation
    from schedules.problem import Refused

    now = time.time()
    try:
        store.connect(settings.database)
        return observation.observe(settings, now), store.applied_migrations()
    except (Refused, OSError, store.database_error()):
        return observation.observe_without_store(settings, now), ()
