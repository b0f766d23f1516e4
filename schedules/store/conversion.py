"""Between the tables of `models` and the dataclasses that the rest of Lesrust thinks with."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import batched
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from schedules.exemption import Exemption, ExemptionScope
from schedules.lesson import Lesson, LessonStatus
from schedules.local_time import start_of_day
from schedules.models import ExemptionRow, LessonRow, TimetableImport

_LESSON_COLUMNS = ("instance", "start", "end", "period", "rooms", "groups", "teachers", "status")
BATCH_SIZE = 500
"""Rows in one statement: both databases bound its parameters."""


def to_datetime(moment: float) -> datetime:
    """Give a moment as the database keeps it."""
    return datetime.fromtimestamp(moment, UTC)


def lesson_rows_on(
    first: date, last: date, zone: ZoneInfo, source: str = ""
) -> QuerySet[LessonRow]:
    """Find the lessons that start on some days, of one source or of all."""
    until = start_of_day(last + timedelta(days=1), zone)
    found = LessonRow.objects.filter(start__gte=start_of_day(first, zone), start__lt=until)
    return (found.filter(source=source) if source else found).order_by("start", "instance")


def lesson_rows_named(instances: Iterable[str]) -> Iterator[QuerySet[LessonRow]]:
    """Find lessons by what names them, a piece at a time."""
    for some in batched(instances, BATCH_SIZE):
        yield LessonRow.objects.filter(instance__in=some)


def lessons_from_rows(found: QuerySet[LessonRow]) -> Iterator[Lesson]:
    """Read lessons, a piece at a time: a year's timetable does not stand in memory twice."""
    columns = found.values_list(*_LESSON_COLUMNS).iterator(chunk_size=BATCH_SIZE)
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
    given: Iterable[Lesson], source: str, taken_from: TimetableImport
) -> Iterator[LessonRow]:
    """Make rows of lessons."""
    for lesson in given:
        yield LessonRow(
            instance=lesson.instance,
            source=source,
            taken_from=taken_from,
            start=lesson.start,
            end=lesson.end,
            period=lesson.period,
            rooms=lesson.rooms,
            groups=lesson.groups,
            teachers=lesson.teachers,
            status=lesson.status.value,
        )


def exemption_from_row(row: ExemptionRow) -> Exemption:
    """Read an exemption."""
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


def row_from_exemption(given: Exemption) -> ExemptionRow:
    """Make a row of an exemption; one that is stored already is written over."""
    return ExemptionRow(
        pk=given.number or None,
        scope=given.scope.value,
        target=given.target,
        platforms=None if given.platforms is None else sorted(given.platforms),
        granted_by=given.granted_by,
        granted_at=to_datetime(given.granted_at),
        start=None if given.start is None else to_datetime(given.start),
        end=None if given.end is None else to_datetime(given.end),
        reason=given.reason,
        revoked_at=None if given.revoked_at is None else to_datetime(given.revoked_at),
        revoked_by=given.revoked_by,
        version=given.version,
    )
