"""When the next figure that is whole can come, by timetable, places and roster."""

from collections.abc import Iterable
from datetime import timedelta

from monitor.diagnostics.checks.first_figure import find_first_figure
from monitor.release.layers import Layer, Layers
from monitor.release.measured.measured_hour import PlacedRooms
from schedules.importers.group_sizes.loading import LoadedSizes
from schedules.lesson import Lesson
from schedules.timetable import Timetable
from tests.cast import AMSTERDAM, LAYERS, MONDAY, ROOMS, at, group_of, lessons

PLACED: PlacedRooms = dict.fromkeys(ROOMS, frozenset())
SIZES = LoadedSizes({group_of(room): 25 for room in ROOMS}, ())
SMALL = Layers((Layer("3 havo", 150, ("h3*",)), Layer("3 vwo", 150, ("v3*",))))
"""A school that releases weeks alone."""
WEEK = timedelta(days=7)


def first(
    now: float,
    held: Iterable[Lesson] | None = None,
    *,
    measured: PlacedRooms = PLACED,
    layers: Layers = LAYERS,
) -> float | None:
    timetable = Timetable(lessons() if held is None else held, AMSTERDAM)
    return find_first_figure(timetable, measured, layers, SIZES, zone=AMSTERDAM, now=now)


def test_before_school_it_is_that_of_the_first_lesson_hour_ten_minutes_after_it() -> None:
    assert first(at(8)) == at(9, 30)


def test_in_a_lesson_hour_it_is_that_of_the_next_one() -> None:
    assert first(at(8, 40)) == at(10, 20)


def test_after_the_last_lesson_there_is_none_that_is_known() -> None:
    assert first(at(9, 30)) is None


def test_of_lesson_hours_with_too_few_rooms_it_is_the_day_s() -> None:
    twelve = [lesson for lesson in lessons() if int(lesson.rooms[0]) % 2]
    assert len(twelve) == 24
    assert first(at(8), twelve) == at(17)


def test_a_small_school_waits_for_the_week_and_for_a_whole_one() -> None:
    both = [*lessons([MONDAY]), *lessons([MONDAY + WEEK])]
    assert first(at(8), both, layers=SMALL) == at(7, 0, MONDAY + WEEK)
    assert first(at(8, 40), both, layers=SMALL) == at(7, 0, MONDAY + 2 * WEEK)


def test_the_rest_of_a_week_is_no_week() -> None:
    """On Tuesday the lessons of Monday are not among those to come."""
    tuesday, next_monday = MONDAY + timedelta(days=1), MONDAY + WEEK
    held = lessons([tuesday, next_monday])
    assert first(at(7, 0, tuesday), held, layers=SMALL) == at(7, 0, MONDAY + 2 * WEEK)


def test_without_places_or_pupils_there_is_none() -> None:
    assert first(at(8), measured={}) is None
    assert first(at(8), layers=Layers(())) is None
