"""Dates and times on the school's own clocks, which change twice a year."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.local_time import (
    FIRST_YEAR,
    LAST_YEAR,
    parse_date,
    parse_datetime,
    parse_time,
    start_of_day,
    to_utc,
)
from schedules.problem import InvalidValue
from tests.schedules.cast import AMSTERDAM

SPRING_FORWARD = date(2027, 3, 28)
FALL_BACK = date(2026, 10, 25)
DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))


@given(DAYS)
def test_a_date_is_read_as_written_by_programs_and_by_dutch_spreadsheets(day: date) -> None:
    assert parse_date(f"{day:%Y-%m-%d}") == day
    assert parse_date(f"{day.day}-{day.month}-{day.year}") == day
    assert parse_date(f"{day:%d-%m-%Y}") == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-02-30",
        "0-0-2026",
        "09/01/2026",
        "1-9-26",
        "1999-12-31",
        "2101-01-01",
        "\u0662026-09-01",
    ],
)
def test_what_is_no_date_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        parse_date(text)
    assert refused.value.found == text
    assert "2026-09-01" in refused.value.allowed


@pytest.mark.parametrize("text", ["08:30", "8:30", "8.30", "08:30:00"])
def test_a_time_is_read_in_each_way_that_it_is_written(text: str) -> None:
    assert parse_time(text) == time(8, 30)


@pytest.mark.parametrize("text", ["", "830", "24:00", "08:60", "8:3", "08:30:15", "08:30 uur"])
def test_what_is_no_time_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(InvalidValue, match="08:30"):
        parse_time(text)


def read_or_found(read: Callable[[str], date | time], text: str) -> date | time | str:
    try:
        return read(text)
    except InvalidValue as refused:
        return refused.found


@given(st.text())
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    assert isinstance(read_or_found(parse_date, text), date | str)
    assert isinstance(read_or_found(parse_time, text), time | str)


def test_half_past_eight_is_another_moment_in_summer_and_in_winter() -> None:
    summer = to_utc(date(2026, 10, 23), time(8, 30), AMSTERDAM)
    winter = to_utc(date(2026, 10, 26), time(8, 30), AMSTERDAM)
    assert summer == datetime(2026, 10, 23, 6, 30, tzinfo=UTC)
    assert winter == datetime(2026, 10, 26, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize("day", [SPRING_FORWARD, FALL_BACK])
def test_on_the_day_of_the_change_the_school_day_is_read_as_the_clocks_show_it(day: date) -> None:
    assert to_utc(day, time(8, 30), AMSTERDAM).astimezone(AMSTERDAM).time() == time(8, 30)


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    with pytest.raises(InvalidValue, match="skip"):
        to_utc(SPRING_FORWARD, time(2, 30), AMSTERDAM)
    before = to_utc(SPRING_FORWARD, time(1, 59), AMSTERDAM)
    after = to_utc(SPRING_FORWARD, time(3, 0), AMSTERDAM)
    assert after - before == timedelta(minutes=1)


def test_a_time_that_the_clocks_show_twice_is_refused() -> None:
    with pytest.raises(InvalidValue, match="twice"):
        to_utc(FALL_BACK, time(2, 30), AMSTERDAM)
    before = to_utc(FALL_BACK, time(1, 59), AMSTERDAM)
    after = to_utc(FALL_BACK, time(3, 0), AMSTERDAM)
    assert after - before == timedelta(minutes=121)


@pytest.mark.parametrize("text", ["2026-10-06 09:00", "2026-10-06T09:00", "6-10-2026 9:00", "9.00"])
def test_a_moment_is_a_date_and_a_time_or_a_time_of_today(text: str) -> None:
    today = date(2026, 10, 6)
    assert parse_datetime(text, today, AMSTERDAM) == datetime(2026, 10, 6, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "2026-10-06", "tomorrow 09:00", "09:00 2026-10-06"])
def test_what_is_no_moment_is_refused_whole(text: str) -> None:
    with pytest.raises(InvalidValue, match="a time of today") as refused:
        parse_datetime(text, date(2026, 10, 6), AMSTERDAM)
    assert refused.value.found == text


@pytest.mark.parametrize(("day", "hours"), [(SPRING_FORWARD, 23), (FALL_BACK, 25)])
def test_a_day_is_an_hour_shorter_or_longer_when_the_clocks_change(day: date, hours: int) -> None:
    after = date.fromordinal(day.toordinal() + 1)
    length = start_of_day(after, AMSTERDAM) - start_of_day(day, AMSTERDAM)
    assert length.total_seconds() == hours * 3600
