"""How long figures are kept, and the audit."""

from datetime import date

import pytest

from monitor.release.retention import (
    first_audit_day_kept,
    first_days_kept,
)
from monitor.release.tables import TABLES, TableName


def test_daily_figures_are_kept_for_eight_weeks() -> None:
    kept = first_days_kept(date(2026, 11, 23))
    assert kept[TableName.LESSON_HOURS] == date(2026, 9, 28)
    assert kept[TableName.PLATFORMS] == kept[TableName.LAYERS] == date(2026, 9, 28)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 23), date(2025, 8, 1)),
        (date(2027, 7, 31), date(2025, 8, 1)),
        (date(2027, 8, 1), date(2026, 8, 1)),
    ],
)
def test_weekly_figures_are_kept_to_the_end_of_the_next_school_year(
    today: date, first: date
) -> None:
    kept = first_days_kept(today)
    assert kept[TableName.WEEK] == kept[TableName.LAYER_PLATFORMS] == first


@pytest.mark.parametrize(
    ("weeks", "first"), [(8, date(2026, 9, 28)), (20, date(2026, 7, 6)), (104, date(2025, 8, 1))]
)
def test_a_school_may_keep_weekly_figures_shorter_and_never_longer(weeks: int, first: date) -> None:
    kept = first_days_kept(date(2026, 11, 23), weeks)
    assert kept[TableName.WEEK] == kept[TableName.LAYER_PLATFORMS] == first
    assert kept[TableName.LESSON_HOURS] == date(2026, 9, 28)


def test_every_table_has_a_term() -> None:
    assert set(first_days_kept(date(2026, 11, 23))) == set(TABLES)


@pytest.mark.parametrize(
    ("today", "years", "since"),
    [
        (date(2026, 11, 23), 3, date(2023, 11, 23)),
        (date(2028, 2, 29), 1, date(2027, 2, 28)),
        (date(2028, 2, 29), 4, date(2024, 2, 29)),
    ],
)
def test_the_audit_is_kept_for_as_many_years_as_the_school_says(
    today: date, years: int, since: date
) -> None:
    assert first_audit_day_kept(today, years) == since
