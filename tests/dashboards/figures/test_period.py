"""Weeks, months and school years, made of whole weeks."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dashboards.figures.period import (
    CALENDAR_KINDS,
    PeriodKind,
    ReportingPeriod,
    list_periods,
    term_containing,
)

DAYS = st.dates(date(2001, 1, 1), date(2100, 1, 1))
KINDS = st.sampled_from(CALENDAR_KINDS)


def test_a_week_is_named_by_its_monday() -> None:
    week = ReportingPeriod.containing(PeriodKind.WEEK, date(2026, 11, 22))
    assert (week.start, week.last_day) == (date(2026, 11, 16), date(2026, 11, 22))


def test_a_month_is_made_of_the_weeks_whose_monday_is_in_it() -> None:
    november = ReportingPeriod.containing(PeriodKind.MONTH, date(2026, 11, 2))
    assert november.start == date(2026, 11, 1)
    assert november.mondays == tuple(date(2026, 11, day) for day in (2, 9, 16, 23, 30))
    assert ReportingPeriod.containing(PeriodKind.MONTH, date(2026, 11, 1)).start == date(
        2026, 10, 1
    )


def test_a_school_year_begins_in_august() -> None:
    year = ReportingPeriod.containing(PeriodKind.SCHOOL_YEAR, date(2026, 11, 16))
    assert year.start == date(2026, 8, 1)
    assert (year.first_day, year.mondays[-1]) == (date(2026, 8, 3), date(2027, 7, 26))


@given(KINDS, DAYS)
def test_every_week_is_in_one_period_of_each_kind(kind: PeriodKind, day: date) -> None:
    period = ReportingPeriod.containing(kind, day)
    monday = day - timedelta(days=day.weekday())
    assert monday in period.mondays
    assert period.first_day <= day <= period.last_day
    assert monday not in period.previous.mondays
    assert monday not in period.next.mondays


@given(KINDS, DAYS)
def test_periods_follow_each_other(kind: PeriodKind, day: date) -> None:
    period = ReportingPeriod.containing(kind, day)
    assert period.previous.next == period.next.previous == period
    assert period.previous.last_day + timedelta(days=1) == period.first_day


def test_periods_that_have_weeks_are_listed_the_newest_first() -> None:
    weeks = [date(2026, 11, 16), date(2026, 10, 26), date(2026, 11, 9)]
    found = [period.start for period in list_periods(PeriodKind.MONTH, weeks)]
    assert found == [date(2026, 11, 1), date(2026, 10, 1)]


def weeks(*numbers: int) -> list[date]:
    return [date(2026, 8, 31) + timedelta(weeks=number) for number in numbers]


def test_a_term_is_what_lies_between_two_holidays() -> None:
    known = weeks(0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11)
    autumn = term_containing(known, date(2026, 11, 4))
    assert autumn.mondays == tuple(weeks(8, 9, 10, 11))
    assert autumn.previous.mondays == tuple(weeks(0, 1, 2, 3, 4, 5, 6))


def test_in_a_holiday_the_term_before_it_is_meant() -> None:
    known = weeks(0, 1, 2, 4, 5)
    assert term_containing(known, weeks(3)[0]).mondays == tuple(weeks(0, 1, 2))


def test_before_anything_a_term_is_the_week_itself() -> None:
    alone = term_containing([], date(2026, 11, 18))
    assert alone.mondays == (date(2026, 11, 16),)
    assert alone.previous.mondays == (date(2026, 11, 9),)
