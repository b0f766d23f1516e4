"""Which days are school days: holidays by region, and the school's own days over them."""

from datetime import date

import pytest

from schedules.bells import NORMAL, SHORTENED
from schedules.calendar import Calendar, Days, Region, shortened

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
    calendar = Calendar(region)
    assert calendar.why_free(free) == "Herfstvakantie"
    assert calendar.why_free(school) == ""


@pytest.mark.parametrize("region", Region)
def test_public_holidays_are_everywheres(region: Region) -> None:
    assert "kerstdag" in Calendar(region).why_free(CHRISTMAS)
    assert Calendar(region).why_free(SCHOOL_DAY) == ""


def test_the_schools_own_days_come_first() -> None:
    calendar = Calendar(
        Region.NORTH,
        free=(Days(SCHOOL_DAY, SCHOOL_DAY, "studiedag"),),
        open=(Days(AUTUMN_IN_THE_NORTH, AUTUMN_IN_THE_NORTH),),
    )
    assert calendar.why_free(SCHOOL_DAY) == "studiedag"
    assert calendar.why_free(AUTUMN_IN_THE_NORTH) == ""


def test_free_days_need_no_name() -> None:
    assert Calendar(free=(Days(SCHOOL_DAY, SCHOOL_DAY),)).why_free(SCHOOL_DAY)


def test_without_a_region_only_the_schools_own_days_are_known() -> None:
    assert Calendar().why_free(CHRISTMAS) == ""


def test_a_shortened_day_has_other_bells() -> None:
    calendar = Calendar(variants=shortened([SCHOOL_DAY], SHORTENED))
    assert calendar.variant(SCHOOL_DAY) == SHORTENED
    assert calendar.variant(CHRISTMAS) == NORMAL
