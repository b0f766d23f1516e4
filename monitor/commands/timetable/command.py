"""`lesrust timetable`: import the timetable, keep it up to date, and show it."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.commands.localised import LocalisedGroup
from monitor.commands.options import DAY, config_option
from monitor.commands.store_failures import exit_on_store_failure
from monitor.runtime.refusals import exit_on_refusal
from schedules.language import gettext as _

if TYPE_CHECKING:
    from monitor.commands.timetable.target import ImportTarget
    from monitor.configuration import Configuration

by_option = click.option("--by", help="Who imports, for the audit.  [default: this user]")


@click.group(cls=LocalisedGroup)
def timetable() -> None:
    """Take in the school's timetable, keep it fresh, and look at it.

    A TARGET is a file (CSV, Excel, iCalendar, an export of Untis), a folder of exports, - for
    standard input, or the name of a [[timetable]] in the configuration; without one it is the only
    [[timetable]] there is.
    """


@timetable.command()
@click.argument("target", required=False, metavar="[TARGET]")
@config_option
def preview(target: str | None, config: Path) -> None:
    """Show what TARGET holds and what importing it would change.

    Nothing is changed. The exit code is 2 when it cannot be imported as it is.
    """
    from monitor import store
    from monitor.commands.timetable import report
    from monitor.configuration.timetables import make_calendar
    from monitor.timetables.loss import refuse_loss
    from schedules import store as schedule_store
    from schedules.problem import Refused

    with exit_on_refusal(), exit_on_store_failure():
        settings, chosen = _choose(target, config)
        imported = chosen.load_timetable(settings)
        report.print_preview(imported, settings)
        if imported.problems:
            raise Refused(imported.problems)
        store.connect(settings.database)
        zone, days = settings.school.zone, imported.days
        changes = schedule_store.compare_timetable(
            imported.lessons, source=chosen.source, zone=zone, days=days
        )
        report.print_changes(changes, zone)
        calendar = make_calendar(settings.calendar)
        refuse_loss(changes, source=chosen.source, calendar=calendar, zone=zone)


@timetable.command("import")
@click.argument("target", required=False, metavar="[TARGET]")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option(
    "--source",
    default="",
    help="What the file is a version of; lessons of other sources stay as they are."
    "  [default: its [[timetable]], or its format]",
)
@click.option("--accept-fewer", is_flag=True, help="Apply it also when many lessons are gone.")
@by_option
@config_option
def import_(
    target: str | None,
    *,
    dry_run: bool,
    source: str,
    accept_fewer: bool,
    by: str | None,
    config: Path,
) -> None:
    """Import TARGET: all of it or, when anything is wrong, nothing.

    It replaces the lessons from its first day to its last. Exemptions stay with their lessons. When
    more than a tenth of the lessons on these days are gone and nothing explains it, the old
    timetable stays in force.
    """
    import getpass
    import time
    from functools import partial

    from monitor import store
    from monitor.commands.timetable import report
    from monitor.configuration.timetables import make_calendar
    from monitor.timetables.loss import refuse_loss
    from schedules import store as schedule_store
    from schedules.problem import Refused
    from schedules.store import source_states

    with exit_on_refusal(), exit_on_store_failure():
        settings, chosen = _choose(target, config)
        imported = chosen.load_timetable(settings)
        if imported.problems:
            raise Refused(imported.problems)
        store.connect(settings.database)
        name = source or chosen.source
        zone, days = settings.school.zone, imported.days
        calendar = make_calendar(settings.calendar)
        check = partial(refuse_loss, source=name, calendar=calendar, zone=zone)
        if dry_run:
            changes = schedule_store.compare_timetable(
                imported.lessons, source=name, zone=zone, days=days
            )
            report.print_preview(imported, settings)
            report.print_counts(changes)
            if not accept_fewer:
                check(changes)
            click.echo(_("Nothing is applied: this is a dry run."))
            return
        report.import_with_progress(
            imported,
            settings,
            source=name,
            by=by or getpass.getuser(),
            check=(lambda _: None) if accept_fewer else check,
        )
        source_states.record_source_read(name, time.time())
    click.echo(_("Applied."))


@timetable.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--once", is_flag=True, help="Look at each source once, and end.")
@by_option
@config_option
def watch(sources: tuple[str, ...], once: bool, by: str | None, config: Path) -> None:
    """Keep the timetable fresh: look at each SOURCE every few minutes.

    Without a SOURCE, at every [[timetable]] of the configuration. What cannot be read is told, and
    the last timetable stays in force. With --once the exit code is 1 when anything could not be.

    SIGHUP reads the configuration again, and looks at each SOURCE at once.
    """
    import getpass

    from monitor.commands.timetable.target import select_sources
    from monitor.commands.timetable.watcher import TimetableWatcher

    watcher = TimetableWatcher(lambda: select_sources(sources, config), by or getpass.getuser())
    watcher.obey_signals()
    with exit_on_refusal(), exit_on_store_failure():
        watcher.run(once=once)
    if once and watcher.has_failed:
        raise click.exceptions.Exit(1)


@timetable.command()
@click.argument("source", required=False, metavar="[SOURCE]")
@config_option
def link(source: str | None, config: Path) -> None:
    """Link with a Zermelo portal, by the 'koppelcode' that it shows.

    The token that it gives is written to the file that the [[timetable]] names as its secret, for
    its owner alone.
    """
    from monitor.timetables.servers import link_portal

    with exit_on_refusal():
        settings, chosen = _choose(source, config)
        code = click.prompt("Koppelcode", hide_input=True)
        path = link_portal(chosen.require_settings(), code, settings.outgoing.policy)
    click.echo(_("Linked. The token is in {path}.", path=path))


@timetable.command()
@click.option("--date", "day", type=DAY, help="Such as 2026-09-01 or 1-9-2026.  [default: today]")
@click.option("--room", help="Only this room.")
@config_option
def show(day: date | None, room: str | None, config: Path) -> None:
    """Show the lessons of a day."""
    from monitor import store
    from monitor.commands.tables import print_lessons
    from monitor.configuration import load_configuration
    from schedules import store as schedule_store
    from schedules.language import writing

    with exit_on_refusal(), exit_on_store_failure():
        settings = load_configuration(config)
        zone = settings.school.zone
        day = day or datetime.now(settings.school.zone).date()
        store.connect(settings.database)
        loaded = schedule_store.load_timetable(zone, day, day)
    lessons = [lesson for lesson in loaded.lessons if room is None or room in lesson.rooms]
    if lessons:
        print_lessons(lessons, zone)
    else:
        written = writing.numeric_day(day)
        if room:
            click.echo(_("No lesson is known on {day} in {room}.", day=written, room=room))
        else:
            click.echo(_("No lesson is known on {day}.", day=written))


def _choose(target: str | None, config: Path) -> "tuple[Configuration, ImportTarget]":
    from monitor.commands.timetable.target import choose_target
    from monitor.configuration import load_configuration

    settings = load_configuration(config)
    return settings, choose_target(target, settings)
