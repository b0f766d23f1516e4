"""The lessons that the store has."""

import pytest

from schedules import store
from tests.schedules.cast import TUESDAY, at, lesson
from tests.schedules.store.cast import ART, DUTCH, MATHS, WEDNESDAY, import_lessons, stored

pytestmark = [pytest.mark.store, pytest.mark.django_db]


def test_only_the_days_asked_for_are_loaded() -> None:
    early = lesson("early", "00:10", "01:00", day=WEDNESDAY)
    import_lessons(DUTCH, early, ART)
    assert stored(WEDNESDAY, WEDNESDAY) == [early]
    assert stored(TUESDAY, TUESDAY) == [DUTCH]


def test_one_lesson_is_found_by_its_name() -> None:
    import_lessons(DUTCH, MATHS)
    assert store.find_lesson("maths") == MATHS
    assert store.find_lesson("art") is None


def test_lessons_that_were_held_are_deleted_and_later_ones_stay() -> None:
    import_lessons(DUTCH, MATHS, ART)
    assert store.count_lessons_before(at("09:19")) == 0
    assert store.delete_lessons_before(at("09:19")) == 0
    assert store.count_lessons_before(at("10:09")) == 1
    assert store.delete_lessons_before(at("10:09")) == 1
    assert stored() == [MATHS, ART]
