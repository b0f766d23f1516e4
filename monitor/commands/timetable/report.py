"""Prints what the timetable commands report, with a bar while they write."""

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
ROWS_WITH_BAR = 2_000
"""Rows to write, from which a progress bar is shown."""


def print_preview(imported: ImportResult, settings: Configuration) -> None:
    """Print what a timetable holds, and what an administrator may want to correct."""
    preview = preview_timetable(
        imported,
        placed_rooms=rooms_with_a_place(settings),
        bells=build_bells(settings.bells),
        calendar=build_calendar(settings.calendar),
        zone=settings.school.zone,
    )
    click.echo(f"{imported.format}: {_describe_span(preview)}")
    if preview.lessons:
        click.echo(f"{preview.percentage_with_room:.0f} % of the lessons have a room")
    for reason, count in preview.reasons:
        click.echo(f"Left out: {_count(count, 'row')}; {reason}")
        problems = [problem for problem in imported.left_out if problem.allowed == reason]
        for problem in problems[:MOST_SHOWN]:
            click.echo(f"  {problem.where}: {problem.found}")
    for day, variant in preview.other_bells:
        click.echo(f"Note: the lessons of {day} are at the times of the bells '{variant}'")
    if unplaced := preview.without_place:
        more = ", …" if len(unplaced) > MOST_NAMED else ""
        click.echo(
            f"Note: {_count(len(unplaced), 'room')} of the timetable without a place, so nothing "
            f"is counted there: {', '.join(unplaced[:MOST_NAMED])}{more}"
        )


def print_counts(changes: TimetableDifference) -> None:
    """Print how much changes."""
    click.echo(
        f"{len(changes.new)} new, {len(changes.changed)} changed, "
        f"{len(changes.gone)} gone, {changes.same} the same"
    )


def print_changes(changes: TimetableDifference, zone: ZoneInfo) -> None:
    """Print what changes: how much, and the first lessons of each kind."""
    print_counts(changes)
    for what, lessons in (
        ("new", changes.new),
        ("changed", changes.changed),
        ("gone", changes.gone),
    ):
        _print_lessons(what, lessons, zone)


def print_refresh(refresh: SourceRefresh, zone: ZoneInfo) -> None:
    """Print the result of a refresh; nothing when nothing had changed."""
    now = f"{datetime.now(zone):%H:%M}"
    if refresh.failure:
        click.echo(f"{now} {refresh.source}: {refresh.failure}", err=True)
    elif refresh.changes is not None:
        changes = refresh.changes
        click.echo(
            f"{now} {refresh.source}: {len(changes.new)} new, {len(changes.changed)} changed, "
            f"{len(changes.gone)} gone"
        )


def import_with_progress(
    imported: ImportResult, settings: Configuration, *, source: str, by: str
) -> None:
    """Print what a timetable holds and changes, and store it, with a bar if it is long.

    Raises:
        Refused: when a lesson has the name of another source's lesson.
    """
    import time

    from schedules import store as schedule_store

    with ExitStack() as stack:
        bar = _ProgressBar(stack)

        def show(changes: TimetableDifference) -> None:
            print_preview(imported, settings)
            print_counts(changes)
            bar.begin(changes)

        schedule_store.import_timetable(
            imported.lessons,
            source=source,
            by=by,
            now=time.time(),
            zone=settings.school.zone,
            days=imported.days,
            on_difference=show,
            on_progress=bar.advance,
        )


class _ProgressBar:
    """A bar on a terminal, for as long as a context lasts."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack

    def begin(self, changes: TimetableDifference) -> None:
        from rich.console import Console
        from rich.progress import Progress

        rows = len(changes.new) + 2 * len(changes.changed) + len(changes.gone)
        console = Console(stderr=True)
        hidden = rows < ROWS_WITH_BAR or not console.is_terminal
        self._bar = self._stack.enter_context(
            Progress(console=console, transient=True, disable=hidden)
        )
        self._task = self._bar.add_task("Writing lessons", total=rows)

    def advance(self, rows: int) -> None:
        self._bar.advance(self._task, rows)


def _describe_span(preview: TimetablePreview) -> str:
    if not preview.days:
        return "no lesson"
    return (
        f"{_count(preview.lessons, 'lesson')} in {_count(len(preview.rooms), 'room')} on "
        f"{_count(len(preview.days), 'day')}, {preview.days[0]} to {preview.days[-1]}"
    )


def _print_lessons(what: str, lessons: Sequence[Lesson], zone: ZoneInfo) -> None:
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
