"""What a new version of a timetable changes."""

from schedules.store.difference import TimetableDifference, compare_lessons
from tests.schedules.cast import lesson


def test_lessons_are_new_changed_gone_or_the_same() -> None:
    dutch, maths, art = lesson("dutch"), lesson("maths"), lesson("art")
    moved, music = lesson("maths", rooms=("B205",)), lesson("music")
    assert compare_lessons([dutch, maths, art], [dutch, moved, music]) == TimetableDifference(
        new=(music,), changed=(moved,), gone=(art,), same=1
    )


def test_two_equal_versions_do_not_differ() -> None:
    assert compare_lessons([lesson()], [lesson()]) == TimetableDifference((), (), (), same=1)
