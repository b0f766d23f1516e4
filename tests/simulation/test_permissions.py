from dataclasses import replace

from simulation.bells import at, spans
from simulation.lessons import TaughtLesson, lessons_of
from simulation.permissions import PROJECTS, permissions
from simulation.school_days import days_from
from tests.simulation.cast import MONDAY, SMALL

TEACHERS, LEADERSHIPS = permissions(SMALL.school, MONDAY, SMALL.seed)


def lessons(hour: int) -> list[TaughtLesson]:
    span = next(span for span in spans(MONDAY) if span.hour == hour)
    return list(lessons_of(SMALL.school, span, SMALL.seed))


def test_there_are_two_every_monday_and_none_on_other_days() -> None:
    numbers = [len(SMALL.permissions((day,))) for day in days_from(MONDAY, 6)]
    assert numbers == [2, 0, 0, 0, 0, 2]


def test_a_teacher_allows_one_platform_in_one_lesson_of_hers() -> None:
    allowed = [lesson for lesson in lessons(1) if TEACHERS.covers(lesson, "youtube")]
    assert [(lesson.name, lesson.teacher) for lesson in allowed] == [(TEACHERS.lesson, TEACHERS.by)]
    assert not any(TEACHERS.covers(lesson, "tiktok") for lesson in lessons(1))


def test_the_leadership_allows_everything_to_a_layer_for_a_morning() -> None:
    allowed = {
        (hour, lesson.group.layer)
        for hour in range(1, 10)
        for lesson in lessons(hour)
        if LEADERSHIPS.covers(lesson, "tiktok")
    }
    assert allowed == {(hour, LEADERSHIPS.layer) for hour in (1, 2, 3)}
    assert LEADERSHIPS.end == at(MONDAY, PROJECTS[1])


def test_it_is_asked_as_it_would_be_typed() -> None:
    assert TEACHERS.request.teacher == TEACHERS.by
    assert TEACHERS.request.platforms == ("youtube",)
    assert LEADERSHIPS.request.leadership == "directie"
    assert (LEADERSHIPS.request.start, LEADERSHIPS.request.end) == (
        "2026-11-23 08:30",
        "2026-11-23 11:00",
    )
    assert replace(LEADERSHIPS, platform="x").request.all_platforms is False
