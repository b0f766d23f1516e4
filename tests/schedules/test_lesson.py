"""Which lessons take place."""

import pytest

from schedules.lesson import LessonStatus
from tests.schedules.cast import lesson


@pytest.mark.parametrize("status", [LessonStatus.PLANNED, LessonStatus.MOVED, LessonStatus.NEW])
def test_a_lesson_is_held_whatever_else_became_of_it(status: LessonStatus) -> None:
    assert lesson(status=status).is_held


def test_a_cancelled_lesson_is_no_lesson() -> None:
    assert not lesson(status=LessonStatus.CANCELLED).is_held
