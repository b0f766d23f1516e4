"""How much of a week's lessons can be counted."""

from monitor.diagnostics.coverage import compute_coverage
from schedules.lesson import LessonStatus
from schedules.timetable import Timetable
from tests.cast import LAYERS, ROOMS, lesson, lessons


def test_a_week_in_which_all_can_be_counted_misses_nothing() -> None:
    found = compute_coverage(Timetable(lessons()), frozenset(ROOMS), LAYERS)
    shares = (found.lessons, found.rooms, found.groups)
    assert [share.whole for share in shares] == [48, 24, 24]
    assert all(share.percent == 100 and share.missing == () for share in shares)


def test_what_is_missing_is_named_and_never_by_its_teacher() -> None:
    held = [
        *lessons(),
        lesson("101", instance="roomless", rooms=()),
        lesson("101", instance="strange", groups=("zz9",)),
        lesson("101", instance="gone", rooms=(), status=LessonStatus.CANCELLED),
    ]
    found = compute_coverage(Timetable(held), frozenset(ROOMS) - {"103"}, LAYERS)
    assert found.lessons.missing == ("h3a (23-11, 1)",)
    assert found.rooms.missing == ("103",)
    assert found.groups.missing == ("zz9",)
    assert "MUL" not in repr(found)


def test_of_a_week_without_lessons_nothing_is_missing() -> None:
    assert compute_coverage(Timetable(), frozenset(), LAYERS).lessons.percent == 100
