"""Conversion between the rows of `models` and the dataclasses that everything else uses."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import batched
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from schedules.calendar import DateRange
from schedules.exemption import Exemption, ExemptionScope
from schedules.lesson import Lesson, LessonStatus
from schedules.local_time import start_of_day
from schedules.models import ExemptionRow, LessonRow, TimetableImport

_LESSON_COLUMNS = ("instance", "start", "end", "period", "rooms", "groups", "teachers", "status")
BATCH_SIZE = 500
"""Rows in one statement: both databases limit the number of its parameters."""


def to_datetime(timestamp: float) -> datetime:
    """Return a timestamp as the database stores it."""
    return datetime.fromtimestamp(timestamp, UTC)


def lesson_rows_on(days: DateRange, zone: ZoneInfo, source: str = "") -> QuerySet[LessonRow]:
    """Select the lessons that start on some days, of one source or of all."""
    until = start_of_day(days.last + timedelta(days=1), zone)
    rows = LessonRow.objects.filter(start__gte=start_of_day(days.first, zone), start__lt=until)
    return (rows.filter(source=source) if source else rows).order_by("start", "instance")


def lesson_rows_named(instances: Iterable[str]) -> Iterator[QuerySet[LessonRow]]:
    """Select lessons by their instances, in batches."""
    for batch in batched(instances, BATCH_SIZE):
        yield LessonRow.objects.filter(instance__in=batch)


def lessons_from_rows(rows: QuerySet[LessonRow]) -> Iterator[Lesson]:
    """Convert lessons in batches, so that a year's timetable is not in memory twice."""
    columns = rows.values_list(*_LESSON_COLUMNS).iterator(chunk_size=BATCH_SIZE)
    for instance, start, end, period, rooms, groups, teachers, status in columns:
        yield Lesson(
            instance=instance,
            start=start,
            end=end,
            period=period,
            rooms=tuple(rooms),
            groups=tuple(groups),
            teachers=tuple(teachers),
            status=LessonStatus(status),
        )


def rows_from_lessons(
    lessons: Iterable[Lesson], source: str, timetable_import: TimetableImport
) -> Iterator[LessonRow]:
    """Convert lessons to rows that are not saved yet."""
    for lesson in lessons:
        yield LessonRow(
            instance=lesson.instance,
            source=source,
            taken_from=timetable_import,
            start=lesson.start,
            end=lesson.end,
            period=lesson.period,
            rooms=lesson.rooms,
            groups=lesson.groups,
            teachers=lesson.teachers,
            status=lesson.status.value,
        )


def exemption_from_row(row: ExemptionRow) -> Exemption:
    """Convert a row to an exemption."""
    return Exemption(
        number=row.pk,
        scope=ExemptionScope(row.scope),
        target=row.target,
        platforms=None if row.platforms is None else frozenset(row.platforms),
        granted_by=row.granted_by,
        granted_at=row.granted_at.timestamp(),
        start=None if row.start is None else row.start.timestamp(),
        end=None if row.end is None else row.end.timestamp(),
        reason=row.reason,
        revoked_at=None if row.revoked_at is None else row.revoked_at.timestamp(),
        revoked_by=row.revoked_by,
        version=row.version,
    )


def row_from_exemption(exemption: Exemption) -> ExemptionRow:
    """Convert an exemption to a row, with the key of one that is stored already."""
    return ExemptionRow(
        pk=exemption.number or None,
        scope=exemption.scope.value,
        target=exemption.target,
        platforms=None if exemption.platforms is None else sorted(exemption.platforms),
        granted_by=exemption.granted_by,
        granted_at=to_datetime(exemption.granted_at),
        start=None if exemption.start is None else to_datetime(exemption.start),
        end=None if exemption.end is None else to_datetime(exemption.end),
        reason=exemption.reason,
        revoked_at=None if exemption.revoked_at is None else to_datetime(exemption.revoked_at),
        revoked_by=exemption.revoked_by,
        version=exemption.version,
    )
