"""Judges whether a new version of a timetable has fewer lessons than anything explains.

An answer without rights, half an export or an empty folder look like a school without lessons. A
lesson that is gone is explained by a free day, or by another lesson or exam that its group has got
on that day; one that is cancelled is still in the timetable.
"""

from datetime import date
from zoneinfo import ZoneInfo

from schedules.calendar import SchoolCalendar
from schedules.language import gettext
from schedules.lesson import Lesson
from schedules.problem import Problem, Refused
from schedules.store.difference import TimetableDifference

MAX_LOST_PERCENTAGE = 10
"""Of the lessons that there were on the same days."""


def refuse_loss(
    changes: TimetableDifference, *, source: str, calendar: SchoolCalendar, zone: ZoneInfo
) -> None:
    """Refuse a new version that has lost too many lessons.

    Args:
        changes: the new version compared with the previous one.
        source: the name of the source, as `lesrust timetable import` takes it.
        calendar: gives the free days.
        zone: the school's time zone.

    Raises:
        Refused: when it has.
    """
    lost = count_lost(changes, calendar, zone)
    before = len(changes.gone) + len(changes.changed) + changes.same
    if 100 * lost <= MAX_LOST_PERCENTAGE * before:
        return
    where = gettext(
        "{source}, the number of lessons that are gone ({count} of {total})",
        source=source,
        count=lost,
        total=before,
    )
    allowed = gettext(
        "{share} % at most without an explanation; if it is right, `lesrust timetable import` with "
        "--accept-fewer applies it",
        share=MAX_LOST_PERCENTAGE,
    )
    raise Refused([Problem(where, gettext("fewer lessons than before"), allowed)])


def count_lost(changes: TimetableDifference, calendar: SchoolCalendar, zone: ZoneInfo) -> int:
    """Count the lessons that are gone without an explanation."""
    replaced = {
        (_day(lesson, zone), group)
        for lesson in changes.new
        if lesson.is_held
        for group in lesson.groups
    }
    return sum(
        lesson.is_held
        and not calendar.holiday_name(_day(lesson, zone))
        and not any((_day(lesson, zone), group) in replaced for group in lesson.groups)
        for lesson in changes.gone
    )


def _day(lesson: Lesson, zone: ZoneInfo) -> date:
    return lesson.start.astimezone(zone).date()
