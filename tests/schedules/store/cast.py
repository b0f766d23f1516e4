"""What the tests of the store do again and again, at the school of `tests.schedules.cast`."""

from dataclasses import replace
from datetime import date, timedelta

from schedules import store
from schedules.exemption import Exemption, ExemptionScope
from schedules.exemption_rules import grant_by_leadership, grant_for_lesson
from schedules.lesson import Lesson, LessonStatus
from schedules.models import AuditEntry
from schedules.pause import Pause
from schedules.store.difference import TimetableDifference
from tests.schedules.cast import AMSTERDAM, BAKKER, TUESDAY, VAN_DALEN, YILDIZ, at, lesson

WEDNESDAY = TUESDAY + timedelta(days=1)
THURSDAY = TUESDAY + timedelta(days=2)
DUTCH = lesson()
MATHS = lesson("maths", "09:20", "10:10", period="2", teachers=(BAKKER,))
ART = lesson("art", day=THURSDAY, groups=("h3a", "h3b"), rooms=(), status=LessonStatus.NEW)
YOUTUBE = frozenset({"youtube"})


def import_lessons(*lessons: Lesson, source: str = "csv") -> TimetableDifference:
    return store.import_timetable(
        lessons, source=source, by="beheer", now=at("07:00"), zone=AMSTERDAM
    )


def stored(first: date = TUESDAY, last: date = THURSDAY) -> list[Lesson]:
    return list(store.load_timetable(AMSTERDAM, first, last).lessons)


def grant_dutch(**changes: object) -> Exemption:
    asked = grant_for_lesson(DUTCH, teacher=VAN_DALEN, platforms=YOUTUBE, now=at("08:50"))
    return store.add_exemption(replace(asked, **changes))  # type: ignore[arg-type]


def grant_school(start: str = "09:00", end: str = "12:00") -> Exemption:
    return store.add_exemption(
        grant_by_leadership(
            ExemptionScope.SCHOOL,
            "",
            by=YILDIZ,
            platforms=None,
            start=at(start),
            end=at(end),
            now=at("08:00"),
            reason="open dag",
        )
    )


def audited() -> list[tuple[str, str]]:
    return [(entry.action, entry.by) for entry in AuditEntry.objects.all()]


def order(start: str = "09:00", end: str = "12:00", reason: str = "open dag") -> Pause:
    return store.add_pause(Pause(start=at(start), end=at(end), by="ict", reason=reason))
