"""The invented school that these tests speak of.

Mevrouw Van Dalen (vda) teaches h3a in room B204, meneer Bakker (bak) teaches v4b in B205, and
mevrouw Yildiz (yil) leads the school. Their school day is Tuesday 6 October 2026.
"""

from datetime import date, time
from zoneinfo import ZoneInfo

from schedules.lesson import Lesson, LessonStatus
from schedules.local_time import to_utc

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TUESDAY = date(2026, 10, 6)
VAN_DALEN = "vda"
BAKKER = "bak"
YILDIZ = "mevrouw Yildiz"


def at(clock: str, day: date = TUESDAY) -> float:
    """The moment, in epoch seconds, at which the school's clocks show a time."""
    return to_utc(day, time.fromisoformat(clock), AMSTERDAM).timestamp()


def lesson(
    instance: str = "dutch",
    start: str = "08:30",
    end: str = "09:20",
    *,
    day: date = TUESDAY,
    period: str = "1",
    rooms: tuple[str, ...] = ("B204",),
    groups: tuple[str, ...] = ("h3a",),
    teachers: tuple[str, ...] = (VAN_DALEN,),
    status: LessonStatus = LessonStatus.PLANNED,
) -> Lesson:
    """A lesson of mevrouw Van Dalen's, in what is not said otherwise."""
    return Lesson(
        instance=instance,
        start=to_utc(day, time.fromisoformat(start), AMSTERDAM),
        end=to_utc(day, time.fromisoformat(end), AMSTERDAM),
        period=period,
        rooms=rooms,
        groups=groups,
        teachers=teachers,
        status=status,
    )
