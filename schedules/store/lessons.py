"""The lessons of the timetable, as the store has them now."""

from datetime import date
from zoneinfo import ZoneInfo

from schedules.lesson import Lesson
from schedules.timetable import Timetable


def load_timetable(zone: ZoneInfo, first_day: date, last_day: date) -> Timetable:
    """Load the lessons from a first day up to and including a last, from every source."""
    from schedules import rows

    return Timetable(rows.lessons(rows.on(first_day, last_day, zone)), zone)


def lesson(instance: str) -> Lesson | None:
    """Find one lesson by what names it, whatever its day."""
    from schedules import rows

    return next((each for found in rows.named([instance]) for each in rows.lessons(found)), None)
