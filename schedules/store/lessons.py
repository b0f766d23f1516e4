"""The lessons of the timetable, as the store has them now."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from schedules.calendar import DateRange
from schedules.lesson import Lesson
from schedules.timetable import Timetable

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from schedules.models import LessonRow


def load_timetable(zone: ZoneInfo, first_day: date, last_day: date) -> Timetable:
    """Load the lessons from a first day to a last day, both included, from every source."""
    from schedules.store import conversion

    rows = conversion.lesson_rows_on(DateRange(first_day, last_day), zone)
    return Timetable(conversion.lessons_from_rows(rows), zone)


def find_lesson(instance: str) -> Lesson | None:
    """Find one lesson by its instance, on whatever day."""
    return next(find_lessons([instance]), None)


def find_lessons(instances: Iterable[str]) -> Iterator[Lesson]:
    """Find lessons by their instances, on whatever day."""
    from schedules.store import conversion

    for rows in conversion.lesson_rows_named(sorted(instances)):
        yield from conversion.lessons_from_rows(rows)


def count_lessons_before(timestamp: float) -> int:
    """Count the lessons that ended before a time."""
    return _ended_before(timestamp).count()


def delete_lessons_before(timestamp: float) -> int:
    """Delete the lessons that ended before a time, and return how many there were."""
    deleted, _ = _ended_before(timestamp).delete()
    return deleted


def _ended_before(timestamp: float) -> "QuerySet[LessonRow]":
    from schedules.models import LessonRow
    from schedules.store import conversion

    return LessonRow.objects.filter(end__lte=conversion.to_datetime(timestamp))
