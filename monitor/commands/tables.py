"""Prints tables on a terminal of any width."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from schedules.lesson import Lesson

WIDE = 200
"""Columns when the output is a file or a pipe, so that nothing is cut."""


def print_table(headers: Iterable[object], rows: Iterable[Sequence[str]]) -> None:
    """Print rows below their headers; nothing in them is taken for markup."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDE)
    table = Table(*map(str, headers), box=None, pad_edge=False)
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)


def print_lessons(lessons: Iterable[Lesson], zone: ZoneInfo) -> None:
    """Print the lessons of a day."""
    headers = ("period", "time", "rooms", "groups", "teachers", "status", "id")
    print_table(headers, [_format_row(lesson, zone) for lesson in lessons])


def format_clock(time: datetime, zone: ZoneInfo) -> str:
    """Format the time that the school's clocks show."""
    return f"{time.astimezone(zone):%H:%M}"


def _format_row(lesson: Lesson, zone: ZoneInfo) -> tuple[str, ...]:
    return (
        lesson.period,
        f"{format_clock(lesson.start, zone)}-{format_clock(lesson.end, zone)}",
        ", ".join(lesson.rooms),
        ", ".join(lesson.groups),
        ", ".join(lesson.teachers),
        lesson.status,
        lesson.instance,
    )
