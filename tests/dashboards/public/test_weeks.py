"""Released weekly totals, as everyone reads them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from dashboards.figures.row import figure_rows
from dashboards.public import figure_cache
from dashboards.public.figure_cache import weekly_totals
from dashboards.public.weeks import first_public_week, public_weeks
from monitor import store
from monitor.release.figures import Figure
from monitor.release.tables import TableName
from schedules.language import Language, override
from tests.dashboards.cast import MONDAY, WEEK, figure, figures
from tests.dashboards.public.conftest import Ask

TITLES = {"snapchat": "Snapchat", "x": "X"}


def released(*some: Figure) -> None:
    for number, released_figure in enumerate(some or figures()):
        key = f"{released_figure.cell.table}/{released_figure.cell.day}/{number}"
        store.record_release(key, released_figure.cell.day, [released_figure])


def test_a_week_begins_with_the_total_and_goes_by_the_alphabet() -> None:
    totals = [
        released_figure
        for released_figure in figures()
        if released_figure.cell.table in {"W1", "W2"}
    ]
    (week,) = public_weeks(figure_rows(totals), TITLES)
    assert week.title == "16 t/m 20 november 2026"
    assert [(total.title, total.figure) for total in week.totals] == [
        ("", "4.870"),
        ("Snapchat", "1.020"),
        ("X", "100"),
    ]
    assert (week.totals[0].missing, week.totals[0].parts) == (1, 45)


def test_the_newest_week_is_first_and_each_language_writes_its_own_numbers() -> None:
    later = figure(TableName.WEEK, MONDAY, 1_230, parts=44)
    with override(Language.ENGLISH):
        found = public_weeks(
            figure_rows([figure(TableName.WEEK, WEEK, 1_000, parts=44), later]), {}
        )
    assert [week.totals[0].figure for week in found] == ["1,230", "1,000"]
    assert found[0].title == "23 to 27 November 2026"


def test_what_was_not_measured_and_what_is_too_little_are_told_as_such() -> None:
    some = [
        figure(TableName.WEEK, WEEK, None, missing=45),
        figure(TableName.WEEK_PLATFORMS, WEEK, 7, parts=5, platform="x"),
    ]
    (week,) = public_weeks(figure_rows(some), TITLES)
    assert [(total.figure, total.interval) for total in week.totals] == [
        ("geen cijfer", ""),
        ("<20", "0–120"),
    ]
    assert (week.totals[0].missing, week.totals[0].parts) == (45, 45)


def test_a_platform_that_is_no_longer_counted_keeps_its_figure() -> None:
    some = [figure(TableName.WEEK_PLATFORMS, WEEK, 300, parts=5, platform="vine")]
    assert public_weeks(figure_rows(some), TITLES)[0].totals[0].title == "vine"


def test_the_page_has_the_weekly_totals_and_no_other_figure(transparency: Ask) -> None:
    released()
    page = transparency()
    assert "16 t/m 20 november 2026" in page
    assert "Alles samen (1 van de 45 delen niet gemeten) 4.870" in page
    assert "Snapchat 1.020" in page
    # Of the layers' weeks (402, 333), of a day (187) and of a lesson hour (300): nothing.
    assert not any(f" {shown} " in page for shown in (400, 335, 185, 300))


def test_the_page_says_what_is_no_figure_and_what_is_below_twenty(transparency: Ask) -> None:
    released(
        figure(TableName.WEEK, WEEK, None, missing=45),
        figure(TableName.WEEK_PLATFORMS, WEEK, 3, parts=5, platform="x"),
    )
    assert "Alles samen (45 van de 45 delen niet gemeten) geen cijfer" in transparency()
    assert "X (Twitter) <20 0–" in transparency()
    assert "no figure X (Twitter) <20" in transparency("en")


def test_what_is_not_released_for_people_is_not_in_the_page(transparency: Ask) -> None:
    released(replace(figure(TableName.WEEK, WEEK, 4_321, parts=44), is_public=False))
    assert "4.320" not in transparency()
    assert "Er is nog geen hele week vrijgegeven." in transparency()


@pytest.mark.django_db
def test_a_year_is_shown_and_what_is_older_is_not() -> None:
    first = first_public_week(MONDAY)
    assert first == date(2025, 11, 24)
    released(
        figure(TableName.WEEK, first, 1_000, parts=44),
        figure(TableName.WEEK, first - timedelta(weeks=1), 2_000, parts=44),
    )
    figure_cache.CACHE.clear()
    assert [row.value for row in weekly_totals(MONDAY)] == [1_000]


@pytest.mark.store
@pytest.mark.django_db
def test_the_store_is_read_again_only_when_there_is_another_figure(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    figure_cache.CACHE.clear()
    released(figure(TableName.WEEK, WEEK, 1_000, parts=44))
    assert len(weekly_totals(MONDAY)) == 1
    with django_assert_num_queries(1):
        assert len(weekly_totals(MONDAY)) == 1
    released(figure(TableName.WEEK_PLATFORMS, WEEK, 500, parts=5, platform="x"))
    assert len(weekly_totals(MONDAY)) == 2
