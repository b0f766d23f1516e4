"""`lesrust check`: find what is missing before it matters, and say what to do."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.commands.finding_lines import echo_finding, wrap
from monitor.commands.localised import LocalisedCommand
from monitor.commands.options import config_option
from monitor.commands.store_failures import exit_on_store_failure
from monitor.runtime.refusals import exit_on_refusal
from schedules.language import gettext as _

if TYPE_CHECKING:
    from monitor.configuration import Configuration
    from monitor.diagnostics.finding import Finding

AHEAD = 14
"""Days of the timetable that are checked."""


@click.command(cls=LocalisedCommand)
@click.option("--offline", is_flag=True, help="Do not ask the running sensor.")
@config_option
def check(offline: bool, config: Path) -> None:
    """Say what is missing, and what to do about it.

    It looks at configuration, timetable, places and feeds.

    The exit code is 0 when nothing has to be mended, 1 when something has, and 2 when the
    configuration itself is wrong.
    """
    from monitor import store
    from monitor.configuration import load_configuration

    with exit_on_refusal(), exit_on_store_failure():
        settings = load_configuration(config)
        store.connect(settings.database)
        findings = list(_find_problems(settings, offline=offline))
        promise = _describe_promise(settings)
    for finding in sorted(findings, key=lambda finding: finding.is_note):
        echo_finding(finding)
    if not findings:
        click.echo(_("Nothing is amiss."))
    if promise:
        click.echo(wrap(promise))
    if any(not finding.is_note for finding in findings):
        raise click.exceptions.Exit(1)


def _find_problems(settings: "Configuration", *, offline: bool) -> "Iterator[Finding]":
    import time
    from datetime import datetime, timedelta

    from monitor.configuration.timetables import make_calendar
    from monitor.diagnostics.checks.approval import check_approval
    from monitor.diagnostics.checks.confirmation import check_confirmation
    from monitor.diagnostics.checks.feeds import check_feeds, check_senders
    from monitor.diagnostics.checks.floors import check_floors
    from monitor.diagnostics.checks.places import check_place_sources
    from monitor.diagnostics.checks.steering import check_steering
    from monitor.diagnostics.checks.timetable import (
        check_roster,
        check_sources,
        check_timetable,
        find_holidays,
    )
    from monitor.diagnostics.sensor_metrics import ask_sensor
    from monitor.runtime.factories import (
        load_sizes,
        make_layers,
        measured_rooms,
        rooms_with_a_place,
    )
    from monitor.store.guarded.confirmations import find_confirmation
    from schedules import store as schedule_store
    from schedules.store.source_states import list_source_states

    layers = make_layers(settings)
    today = datetime.now(settings.school.zone).date()
    last = today + timedelta(days=AHEAD)
    timetable = schedule_store.load_timetable(settings.school.zone, today, last)
    free = find_holidays(make_calendar(settings.calendar), today, last)
    yield from check_approval(settings)
    yield from check_sources(settings, list_source_states(), time.time())
    yield from check_timetable(timetable, rooms_with_a_place(settings), layers, free)
    yield from check_floors(timetable, measured_rooms(settings), layers, load_sizes(settings))
    yield from check_roster(layers)
    yield from check_place_sources(settings)
    yield from check_steering(settings)
    answer = None if offline else ask_sensor(settings)
    yield from check_confirmation(find_confirmation(settings), answer and answer.metrics)
    yield from check_senders(settings, answer and answer.metrics)
    if answer is not None:
        yield from check_feeds(answer)


def _describe_promise(settings: "Configuration") -> str:
    """Say what the figures lose of what counts once.

    Nothing where there is no figure, and where a finding says it with its condition.
    """
    from monitor.commands.privacy.words import UNITS, format_epsilon
    from monitor.identity import Unit
    from monitor.runtime.factories import make_installation_promise, make_layers

    promise = make_installation_promise(settings)
    has_figures = promise.drawn and make_layers(settings).has_figures
    if not has_figures or promise.unit is Unit.ADDRESS:
        return ""
    return _(
        "All figures of a day lose at most \N{GREEK SMALL LETTER EPSILON} = {epsilon} of {unit}.",
        epsilon=format_epsilon(promise.epsilon),
        unit=UNITS[promise.unit],
    )
