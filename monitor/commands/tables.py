"""Prints tables on a terminal of any width."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from schedules.language import Message, writing
from schedules.language import gettext_lazy as _
from schedules.lesson import Lesson, LessonStatus

WIDE = 200
"""Columns when the output is a file or a pipe, so that nothing is cut."""
LESSON_COLUMNS = (
    _("lesson hour"),
    _("time"),
    _("rooms"),
    _("groups"),
    _("teachers"),
    _("status"),
    _("id"),
)
STATUSES: Mapping[LessonStatus, Message] = {
    LessonStatus.PLANNED: _("planned"),
    LessonStatus.CANCELLED: _("cancelled"),
    LessonStatus.MOVED: _("moved"),
    LessonStatus.NEW: _("new"),
}


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
    print_table(LESSON_COLUMNS, [_format_row(lesson, zone) for lesson in lessons])


def _format_row(lesson: Lesson, zone: ZoneInfo) -> tuple[str, ...]:
    return (
        lesson.period,
        f"{_clock(lesson.start, zone)}-{_clock(lesson.end, zone)}",
        ", ".join(lesson.rooms),
        ", ".join(lesson.groups),
        ", ".join(lesson.teachers),
        str(STATUSES[lesson.status]),
        lesson.instance,
    )


def _clock(time: datetime, zone: ZoneInfo) -> str:
    return writing.clock(time.timestamp(), zone)
