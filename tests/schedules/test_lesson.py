"""Which lessons take place."""

import pytest

from schedules.lesson import Status
from tests.schedules.cast import lesson


@pytest.mark.parametrize("status", [Status.PLANNED, Status.MOVED, Status.NEW])
def test_a_lesson_is_held_whatever_else_became_of_it(status: Status) -> None:
    assert lesson(status=status).is_held


def test_a_cancelled_lesson_is_no_lesson() -> None:
    assert not lesson(status=Status.CANCELLED).is_held
