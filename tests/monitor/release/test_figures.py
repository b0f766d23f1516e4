"""How a figure is shown."""

from dataclasses import replace
from datetime import UTC, datetime
from math import exp
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.release.figures import CONFIDENCE, NORMAL_95, Figure, ShownFigure, add_up, half_width
from monitor.release.tables import DRAWN, R1, R3, Cell
from tests.cast import MONDAY

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
CELL = Cell(R1.name, MONDAY, "1")


def figure(drawn: int | None) -> Figure:
    return Figure(CELL, drawn, NOW)


def shown(drawn: int) -> ShownFigure:
    result = figure(drawn).shown
    assert result is not None
    return result


@pytest.mark.parametrize(
    ("drawn", "text"), [(-31, "<20"), (17, "<20"), (18, "20"), (82, "80"), (83, "85"), (85, "85")]
)
def test_it_is_rounded_to_five_and_small_figures_are_not_told(drawn: int, text: str) -> None:
    assert shown(drawn).text == text


def test_its_interval_is_rounded_outwards_and_never_below_zero() -> None:
    assert (shown(83).low, shown(83).high) == (35, 135)
    assert (shown(-60).low, shown(-60).high) == (0, 5)
    assert shown(10).low == 0


def test_what_was_lost_has_no_figure() -> None:
    assert figure(None).shown is None


@given(st.integers(-200, 5_000))
def test_it_says_no_more_than_the_drawn_figure(drawn: int) -> None:
    one = shown(drawn)
    assert one.high is not None
    assert one.low % 5 == one.high % 5 == 0
    assert one.value is None or (one.value % 5 == 0 and one.low <= one.value <= one.high)


@pytest.mark.parametrize("table", DRAWN)
def test_the_interval_of_one_draw_is_the_smallest_that_holds_95_percent(table: object) -> None:
    scale = next(spec.scale for spec in DRAWN if spec is table)
    p = exp(-1 / scale)

    def outside(width: int) -> float:
        return 2 * p ** (width + 1) / (1 + p)

    assert outside(half_width(scale)) <= 0.05 < outside(half_width(scale) - 1)


def test_both_kinds_of_interval_are_equally_certain() -> None:
    assert NormalDist().inv_cdf((1 + CONFIDENCE / 100) / 2) == pytest.approx(NORMAL_95, abs=1e-6)


def test_the_interval_of_a_sum_grows_with_the_root_of_its_parts() -> None:
    assert half_width(R3.scale, 100) == pytest.approx(10 * half_width(R3.scale, 1), rel=0.1)


def test_a_total_tells_what_it_misses() -> None:
    week = add_up(CELL, [figure(40), figure(None), figure(25)], NOW)
    assert (week.drawn, week.parts, week.missing) == (65, 2, 1)


def test_the_interval_is_of_the_noise_that_the_figure_was_drawn_with() -> None:
    louder = replace(figure(200), scale=10 * R1.scale)
    as_declared = replace(figure(200), scale=R1.scale)
    assert as_declared.shown == figure(200).shown
    assert louder.shown is not None
    assert louder.shown.holds(200 + 9 * half_width(R1.scale))


def test_a_total_has_the_widest_interval_of_its_parts() -> None:
    parts = [figure(40), replace(figure(25), scale=2 * R1.scale)]
    assert add_up(CELL, parts, NOW).noise_scale == 2 * R1.scale
    assert add_up(CELL, [figure(40)], NOW).scale is None


def test_a_total_of_nothing_is_no_figure() -> None:
    assert add_up(CELL, [figure(None)], NOW).drawn is None
    assert add_up(CELL, [], NOW).drawn is None
