"""What stands in the address is what is shown, and nonsense in it is no error."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.figures.period import CALENDAR_KINDS, PeriodKind, ReportingPeriod
from dashboards.figures.row import figure_rows
from dashboards.overview.filters import FigureFilters
from tests.dashboards.cast import figures

NEWEST = date(2026, 11, 16)
TEXTS = st.text(max_size=30)


def asked(query: str) -> FigureFilters:
    from urllib.parse import parse_qsl

    return FigureFilters.from_parameters(dict(parse_qsl(query)), NEWEST)


def test_nothing_asked_is_the_newest_week_of_all() -> None:
    assert asked("") == FigureFilters(ReportingPeriod(PeriodKind.WEEK, NEWEST))


@given(st.sampled_from(CALENDAR_KINDS), st.dates(date(2010, 1, 1), date(2090, 1, 1)), TEXTS, TEXTS)
def test_an_address_says_all_that_was_asked(
    kind: PeriodKind, day: date, layer: str, platform: str
) -> None:
    filters = FigureFilters(ReportingPeriod.containing(kind, day), layer.strip(), platform.strip())
    again = asked(filters.query)
    assert again.period == filters.period
    assert (again.layer, again.platform) == (filters.layer, filters.platform)


@given(TEXTS, TEXTS)
def test_nonsense_is_as_if_it_was_not_asked(kind: str, day: str) -> None:
    FigureFilters.from_parameters({"periode": kind, "van": day}, NEWEST)
    assert FigureFilters.from_parameters({"van": f"x{day}"}, NEWEST).period.start == NEWEST


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1999-01-01"])
def test_a_day_at_the_end_of_time_is_nonsense(day: str) -> None:
    assert asked(f"van={day}").period.start == NEWEST


def test_a_layer_or_a_platform_leaves_what_is_of_all() -> None:
    rows = asked("leerlaag=vwo&platform=x").select(figure_rows(figures()))
    assert {row.cell.layer for row in rows} == {"", "vwo"}
    assert {row.cell.platform for row in rows} == {"", "x"}
    assert {row.cell.table for row in rows} == {"R1", "R2", "R3", "R4", "R5", "S1", "W1", "W2"}
