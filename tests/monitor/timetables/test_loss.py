"""Fewer lessons than before are not applied unless something explains it."""

from collections.abc import Sequence

import pytest

from monitor.timetables.loss import count_lost, refuse_loss
from schedules.calendar import NamedDays, SchoolCalendar
from schedules.lesson import Lesson, LessonStatus
from schedules.problem import Refused
from schedules.store.difference import TimetableDifference, compare_lessons
from tests.schedules.cast import AMSTERDAM, TUESDAY, lesson

BEFORE = [lesson(f"l{number}", groups=(f"g{number}",)) for number in range(20)]
SCHOOL_DAYS = SchoolCalendar()


def is_refused(after: Sequence[Lesson], calendar: SchoolCalendar = SCHOOL_DAYS) -> bool:
    changes = compare_lessons(BEFORE, after)
    try:
        refuse_loss(changes, source="portal", calendar=calendar, zone=AMSTERDAM)
    except Refused:
        return True
    return False


@pytest.mark.parametrize(("gone", "expected"), [(0, False), (2, False), (3, True), (20, True)])
def test_a_tenth_may_go(gone: int, expected: bool) -> None:
    assert is_refused(BEFORE[gone:]) is expected


def test_cancelled_lessons_are_not_gone() -> None:
    cancelled = [
        lesson(known.instance, groups=known.groups, status=LessonStatus.CANCELLED)
        for known in BEFORE
    ]
    assert not is_refused(cancelled)


def test_a_cancelled_lesson_that_goes_is_no_loss() -> None:
    gone = (lesson("l1", status=LessonStatus.CANCELLED),)
    changes = TimetableDifference(new=(), changed=(), gone=gone, same=0)
    assert count_lost(changes, SCHOOL_DAYS, AMSTERDAM) == 0


def test_a_free_day_explains_it() -> None:
    calendar = SchoolCalendar(free=(NamedDays(TUESDAY, TUESDAY, "study day"),))
    assert not is_refused([], calendar)


def test_an_exam_of_the_same_group_on_that_day_explains_it() -> None:
    groups = tuple(f"g{number}" for number in range(18))
    assert not is_refused([lesson("exam", "10:30", "12:00", groups=groups)])
    assert is_refused([lesson("exam", "10:30", "12:00", groups=groups[:17])])


def test_a_first_import_loses_nothing() -> None:
    changes = compare_lessons([], BEFORE)
    refuse_loss(changes, source="portal", calendar=SCHOOL_DAYS, zone=AMSTERDAM)


def test_it_says_how_many_and_what_to_do() -> None:
    changes = compare_lessons(BEFORE, BEFORE[5:])
    with pytest.raises(Refused) as raised:
        refuse_loss(changes, source="portal", calendar=SCHOOL_DAYS, zone=AMSTERDAM)
    (problem,) = raised.value.problems
    assert problem.where == "portal, the number of lessons that are gone (5 of 20)"
    assert "--accept-fewer" in problem.allowed
