"""What a new version of a timetable changes."""

from schedules.difference import Difference, difference
from tests.schedules.cast import lesson


def test_lessons_are_new_changed_gone_or_the_same() -> None:
    dutch, maths, art = lesson("dutch"), lesson("maths"), lesson("art")
    moved, music = lesson("maths", rooms=("B205",)), lesson("music")
    assert difference([dutch, maths, art], [dutch, moved, music]) == Difference(
        new=(music,), changed=(moved,), gone=(art,), same=1
    )


def test_two_equal_versions_do_not_differ() -> None:
    assert difference([lesson()], [lesson()]) == Difference((), (), (), same=1)
