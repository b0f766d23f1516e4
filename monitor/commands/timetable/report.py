"""What the timetable commands say, and the bar that they show while they write."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from monitor.configuration import Configuration
from monitor.configuration.timetables import build_bells, build_calendar
from monitor.runtime.factories import rooms_with_a_place
from monitor.timetables.preview import TimetablePreview, preview_timetable
from monitor.timetables.refresh import SourceRefresh
from schedules.importers.importer import ImportResult
from schedules.lesson import Lesson
from schedules.store.difference import TimetableDifference

MOST_NAMED = 14
MOST_SHOWN = 5
LONG = 2_000
"""Rows to write from which a progress bar is worth its line."""


def tell(imported: ImportResult, settings: Configuration) -> None:
    """Say what a timetable holds, and what an administrator may want to mend."""
    found = preview_timetable(
        imported,
        placed=rooms_with_a_place(settings),
        bells=build_bells(settings.bells),
        calendar=build_calendar(settings.calendar),
        zone=settings.school.zone,
    )
    click.echo(f"{imported.format}: {_span(found)}")
    if found.lessons:
        click.echo(f"{found.percentage_with_room:.0f} % of the lessons have a room")
    for reason, count in found.reasons:
        click.echo(f"Left out: {_count(count, 'row')}; {reason}")
        for each in [one for one in imported.left_out if one.allowed == reason][:MOST_SHOWN]:
            click.echo(f"  {each.where}: {each.found}")
    for day, variant in found.other_bells:
        click.echo(f"Note: the lessons of {day} are at the times of the bells '{variant}'")
    if unplaced := found.without_place:
        more = ", …" if len(unplaced) > MOST_NAMED else ""
        click.echo(
            f"Note: {_count(len(unplaced), 'room')} of the timetable without a place, so nothing "
            f"is counted there: {', '.join(unplaced[:MOST_NAMED])}{more}"
        )


def tell_count(changes: TimetableDifference) -> None:
    """Say how much would change."""
    click.echo(
        f"{len(changes.new)} new, {len(changes.changed)} changed, "
        f"{len(changes.gone)} gone, {changes.same} the same"
    )


def tell_changes(changes: TimetableDifference, zone: ZoneInfo) -> None:
    """Say what would change: how much, and the first of each."""
    tell_count(changes)
    for what, lessons in (
        ("new", changes.new),
        ("changed", changes.changed),
        ("gone", changes.gone),
    ):
        _tell_lessons(what, lessons, zone)


def tell_look(look: SourceRefresh, zone: ZoneInfo) -> None:
    """Say what came of a look at a source; nothing when nothing had changed."""
    now = f"{datetime.now(zone):%H:%M}"
    if look.failure:
        click.echo(f"{now} {look.source}: {look.failure}", err=True)
    elif look.changes is not None:
        changes = look.changes
        click.echo(
            f"{now} {look.source}: {len(changes.new)} new, {len(changes.changed)} changed, "
            f"{len(changes.gone)} gone"
        )


def apply(imported: ImportResult, settings: Configuration, *, source: str, by: str) -> None:
    """Say what a timetable holds and changes, and write it to the store, with a bar if it is much.

    Raises:
        Refused: when a lesson has the name of another source's lesson.
    """
    import time

    from schedules import store as schedule_store

    with ExitStack() as opened:
        writing = _Writing(opened)

        def show(changes: TimetableDifference) -> None:
            tell(imported, settings)
            tell_count(changes)
            writing.begin(changes)

        schedule_store.import_timetable(
            imported.lessons,
            source=source,
            by=by,
            now=time.time(),
            zone=settings.school.zone,
            days=imported.days,
            on_difference=show,
            on_progress=writing.advance,
        )


class _Writing:
    """A bar on a terminal, for as long as a context lasts."""

    def __init__(self, opened: ExitStack) -> None:
        self._opened = opened

    def begin(self, changes: TimetableDifference) -> None:
        from rich.console import Console
        from rich.progress import Progress

        rows = len(changes.new) + 2 * len(changes.changed) + len(changes.gone)
        console = Console(stderr=True)
        hidden = rows < LONG or not console.is_terminal
        self._bar = self._opened.enter_context(
            Progress(console=console, transient=True, disable=hidden)
        )
        self._task = self._bar.add_task("Writing lessons", total=rows)

    def advance(self, rows: int) -> None:
        self._bar.advance(self._task, rows)


def _span(found: TimetablePreview) -> str:
    if not found.days:
        return "no lesson"
    return (
        f"{_count(found.lessons, 'lesson')} in {_count(len(found.rooms), 'room')} on "
        f"{_count(len(found.days), 'day')}, {found.days[0]} to {found.days[-1]}"
    )


def _tell_lessons(what: str, lessons: Sequence[Lesson], zone: ZoneInfo) -> None:
    for lesson in _first(lessons):
        start = lesson.start.astimezone(zone)
        rooms, groups = ", ".join(lesson.rooms) or "no room", ", ".join(lesson.groups)
        click.echo(f"  {what}: {start:%Y-%m-%d %H:%M} {rooms} {groups} ({lesson.status})")
    if len(lessons) > MOST_SHOWN:
        click.echo(f"  {what}: and {len(lessons) - MOST_SHOWN} more")


def _first(lessons: Sequence[Lesson]) -> Iterable[Lesson]:
    return sorted(lessons, key=lambda lesson: (lesson.start, lesson.instance))[:MOST_SHOWN]


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
