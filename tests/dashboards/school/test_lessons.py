"""Lessons by their teacher, read once a version."""

import pytest

from dashboards.school import lessons as school_lessons
from dashboards.school.lessons import TeacherLessons, load_lessons
from dashboards.version_cache import VersionCache
from schedules import store
from schedules.lesson import LessonStatus
from schedules.timetable import Timetable
from tests.dashboards.people import AMSTERDAM, LESSONS, NOW, lesson, teach

MINE = TeacherLessons.from_timetable(Timetable(LESSONS, AMSTERDAM)).taught_by("mul")


def names(lessons: object) -> list[str]:
    return [planned_lesson.instance for planned_lesson in lessons]  # type: ignore[attr-defined]


def test_lessons_go_by_their_teacher_in_any_case() -> None:
    assert names(MINE) == ["mul-now", "mul-later", "mul-gone", "mul-now+7"]
    lessons = TeacherLessons.from_timetable(Timetable(LESSONS, AMSTERDAM))
    assert lessons.taught_by(" MUL ") == MINE
    assert lessons.taught_by("") == ()


def test_a_lesson_of_two_teachers_is_of_both_once() -> None:
    both = lesson("both", 9, 30, teachers=("MUL", "mul", "PIE"))
    lessons = TeacherLessons.from_timetable(Timetable([both], AMSTERDAM))
    assert lessons.taught_by("mul") == lessons.taught_by("pie") == (both,)


def test_a_lesson_without_a_teacher_is_nobodys() -> None:
    lessons = TeacherLessons.from_timetable(Timetable([lesson("x", 9, 30, teachers=())], AMSTERDAM))
    assert lessons.taught_by("") == ()


@pytest.mark.store
@pytest.mark.django_db
def test_the_newest_timetable_is_read_once(
    django_assert_num_queries: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(school_lessons, "CACHE", VersionCache[TeacherLessons](max_entries=1))
    teach()
    lessons = load_lessons(NOW)
    assert names(lessons.taught_by("mul")) == names(MINE)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert load_lessons(NOW) is lessons
    gone = [lesson("mul-now", 9, 30, status=LessonStatus.CANCELLED)]
    store.import_timetable(gone, source="test", by="test", now=NOW, zone=AMSTERDAM)
    assert not load_lessons(NOW).taught_by("mul")[0].is_held
