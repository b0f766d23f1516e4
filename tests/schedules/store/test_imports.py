"""A timetable that is imported: whole or not at all, and never over another source's."""

from dataclasses import replace

import pytest

from schedules import store
from schedules.lesson import Lesson, LessonStatus
from schedules.models import LessonRow, TimetableImport
from schedules.problem import Refused
from schedules.store.difference import TimetableDifference
from tests.schedules.cast import AMSTERDAM, TUESDAY, at, lesson
from tests.schedules.store.cast import (
    ART,
    DUTCH,
    MATHS,
    THURSDAY,
    WEDNESDAY,
    audited,
    import_lessons,
    stored,
)

pytestmark = [pytest.mark.store, pytest.mark.django_db]


def test_what_is_imported_is_loaded_as_it_was() -> None:
    assert import_lessons(DUTCH, MATHS, ART) == TimetableDifference(
        (DUTCH, MATHS, ART), (), (), same=0
    )
    assert stored() == [DUTCH, MATHS, ART]
    assert store.load_timetable(AMSTERDAM, TUESDAY, TUESDAY).zone == AMSTERDAM


def test_a_new_version_replaces_its_days_and_leaves_the_others() -> None:
    gone = lesson("gone", day=WEDNESDAY)
    import_lessons(DUTCH, MATHS, gone, ART)
    moved = replace(MATHS, rooms=("B205",), status=LessonStatus.MOVED)
    new = lesson("new", day=WEDNESDAY)
    assert import_lessons(moved, DUTCH, new) == TimetableDifference(
        (new,), (moved,), (gone,), same=1
    )
    assert stored() == [DUTCH, moved, new, ART]


def test_a_lesson_that_moves_into_the_days_of_the_new_version_is_changed_and_not_twice_there() -> (
    None
):
    import_lessons(DUTCH, ART)
    moved = lesson("art", "10:10", "11:00", rooms=("B204",), status=LessonStatus.MOVED)
    assert import_lessons(DUTCH, moved) == TimetableDifference((), (moved,), (), same=1)
    assert stored() == [DUTCH, moved]


def test_comparing_changes_nothing() -> None:
    import_lessons(DUTCH)
    before = store.current_version()
    changes = store.compare_timetable([MATHS], source="csv", zone=AMSTERDAM)
    assert changes == TimetableDifference((MATHS,), (), (DUTCH,), same=0)
    assert stored() == [DUTCH]
    assert store.current_version() == before


def test_the_lessons_of_another_source_stay() -> None:
    import_lessons(DUTCH, source="main building")
    import_lessons(MATHS, source="annexe")
    assert stored() == [DUTCH, MATHS]


def test_a_name_that_another_source_uses_is_refused_and_nothing_is_applied() -> None:
    import_lessons(DUTCH, source="main building")
    before = store.current_version()
    with pytest.raises(Refused, match="main building"):
        import_lessons(MATHS, lesson(rooms=("X1",)), source="annexe")
    assert stored() == [DUTCH]
    assert store.current_version() == before


def test_an_import_that_fails_halfway_leaves_everything_as_it_was() -> None:
    import_lessons(DUTCH)

    def fail(_: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        store.import_timetable(
            [MATHS], source="csv", by="", now=0, zone=AMSTERDAM, on_progress=fail
        )
    assert stored() == [DUTCH]
    assert audited() == [("timetable.imported", "beheer")]


def test_what_an_import_will_change_is_shown_before_anything_is_written() -> None:
    import_lessons(DUTCH)
    shown: list[tuple[TimetableDifference, list[Lesson]]] = []
    lessons = [DUTCH, ART]

    def show(changes: TimetableDifference) -> None:
        shown.append((changes, stored()))

    done = store.import_timetable(
        lessons, source="csv", by="", now=0, zone=AMSTERDAM, on_difference=show
    )
    assert shown == [(done, [DUTCH])]
    assert stored() == lessons


def test_a_timetable_without_lessons_is_refused() -> None:
    with pytest.raises(Refused, match="no lesson"):
        import_lessons()


def test_an_import_is_a_version_of_its_source() -> None:
    import_lessons(DUTCH, ART)
    version = TimetableImport.objects.get()
    assert (version.source, version.by, version.lessons) == ("csv", "beheer", 2)
    assert (version.first_day, version.last_day) == (TUESDAY, THURSDAY)
    assert {row.taken_from for row in LessonRow.objects.all()} == {version}


def test_progress_counts_every_row_that_is_written() -> None:
    told: list[int] = []
    lessons = [lesson(f"lesson {number}") for number in range(1200)]
    store.import_timetable(
        lessons, source="csv", by="", now=0, zone=AMSTERDAM, on_progress=told.append
    )
    assert sum(told) == 1200
    assert len(told) > 1


def test_an_import_is_deleted_when_it_is_old_and_brought_nothing_that_lasts() -> None:
    import_lessons(DUTCH, source="main building")
    import_lessons(ART, source="annexe")
    assert store.count_imports_before(at("07:00")) == 0
    assert store.count_imports_before(at("09:00")) == 0
    store.delete_lessons_before(at("10:00"))
    assert store.count_imports_before(at("10:00")) == 1
    assert store.delete_imports_before(at("10:00")) == 1
    assert [version.source for version in TimetableImport.objects.all()] == ["annexe"]
    assert stored() == [ART]


def test_what_an_import_counts_before_its_lessons_are_deleted_is_what_is_deleted_after() -> None:
    import_lessons(DUTCH)
    assert store.count_imports_before(at("10:00")) == 1
    store.delete_lessons_before(at("10:00"))
    assert store.delete_imports_before(at("10:00")) == 1
    assert store.last_import_timestamp() is None


def test_a_recent_import_stays_whatever_it_brought() -> None:
    import_lessons(DUTCH)
    store.delete_lessons_before(at("10:00"))
    assert store.delete_imports_before(at("06:59")) == 0
    assert store.last_import_timestamp() == at("07:00")
