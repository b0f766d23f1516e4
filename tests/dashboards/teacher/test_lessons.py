"""A teacher's lessons: which one is now, which come later, and which is next week's."""

import pytest

from dashboards.teacher.lessons import Lessons, Snapshot, current, next_week, on
from schedules import store
from schedules.lesson import LessonStatus
from schedules.timetable import Timetable
from tests.dashboards.people import AMSTERDAM, FRIDAY, LESSONS, NOW, at, lesson, teach

MINE = Lessons.of(Timetable(LESSONS, AMSTERDAM)).taught_by("mul")


def names(lessons: object) -> list[str]:
    return [each.instance for each in lessons]  # type: ignore[attr-defined]


def test_lessons_go_by_their_teacher_in_any_case() -> None:
    assert names(MINE) == ["mul-now", "mul-later", "mul-gone", "mul-now+7"]
    lessons = Lessons.of(Timetable(LESSONS, AMSTERDAM))
    assert lessons.taught_by(" MUL ") == MINE
    assert lessons.taught_by("") == ()


def test_a_lesson_of_two_teachers_is_of_both_once() -> None:
    both = lesson("both", 9, 30, teachers=("MUL", "mul", "PIE"))
    lessons = Lessons.of(Timetable([both], AMSTERDAM))
    assert lessons.taught_by("mul") == lessons.taught_by("pie") == (both,)


def test_a_lesson_without_a_teacher_is_nobodys() -> None:
    lessons = Lessons.of(Timetable([lesson("x", 9, 30, teachers=())], AMSTERDAM))
    assert lessons.taught_by("") == ()


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
    here = current(on(MINE, FRIDAY, AMSTERDAM), moment.timestamp())  # type: ignore[attr-defined]
    assert (here.instance if here else None) == found


def test_next_weeks_lesson_is_of_the_same_groups_in_the_same_hour() -> None:
    by_name = {each.instance: each for each in MINE}
    again = next_week(MINE, by_name["mul-now"], AMSTERDAM)
    assert again is not None
    assert again.instance == "mul-now+7"
    assert next_week(MINE, by_name["mul-later"], AMSTERDAM) is None


@pytest.mark.store
@pytest.mark.django_db
def test_the_newest_timetable_is_read_once(django_assert_num_queries: object) -> None:
    teach()
    snapshot = Snapshot()
    first = snapshot.lessons(NOW)
    assert names(first.taught_by("mul")) == names(MINE)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert snapshot.lessons(NOW) is first
    gone = [lesson("mul-now", 9, 30, status=LessonStatus.CANCELLED)]
    store.import_timetable(gone, source="test", by="test", now=NOW, zone=AMSTERDAM)
    assert not snapshot.lessons(NOW).taught_by("mul")[0].is_held
