"""The lessons of the timetable, as the store has them now."""

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from schedules.lesson import Lesson
from schedules.timetable import Timetable

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from schedules.models import LessonRow


def load_timetable(zone: ZoneInfo, first_day: date, last_day: date) -> Timetable:
    """Load the lessons from a first day up to and including a last, from every source."""
    from schedules.store import conversion

    return Timetable(
        conversion.lessons_from_rows(conversion.lesson_rows_on(first_day, last_day, zone)), zone
    )


def lesson(instance: str) -> Lesson | None:
    """Find one lesson by what names it, whatever its day."""
    from schedules.store import conversion

    return next(
        (
            each
            for found in conversion.lesson_rows_named([instance])
            for each in conversion.lessons_from_rows(found)
        ),
        None,
    )


def count_lessons_before(moment: float) -> int:
    """Say how many lessons had ended by a moment."""
    return _ended(moment).count()


def delete_lessons_before(moment: float) -> int:
    """Delete the lessons that had ended by a moment, and say how many those were."""
    deleted, _ = _ended(moment).delete()
    return deleted


def _ended(moment: float) -> "QuerySet[LessonRow]":
    from schedules.models import LessonRow
    from schedules.store import conversion

    return LessonRow.objects.filter(end__lte=conversion.to_datetime(moment))
