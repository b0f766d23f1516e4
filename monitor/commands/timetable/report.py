"""Prints what the timetable commands report, with a bar while they write."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from monitor.commands.tables import STATUSES
from monitor.configuration import Configuration
from monitor.configuration.timetables import make_bells, make_calendar
from monitor.runtime.factories import rooms_with_a_place
from monitor.timetables.preview import TimetablePreview, preview_timetable
from monitor.timetables.refresh import SourceRefresh
from schedules.importers.importer import ImportResult
from schedules.language import gettext, ngettext, writing
from schedules.lesson import Lesson
from schedules.problem import Problem
from schedules.store.difference import TimetableDifference

if TYPE_CHECKING:
    from schedules.store import OnDifference

MAX_NAMED = 14
MAX_SHOWN = 5
ROWS_WITH_BAR = 2_000
"""Rows to write, from which a progress bar is shown."""


def print_preview(imported: ImportResult, settings: Configuration) -> None:
    """Print what a timetable holds, and what an administrator may want to correct."""
    preview = preview_timetable(
        imported,
        placed_rooms=rooms_with_a_place(settings),
        bells=make_bells(settings.bells),
        calendar=make_calendar(settings.calendar),
        zone=settings.school.zone,
    )
    click.echo(f"{imported.format}: {_describe_span(preview)}")
    if preview.lessons:
        percentage = writing.number(preview.percentage_with_room)
        click.echo(gettext("{percentage} % of the lessons have a room", percentage=percentage))
    for reason, count in preview.reasons:
        click.echo(
            ngettext(
                "Left out: {count} row; {reason}",
                "Left out: {count} rows; {reason}",
                count,
                reason=reason,
            )
        )
        rows = [problem for problem in imported.left_out if problem.allowed == reason]
        for row in rows[:MAX_SHOWN]:
            click.echo(f"  {row.where}: {row.found}")
    _print_unreadable(imported.unreadable)
    for day, variant in preview.other_bells:
        click.echo(
            gettext(
                "Note: the lessons of {day} are at the times of the bells '{variant}'",
                day=writing.numeric_day(day),
                variant=variant,
            )
        )
    if unplaced := preview.without_place:
        more = ", …" if len(unplaced) > MAX_NAMED else ""
        rooms = f"{', '.join(unplaced[:MAX_NAMED])}{more}"
        click.echo(
            ngettext(
                "Note: {count} room of the timetable without a place, so nothing is counted "
                "there: {rooms}",
                "Note: {count} rooms of the timetable without a place, so nothing is counted "
                "there: {rooms}",
                len(unplaced),
                rooms=rooms,
            )
        )


def _print_unreadable(lessons: Sequence[Problem]) -> None:
    if not lessons:
        return
    click.echo(_count_unreadable(sum(lesson.rows for lesson in lessons)))
    for lesson in lessons[:MAX_SHOWN]:
        click.echo(f"  {lesson}")
    if rest := sum(lesson.rows for lesson in lessons[MAX_SHOWN:]):
        click.echo(f"  {gettext('and {count} more', count=rest)}")


def _count_unreadable(count: int) -> str:
    return ngettext(
        "Cannot be read, so nothing is counted in it: {count} lesson",
        "Cannot be read, so nothing is counted in them: {count} lessons",
        count,
    )


def print_counts(changes: TimetableDifference) -> None:
    """Print how much changes."""
    same = gettext("{count} the same", count=writing.number(changes.same))
    click.echo(f"{_changes(changes)}, {same}")


def print_changes(changes: TimetableDifference, zone: ZoneInfo) -> None:
    """Print what changes: how much, and the first lessons of each kind."""
    print_counts(changes)
    for change, lessons in (
        (gettext("new"), changes.new),
        (gettext("changed"), changes.changed),
        (gettext("gone"), changes.gone),
    ):
        _print_lessons(change, lessons, zone)


def print_refresh(refresh: SourceRefresh, zone: ZoneInfo) -> None:
    """Print the result of a refresh; nothing when nothing had changed."""
    now = f"{datetime.now(zone):%H:%M}"
    if refresh.failure:
        click.echo(f"{now} {refresh.source}: {refresh.failure}", err=True)
        return
    if refresh.missing:
        click.echo(f"{now} {refresh.source}: {refresh.missing}", err=True)
    if refresh.changes is not None:
        click.echo(f"{now} {refresh.source}: {_changes(refresh.changes)}")
        if refresh.unreadable:
            click.echo(f"{now} {refresh.source}: {_count_unreadable(refresh.unreadable)}")


def import_with_progress(
    imported: ImportResult,
    settings: Configuration,
    *,
    source: str,
    by: str,
    check: "OnDifference" = lambda _: None,
) -> None:
    """Print what a timetable holds and changes, and store it, with a bar if it is long.

    Args:
        imported: the timetable.
        settings: the school's configuration.
        source: the name of its source.
        by: who imports, for the audit.
        check: called with the changes before anything is written; may raise Refused.

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
            check(changes)
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
        self._task = self._bar.add_task(gettext("Writing lessons"), total=rows)

    def advance(self, rows: int) -> None:
        self._bar.advance(self._task, rows)


def _describe_span(preview: TimetablePreview) -> str:
    if not preview.days:
        return gettext("no lesson")
    return gettext(
        "{lessons} in {rooms} on {days}, {first} to {last}",
        lessons=ngettext("{count} lesson", "{count} lessons", preview.lessons),
        rooms=ngettext("{count} room", "{count} rooms", len(preview.rooms)),
        days=ngettext("{count} day", "{count} days", len(preview.days)),
        first=writing.numeric_day(preview.days[0]),
        last=writing.numeric_day(preview.days[-1]),
    )


def _changes(changes: TimetableDifference) -> str:
    return gettext(
        "{new} new, {changed} changed, {gone} gone",
        new=writing.number(len(changes.new)),
        changed=writing.number(len(changes.changed)),
        gone=writing.number(len(changes.gone)),
    )


def _print_lessons(what: str, lessons: Sequence[Lesson], zone: ZoneInfo) -> None:
    for lesson in _first(lessons):
        start = writing.numeric_day_and_time(lesson.start.timestamp(), zone)
        rooms, groups = ", ".join(lesson.rooms) or gettext("no room"), ", ".join(lesson.groups)
        click.echo(f"  {what}: {start} {rooms} {groups} ({STATUSES[lesson.status]})")
    if len(lessons) > MAX_SHOWN:
        more = gettext("and {count} more", count=writing.number(len(lessons) - MAX_SHOWN))
        click.echo(f"  {what}: {more}")


def _first(lessons: Sequence[Lesson]) -> Iterable[Lesson]:
    return sorted(lessons, key=lambda lesson: (lesson.start, lesson.instance))[:MAX_SHOWN]
