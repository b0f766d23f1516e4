"""`lesrust timetable`: take in the school's timetable, and look at what is known of it."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from monitor.cli import config_option, refusals
from monitor.commands.store_failures import store_failures

if TYPE_CHECKING:
    from datetime import date

    from monitor.configuration import Configuration
    from schedules.difference import Difference
    from schedules.lesson import Lesson

MOST_ROOMS_NAMED = 10
LONG = 2_000
"""Rows to write from which a progress bar is worth its line."""


@click.group()
def timetable() -> None:
    """Take in the school's timetable, and look at it."""


@timetable.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option(
    "--source",
    default="csv",
    show_default=True,
    help="What the file is a version of; lessons of other sources stay as they are.",
)
@click.option("--by", default=None, help="Who imports, for the audit.  [default: this user]")
@config_option
def take_in(file: IO[bytes], dry_run: bool, source: str, by: str | None, config: Path) -> None:
    """Import FILE, a CSV file: all of it or, when anything is wrong, nothing.

    It replaces the lessons from its first day to its last. Exemptions stay with their lessons.
    """
    import getpass

    from monitor import configuration, store
    from schedules import store as schedules

    with refusals(), store_failures():
        settings = configuration.read(config)
        lessons = _parsed(file, settings)
        store.connect(settings.database)
        changes = schedules.compare(lessons, source=source, zone=settings.school.zone)
        _tell(lessons, changes, settings, file.name)
        if dry_run:
            click.echo("Nothing is applied: this is a dry run.")
            return
        _apply(lessons, changes, settings, source=source, by=by or getpass.getuser())
    click.echo("Applied.")


@timetable.command()
@click.option("--date", "day", default="", help="Such as 2026-09-01 or 1-9-2026.  [default: today]")
@click.option("--room", help="Only this room.")
@config_option
def show(day: str, room: str | None, config: Path) -> None:
    """Show the lessons of a day."""
    from monitor import configuration, store
    from monitor.commands.tables import print_lessons
    from schedules import store as schedules

    with refusals(), store_failures():
        settings = configuration.read(config)
        zone = settings.school.zone
        chosen = _day(day, settings)
        store.connect(settings.database)
        loaded = schedules.load_timetable(zone, chosen, chosen)
    found = [each for each in loaded.lessons if room is None or room in each.rooms]
    if found:
        print_lessons(found, zone)
    else:
        where = f" in {room}" if room else ""
        click.echo(f"No lesson is known on {chosen}{where}.")


def _parsed(file: IO[bytes], settings: "Configuration") -> "list[Lesson]":
    from schedules.csv import parse
    from schedules.problem import Problem, Refused
    from schedules.spreadsheet import MOST_BYTES

    try:
        content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refused([Problem(file.name, error.strerror or "", "a readable file")]) from error
    lessons, problems = parse(content, name=file.name, zone=settings.school.zone)
    if problems:
        raise Refused(problems)
    return lessons


def _tell(
    lessons: "Sequence[Lesson]", changes: "Difference", settings: "Configuration", name: str
) -> None:
    rooms = {room for lesson in lessons for room in lesson.rooms}
    days = {lesson.start.astimezone(settings.school.zone).date() for lesson in lessons}
    click.echo(
        f"{name}: {len(lessons)} lessons in {len(rooms)} rooms on {len(days)} days, "
        f"{min(days)} to {max(days)}"
    )
    click.echo(
        f"{len(changes.new)} new, {len(changes.changed)} changed, "
        f"{len(changes.gone)} gone, {changes.same} the same"
    )
    unplaced = sorted(rooms - {place.room for place in settings.places})
    if unplaced:
        more = ", …" if len(unplaced) > MOST_ROOMS_NAMED else ""
        named = ", ".join(unplaced[:MOST_ROOMS_NAMED])
        click.echo(
            f"Note: {len(unplaced)} rooms have no [[place]], so nothing is counted there: "
            f"{named}{more}"
        )


def _apply(
    lessons: "Sequence[Lesson]",
    changes: "Difference",
    settings: "Configuration",
    *,
    source: str,
    by: str,
) -> None:
    import time

    from rich.console import Console
    from rich.progress import Progress

    from schedules import store as schedules

    rows = len(changes.new) + 2 * len(changes.changed) + len(changes.gone)
    console = Console(stderr=True)
    hidden = rows < LONG or not console.is_terminal
    with Progress(console=console, transient=True, disable=hidden) as bar:
        task = bar.add_task("Writing lessons", total=rows)
        schedules.import_timetable(
            lessons,
            source=source,
            by=by,
            now=time.time(),
            zone=settings.school.zone,
            progress=lambda count: bar.advance(task, count),
        )


def _day(text: str, settings: "Configuration") -> "date":
    from datetime import datetime

    from schedules.problem import Problem, Refused
    from schedules.unreadable import Unreadable
    from schedules.wall_time import read_date

    if not text:
        return datetime.now(settings.school.zone).date()
    try:
        return read_date(text)
    except Unreadable as wrong:
        raise Refused([Problem("--date", wrong.found, wrong.allowed)]) from None
