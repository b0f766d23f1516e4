"""A teacher's lessons: which one is now, which come later, and which is next week's."""

import pytest

from dashboards.school.lessons import TeacherLessons
from dashboards.teacher.lessons import current_lesson, lessons_on, same_lesson_next_week
from schedules.timetable import Timetable
from tests.dashboards.people import AMSTERDAM, FRIDAY, LESSONS, at

MINE = TeacherLessons.from_timetable(Timetable(LESSONS, AMSTERDAM)).taught_by("mul")


@pytest.mark.parametrize(
    ("moment", "found"),
    [
        (at(9, 14), None),
        (at(9, 15), "mul-now"),
        (at(9, 30), "mul-now"),
        (at(10, 19), "mul-now"),
        (at(10, 20), None),
        (at(10, 25), "mul-later"),
        (at(13, 10), None),
    ],
)
def test_a_page_opens_on_the_lesson_of_now_or_the_one_about_to_begin(
    moment: object, found: str | None
) -> None:
    here = current_lesson(lessons_on(MINE, FRIDAY, AMSTERDAM), moment.timestamp())  # type: ignore[attr-defined]
    assert (here.instance if here else None) == found


def test_next_weeks_lesson_is_of_the_same_groups_in_the_same_hour() -> None:
    by_name = {lesson.instance: lesson for lesson in MINE}
    again = same_lesson_next_week(MINE, by_name["mul-now"], AMSTERDAM)
    assert again is not None
    assert again.instance == "mul-now+7"
    assert same_lesson_next_week(MINE, by_name["mul-later"], AMSTERDAM) is None
