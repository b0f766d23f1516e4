from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from schedules.importers.csv import parse_csv
from schedules.lesson import LessonStatus
from simulation.school.bells import bell_spans
from simulation.school.lessons import CANCELLED, MOVED, format_timetable, list_lessons
from simulation.simulation import list_school_days
from tests.simulation.cast import MONDAY, SMALL

WEEK = list_school_days(MONDAY, 5)


@pytest.mark.parametrize("day", WEEK, ids=str)
def test_about_forty_lessons_are_given_at_a_time_by_as_many_teachers(day: date) -> None:
    for span in bell_spans(day):
        lessons = list(list_lessons(SMALL.school, span, SMALL.seed))
        held = [lesson for lesson in lessons if lesson.is_held]
        assert len(held) in ((39, 40) if span.hour else (0,))
        assert len({lesson.teacher for lesson in lessons}) == len(lessons)
        assert len({lesson.group.room for lesson in lessons}) == len(lessons)


def test_every_day_a_lesson_is_cancelled_and_another_is_moved_from_later() -> None:
    for day in WEEK:
        lessons = [
            lesson for s in bell_spans(day) for lesson in list_lessons(SMALL.school, s, SMALL.seed)
        ]
        assert Counter(lesson.status for lesson in lessons)[CANCELLED] == 1
        [moved] = [lesson for lesson in lessons if lesson.status == MOVED]
        assert moved.name == f"{day}-{moved.span.hour + 4}-{moved.group.name}"
        assert len({lesson.name for lesson in lessons}) == len(lessons)


def test_on_monday_the_first_lesson_hour_has_both() -> None:
    lessons = list(list_lessons(SMALL.school, bell_spans(MONDAY)[0], SMALL.seed))
    assert {CANCELLED, MOVED} <= {lesson.status for lesson in lessons}
    assert sum(lesson.is_held for lesson in lessons) == 40


def test_the_timetable_is_one_that_lesrust_reads() -> None:
    planned = list(list_lessons(SMALL.school, bell_spans(MONDAY)[0], SMALL.seed))
    zone = ZoneInfo("Europe/Amsterdam")
    result = parse_csv(format_timetable(planned).encode(), name="rooster.csv", zone=zone)
    lessons, problems = result.lessons, result.problems
    assert problems == ()
    assert {lesson.instance for lesson in lessons} == {lesson.name for lesson in planned}
    assert {lesson.start.timestamp() for lesson in lessons} == {planned[0].span.start}
    assert [lesson.status for lesson in lessons] == [
        LessonStatus(lesson.status) for lesson in planned
    ]
