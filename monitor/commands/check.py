"""`lesrust check`: what is missing before it matters, each with its remedy."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.commands.options import config_option
from monitor.commands.store_failures import exit_on_store_failure
from monitor.runtime.refusals import exit_on_refusal

if TYPE_CHECKING:
    from monitor.configuration import Configuration
    from monitor.diagnostics.finding import Finding
    from monitor.diagnostics.wording import Wording

MOST_NAMED = 14
AHEAD = 14
"""Days of the timetable that are looked at."""


@click.command()
@click.option(
    "--lang", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Language."
)
@click.option("--offline", is_flag=True, help="Do not ask the running sensor.")
@config_option
def check(lang: str, offline: bool, config: Path) -> None:
    """Say what is missing in configuration, timetable, places and feeds, and what to do.

    The exit code is 0 when nothing has to be mended, 1 when something has, and 2 when the
    configuration itself is wrong.
    """
    from monitor import store
    from monitor.configuration import load_configuration
    from monitor.diagnostics.wording import LANGUAGES

    wording = LANGUAGES[lang]
    with exit_on_refusal(), exit_on_store_failure():
        settings = load_configuration(config)
        store.connect(settings.database)
        findings = list(_findings(settings, offline=offline))
    for finding in sorted(findings, key=lambda one: one.is_note):
        _tell(finding, wording)
    if not findings:
        click.echo(wording.nothing)
    if any(not finding.is_note for finding in findings):
        raise click.exceptions.Exit(1)


def _findings(settings: "Configuration", *, offline: bool) -> "Iterator[Finding]":
    import time
    from datetime import datetime, timedelta

    from monitor.configuration.timetables import build_calendar
    from monitor.diagnostics import places, schedule, sensor_health
    from monitor.runtime.factories import make_layers, rooms_with_a_place
    from schedules import store as schedule_store
    from schedules.store import source_states

    layers = make_layers(settings)
    today = datetime.now(settings.school.zone).date()
    last = today + timedelta(days=AHEAD)
    timetable = schedule_store.load_timetable(settings.school.zone, today, last)
    free = schedule.find_holidays(build_calendar(settings.calendar), today, last)
    yield from schedule.check_sources(settings, source_states.list_source_states(), time.time())
    yield from schedule.check_timetable(timetable, rooms_with_a_place(settings), layers, free)
    yield from schedule.check_roster(layers)
    yield from places.check_place_sources(settings)
    if not offline:
        sensor = settings.health.address
        seen = sensor_health.fetch_metrics(sensor)
        yield from sensor_health.check_feeds(
            seen, () if seen is None else sensor_health.fetch_unmapped(sensor)
        )


def _tell(finding: "Finding", wording: "Wording") -> None:
    said = wording.findings[finding.kind]
    named = finding.about if finding.is_named_whole else finding.about[:MOST_NAMED]
    about = ", ".join(named)
    if len(finding.about) > len(named):
        about += ", " + wording.more.format(count=len(finding.about) - len(named))
    label, colour = (wording.note, "cyan") if finding.is_note else (wording.problem, "yellow")
    text = said.found.format(about=about, count=finding.count)
    click.echo(f"{click.style(label, fg=colour, bold=True)}  {text}")
    click.echo(f"        {wording.remedy}{said.remedy}")
