"""A change inside what a figure covers makes it a figure of two things."""

import pytest

from monitor.release.measured.changes import covered_time, has_change_inside, has_edge_inside
from schedules.exemption import TimeSpan
from schedules.timetable import DatedPeriod
from tests.cast import MONDAY

HOURS = [DatedPeriod(MONDAY, "2", 30, 40, 24), DatedPeriod(MONDAY, "1", 10, 20, 24)]


def test_a_figure_covers_the_time_from_its_first_lesson_to_its_last() -> None:
    assert covered_time(HOURS) == (10, 40)


@pytest.mark.parametrize(
    ("change", "is_inside"),
    [
        ((5, 10), False),
        ((9, 11), True),
        ((22, 23), True),
        ((39, 41), True),
        ((40, 41), False),
        ((0, 90), True),
    ],
)
def test_a_change_in_a_break_is_inside_the_day_too(
    change: tuple[float, float], is_inside: bool
) -> None:
    assert has_change_inside(HOURS, [TimeSpan(*change)]) == is_inside
    assert not has_change_inside([], [TimeSpan(*change)])


@pytest.mark.parametrize(
    ("span", "is_inside"),
    [((0, 50), False), ((10, 40), False), ((0, 25), True), ((25, 90), True), ((20, 30), True)],
)
def test_what_is_so_all_the_time_begins_and_ends_outside(
    span: tuple[float, float], is_inside: bool
) -> None:
    assert has_edge_inside(HOURS, [TimeSpan(*span)]) == is_inside
    assert not has_edge_inside([], [TimeSpan(*span)])
