"""When each lesson hour is: the schedule that says most about a day holds."""

from datetime import date, time

import pytest

from schedules.bells import NORMAL, SHORTENED, Bells, BellSchedule, Period

MONDAY, FRIDAY = date(2026, 10, 5), date(2026, 10, 9)
FIRST = Period("1", time(8, 30), time(9, 20))
SHORT = Period("1", time(8, 30), time(9, 10))
UPPER = Period("1", time(8, 40), time(9, 30))
ON_FRIDAY = Period("1", time(8, 0), time(8, 50))
BELLS = Bells(
    [
        BellSchedule(periods=(FIRST, Period("2", time(9, 20), time(10, 10)))),
        BellSchedule(periods=(SHORT,), variant=SHORTENED),
        BellSchedule(periods=(ON_FRIDAY,), weekdays=frozenset({5})),
        BellSchedule(periods=(UPPER,), track="bovenbouw"),
    ]
)


@pytest.mark.parametrize(
    ("day", "asked", "period"),
    [
        (MONDAY, ("", "", NORMAL), FIRST),
        (MONDAY, ("annexe", "", NORMAL), FIRST),
        (MONDAY, ("", "", SHORTENED), SHORT),
        (MONDAY, ("", "bovenbouw", NORMAL), UPPER),
        (FRIDAY, ("", "", NORMAL), ON_FRIDAY),
        (FRIDAY, ("", "bovenbouw", NORMAL), UPPER),
        (MONDAY, ("", "", "examens"), None),
    ],
)
def test_the_schedule_that_says_most_holds(
    day: date, asked: tuple[str, str, str], period: Period | None
) -> None:
    branch, track, variant = asked
    assert BELLS.for_branch(branch, track).period("1", day, variant=variant) == period


def test_an_hour_that_the_day_does_not_have_is_none() -> None:
    assert BELLS.period("9", MONDAY) is None
    assert BELLS.period("2", FRIDAY) is None


def test_the_lessons_own_times_show_which_bells_rang() -> None:
    assert BELLS.matching_variant(MONDAY, [SHORT]) == SHORTENED
    assert BELLS.matching_variant(MONDAY, [FIRST]) == "normal"


def test_times_of_no_bells_show_nothing() -> None:
    other = ("1", time(7, 0), time(8, 0))
    assert BELLS.matching_variant(MONDAY, [FIRST, other]) is None
    assert BELLS.matching_variant(MONDAY, []) is None
    assert Bells().matching_variant(MONDAY, [FIRST]) is None
