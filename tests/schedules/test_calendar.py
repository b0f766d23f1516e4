"""Which days are school days: holidays by region, and the school's own days over them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.bells import NORMAL, SHORTENED
from schedules.calendar import (
    DateRange,
    NamedDays,
    Region,
    SchoolCalendar,
    monday,
    school_year,
    variants_of_days,
)

AUTUMN_IN_THE_NORTH = date(2026, 10, 14)
AUTUMN_IN_THE_SOUTH = date(2026, 10, 21)
CHRISTMAS = date(2026, 12, 25)
SCHOOL_DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("region", "free", "school"),
    [
        (Region.NORTH, AUTUMN_IN_THE_NORTH, AUTUMN_IN_THE_SOUTH),
        (Region.SOUTH, AUTUMN_IN_THE_SOUTH, AUTUMN_IN_THE_NORTH),
    ],
)
def test_each_region_has_its_own_holidays(region: Region, free: date, school: date) -> None:
    calendar = SchoolCalendar(region)
    assert calendar.holiday_name(free) == "Herfstvakantie"
    assert calendar.holiday_name(school) == ""


@pytest.mark.parametrize("region", Region)
def test_public_holidays_are_everywheres(region: Region) -> None:
    assert "kerstdag" in SchoolCalendar(region).holiday_name(CHRISTMAS)
    assert SchoolCalendar(region).holiday_name(SCHOOL_DAY) == ""


def test_the_schools_own_days_come_first() -> None:
    calendar = SchoolCalendar(
        Region.NORTH,
        free=(NamedDays(SCHOOL_DAY, SCHOOL_DAY, "studiedag"),),
        open=(NamedDays(AUTUMN_IN_THE_NORTH, AUTUMN_IN_THE_NORTH),),
    )
    assert calendar.holiday_name(SCHOOL_DAY) == "studiedag"
    assert calendar.holiday_name(AUTUMN_IN_THE_NORTH) == ""


def test_free_days_need_no_name() -> None:
    assert SchoolCalendar(free=(NamedDays(SCHOOL_DAY, SCHOOL_DAY),)).holiday_name(SCHOOL_DAY)


def test_without_a_region_only_the_schools_own_days_are_known() -> None:
    assert SchoolCalendar().holiday_name(CHRISTMAS) == ""


def test_a_shortened_day_has_other_bells() -> None:
    calendar = SchoolCalendar(variants=variants_of_days([SCHOOL_DAY], SHORTENED))
    assert calendar.bell_variant(SCHOOL_DAY) == SHORTENED
    assert calendar.bell_variant(CHRISTMAS) == NORMAL


@pytest.mark.parametrize(
    ("day", "begins"),
    [(date(2026, 8, 1), 2026), (date(2027, 7, 31), 2026), (date(2027, 8, 1), 2027)],
)
def test_a_school_year_runs_from_august_to_july(day: date, begins: int) -> None:
    assert school_year(day) == (date(begins, 8, 1), date(begins + 1, 7, 31))


def test_a_week_is_named_by_its_monday() -> None:
    first = date(2026, 11, 23)
    assert {monday(first + timedelta(days=days)) for days in range(7)} == {first}
    assert monday(first + timedelta(days=7)) == first + timedelta(days=7)


def test_a_range_has_its_first_and_its_last_day() -> None:
    days = DateRange(SCHOOL_DAY, SCHOOL_DAY + timedelta(days=2))
    assert [*days.days()] == [SCHOOL_DAY + timedelta(days=number) for number in range(3)]
    assert days.covers(days.first)
    assert days.covers(days.last)
    assert not days.covers(SCHOOL_DAY - timedelta(days=1))


@given(st.integers(0, 60), st.integers(1, 30))
def test_pieces_are_the_whole_range(length: int, piece: int) -> None:
    days = DateRange(SCHOOL_DAY, SCHOOL_DAY + timedelta(days=length))
    pieces = [*days.in_pieces(timedelta(days=piece))]
    assert [day for part in pieces for day in part.days()] == [*days.days()]
    assert all((part.last - part.first).days < piece for part in pieces)
