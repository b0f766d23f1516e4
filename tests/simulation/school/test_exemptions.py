from dataclasses import replace

from simulation.school.bells import bell_spans, school_timestamp
from simulation.school.exemptions import PROJECTS, list_exemptions
from simulation.school.lessons import SimulatedLesson, list_lessons
from simulation.simulation import list_school_days
from tests.simulation.cast import MONDAY, SMALL

TEACHERS, LEADERSHIPS = list_exemptions(SMALL.school, MONDAY, SMALL.seed)


def lessons(hour: int) -> list[SimulatedLesson]:
    span = next(span for span in bell_spans(MONDAY) if span.hour == hour)
    return list(list_lessons(SMALL.school, span, SMALL.seed))


def test_there_are_two_every_monday_and_none_on_other_days() -> None:
    numbers = [len(SMALL.list_exemptions((day,))) for day in list_school_days(MONDAY, 6)]
    assert numbers == [2, 0, 0, 0, 0, 2]


def test_a_teacher_allows_one_platform_in_one_lesson_of_hers() -> None:
    allowed = [lesson for lesson in lessons(1) if TEACHERS.covers(lesson, "youtube")]
    assert [(lesson.name, lesson.teacher) for lesson in allowed] == [
        (TEACHERS.lesson, TEACHERS.granter)
    ]
    assert not any(TEACHERS.covers(lesson, "tiktok") for lesson in lessons(1))


def test_the_leadership_allows_everything_to_a_layer_for_a_morning() -> None:
    allowed = {
        (hour, lesson.group.layer)
        for hour in range(1, 10)
        for lesson in lessons(hour)
        if LEADERSHIPS.covers(lesson, "tiktok")
    }
    assert allowed == {(hour, LEADERSHIPS.layer) for hour in (1, 2, 3)}
    assert LEADERSHIPS.end == school_timestamp(MONDAY, PROJECTS[1])


def test_it_is_asked_as_it_would_be_typed() -> None:
    assert TEACHERS.request.teacher == TEACHERS.granter
    assert TEACHERS.request.platforms == ("youtube",)
    assert LEADERSHIPS.request.leadership == "directie"
    assert (LEADERSHIPS.request.start, LEADERSHIPS.request.end) == (
        "2026-11-23 08:30",
        "2026-11-23 11:00",
    )
    assert replace(LEADERSHIPS, platform="x").request.all_platforms is False
