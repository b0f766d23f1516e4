"""What stands in the address is what is shown, and nonsense in it is no error."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.figures.frame import frame
from dashboards.figures.period import IN_ADDRESS, Kind, Period
from dashboards.overview.filters import Filters
from tests.dashboards.cast import figures

NEWEST = date(2026, 11, 16)
TEXTS = st.text(max_size=30)


def asked(query: str) -> Filters:
    from urllib.parse import parse_qsl

    return Filters.read(dict(parse_qsl(query)), NEWEST)


def test_nothing_asked_is_the_newest_week_of_all() -> None:
    assert asked("") == Filters(Period(Kind.WEEK, NEWEST))


@given(st.sampled_from(IN_ADDRESS), st.dates(date(2010, 1, 1), date(2090, 1, 1)), TEXTS, TEXTS)
def test_an_address_says_all_that_was_asked(
    kind: Kind, day: date, layer: str, platform: str
) -> None:
    filters = Filters(Period.of(kind, day), layer.strip(), platform.strip())
    again = asked(filters.query)
    assert again.period == filters.period
    assert (again.layer, again.platform) == (filters.layer, filters.platform)


@given(TEXTS, TEXTS)
def test_nonsense_is_as_if_it_was_not_asked(kind: str, day: str) -> None:
    Filters.read({"periode": kind, "van": day}, NEWEST)
    assert Filters.read({"van": f"x{day}"}, NEWEST).period.first == NEWEST


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1999-01-01"])
def test_a_day_at_the_end_of_time_is_nonsense(day: str) -> None:
    assert asked(f"van={day}").period.first == NEWEST


def test_a_layer_or_a_platform_leaves_what_is_of_all() -> None:
    found = asked("leerlaag=vwo&platform=x").of(frame(figures()))
    assert set(found["layer"]) == {"", "vwo"}
    assert set(found["platform"]) == {"", "x"}
    assert set(found["table"]) == {"R1", "R2", "R3", "R4", "W1", "W2"}
