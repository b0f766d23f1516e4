"""Which of a teacher's lessons is now, which are today's, and which is next week's."""

from collections.abc import Iterable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from schedules.lesson import Lesson

SOON = 15 * 60.0
"""Seconds before the bell from which a lesson is the one that a page opens on."""


def lessons_on(lessons: Iterable[Lesson], day: date, zone: ZoneInfo) -> tuple[Lesson, ...]:
    """Return the lessons of one day."""
    return tuple(lesson for lesson in lessons if lesson.start.astimezone(zone).date() == day)


def current_lesson(lessons: Iterable[Lesson], timestamp: float) -> Lesson | None:
    """Return the lesson that is held now; between two lessons the next one, if it begins soon."""
    for lesson in lessons:
        is_to_come = lesson.is_held and lesson.end.timestamp() > timestamp
        if is_to_come and lesson.start.timestamp() - timestamp <= SOON:
            return lesson
    return None


def same_lesson_next_week(
    lessons: Iterable[Lesson], lesson: Lesson, zone: ZoneInfo
) -> Lesson | None:
    """Return the lesson a week later of the same groups and teachers in the same period."""
    day = lesson.start.astimezone(zone).date() + timedelta(days=7)
    groups, teachers = set(lesson.groups), set(lesson.teachers)
    for candidate in lessons_on(lessons, day, zone):
        is_same_hour = candidate.period == lesson.period
        if is_same_hour and (set(candidate.groups), set(candidate.teachers)) == (groups, teachers):
            return candidate
    return None
