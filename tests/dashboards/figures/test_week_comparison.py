"""The weeks of a period, held against the weeks before it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from dashboards.figures.differences import MIN_WEEKS
from dashboards.figures.row import FigureRow, figure_rows
from dashboards.figures.week_comparison import compare_by_part, compare_by_week, days_by_week
from monitor.release.tables import SCHOOL_DAYS, TableName
from tests.dashboards.cast import WEEK, figure

WHOLE = ("", "")


def totals(drawn: int, week: date = WEEK, *, parts: int = 45) -> FigureRow:
    (row,) = figure_rows([figure(TableName.WEEK, week, drawn, parts=parts)])
    return row


def cells(drawn: int, week: date = WEEK, *, platform: str = "x") -> FigureRow:
    cell = figure(TableName.LAYER_PLATFORMS, week, drawn, layer="vwo", platform=platform)
    (row,) = figure_rows([cell])
    return row


def earlier(count: int = 12) -> Iterator[date]:
    return (WEEK - timedelta(weeks=number) for number in range(1, count + 1))


def steady(count: int = 12) -> list[FigureRow]:
    return [totals(4_900 + 20 * (number % 3), week) for number, week in enumerate(earlier(count))]


def test_a_week_like_those_before_does_not_differ() -> None:
    assert not compare_by_part([totals(4_950)], steady())[WHOLE].is_clear


def test_a_fall_is_told_by_lesson_hour() -> None:
    difference = compare_by_part([totals(3_000)], steady())[WHOLE]
    assert difference.is_clear
    assert difference.value == pytest.approx((3_000 - 4_920) / 45, abs=1)


def test_a_week_with_a_free_day_does_not_differ_by_that() -> None:
    assert not compare_by_part([totals(3_960, parts=36)], steady())[WHOLE].is_clear


@pytest.mark.parametrize("count", [0, MIN_WEEKS - 1])
def test_with_too_few_weeks_nothing_can_be_compared(count: int) -> None:
    assert compare_by_part([totals(3_000)], steady(count)) == {}


def test_a_period_of_several_weeks_is_known_better_than_one() -> None:
    week = compare_by_part([totals(4_950)], steady())[WHOLE]
    weeks = [totals(4_950, WEEK + timedelta(weeks=number)) for number in range(4)]
    assert compare_by_part(weeks, steady())[WHOLE].half_width < week.half_width


def test_what_is_new_cannot_be_compared_and_does_not_hide_the_others() -> None:
    now = [cells(200), cells(100, platform="be")]
    before = [cells(200, week) for week in earlier()]
    assert compare_by_week(now, before, {}).keys() == {("vwo", "x")}


def test_a_week_of_which_a_day_is_not_in_the_figures_is_left_out() -> None:
    now = replace(cells(100), missing=1)
    before = [cells(200, week) for week in earlier()]
    assert compare_by_week([now], before, {}) == {}


def test_a_week_of_four_days_is_held_against_others_as_if_it_had_five() -> None:
    platform = figure(TableName.WEEK_PLATFORMS, WEEK, 500, parts=4, platform="x")
    days = days_by_week(figure_rows([platform]), SCHOOL_DAYS)
    assert days == {WEEK: 0.8}
    now = [cells(800)]
    before = [cells(1_000, week) for week in earlier()]
    as_it_is, as_five = (compare_by_week(now, before, of)["vwo", "x"] for of in ({}, days))
    assert as_it_is.value == pytest.approx(-200)
    assert as_five.value == pytest.approx(0)
