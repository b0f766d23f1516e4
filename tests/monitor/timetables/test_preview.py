"""What an administrator wants to know of a timetable before it is applied."""

from datetime import time

from monitor.timetables.preview import TimetablePreview, preview_timetable
from schedules.bells import SHORTENED, Bells, BellSchedule, Period
from schedules.calendar import SchoolCalendar
from schedules.importers.importer import ImportResult
from schedules.lesson import Lesson, LessonStatus
from schedules.problem import Problem
from tests.schedules.cast import AMSTERDAM, TUESDAY, lesson

BELLS = Bells(
    [
        BellSchedule(periods=(Period("1", time(8, 30), time(9, 20)),)),
        BellSchedule(periods=(Period("1", time(8, 30), time(9, 10)),), variant=SHORTENED),
    ]
)


def of(*lessons: Lesson, left_out: tuple[Problem, ...] = ()) -> TimetablePreview:
    imported = ImportResult(format="CSV", lessons=lessons, left_out=left_out)
    placed = frozenset({"B204"})
    return preview_timetable(
        imported, placed_rooms=placed, bells=BELLS, calendar=SchoolCalendar(), zone=AMSTERDAM
    )


def test_lessons_days_and_rooms_are_counted() -> None:
    found = of(lesson(), lesson("art", rooms=("hal",)), lesson("gym", rooms=()))
    assert (found.lessons, found.with_room, found.days) == (3, 2, (TUESDAY,))
    assert round(found.percentage_with_room) == 67
    assert (found.rooms, found.without_place) == (("B204", "hal"), ("hal",))


def test_a_cancelled_lesson_needs_no_room() -> None:
    found = of(lesson(), lesson("gym", rooms=(), status=LessonStatus.CANCELLED))
    assert (found.cancelled, found.percentage_with_room) == (1, 100)


def test_without_lessons_there_is_nothing_to_divide() -> None:
    assert of().percentage_with_room == 0


def test_reasons_are_counted_the_most_first() -> None:
    reasons = [
        Problem("1", "x", "an hour"),
        Problem("2", "y", "a room"),
        Problem("3", "z", "a room", 2),
    ]
    assert of(left_out=tuple(reasons)).reasons == (("a room", 3), ("an hour", 1))


def test_a_shortened_day_shows_by_the_lessons_own_times() -> None:
    assert of(lesson(end="09:10")).other_bells == ((TUESDAY, SHORTENED),)
    assert of(lesson()).other_bells == ()
