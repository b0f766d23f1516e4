"""For which figures enough is measured, before any is released."""

from collections.abc import Iterable

from monitor.diagnostics.checks.floors import check_floors
from monitor.diagnostics.finding import Finding, FindingKind
from monitor.release.layers import Layer, Layers
from monitor.release.measured.pupils import SMALLEST_CLASS
from schedules.importers.group_sizes.loading import LoadedSizes
from schedules.lesson import Lesson
from schedules.problem import Problem
from schedules.timetable import Timetable
from tests.cast import LAYERS, ROOMS, group_of, lesson, lessons

UNKNOWN = Finding(FindingKind.NO_GROUP_SIZES, count=SMALLEST_CLASS)
SIZES = {group_of(room): 25 for room in ROOMS}


def found(
    held: Iterable[Lesson] | None = None,
    measured: Iterable[str] = ROOMS,
    *,
    layers: Layers = LAYERS,
    sizes: dict[str, int] | None = SIZES,
    problems: tuple[Problem, ...] = (),
) -> list[Finding]:
    return list(
        check_floors(
            Timetable(lessons() if held is None else held),
            dict.fromkeys(measured, frozenset[str]()),
            layers,
            None if sizes is None else LoadedSizes(sizes, problems),
        )
    )


def test_a_school_that_is_measured_and_says_how_large_its_groups_are_lacks_nothing() -> None:
    assert found() == []


def test_it_is_said_that_sizes_are_not_known() -> None:
    assert found(sizes=None) == [UNKNOWN]
    assert UNKNOWN.is_note


def test_rows_that_are_left_out_and_groups_without_a_size_are_named() -> None:
    problem = Problem("groepen.csv, line 3", "veel", "a number")
    some = {group: size for group, size in SIZES.items() if group != "h3a"}
    assert found(sizes=some, problems=(problem,)) == [
        Finding(FindingKind.GROUP_SIZES, (str(problem),), 1),
        Finding(FindingKind.GROUPS_WITHOUT_SIZE, ("h3a",), 1),
    ]


def test_a_layer_that_is_smaller_than_it_is_declared_is_named() -> None:
    """Six classes of 25 are enough, and six of the smallest that there may be are not."""
    layers = Layers((Layer("3 havo", 250, ("h3*",)), Layer("3 vwo", 250, ("v3[a-f]",))))
    assert found(layers=layers) == []
    assert found(layers=layers, sizes=None) == [
        UNKNOWN,
        Finding(FindingKind.LAYER_UNMEASURED, ("3 vwo",), 1),
    ]


def test_a_layer_of_which_rooms_have_no_place_is_named() -> None:
    havo, vwo = ROOMS[::2], ROOMS[1::2]
    assert found(measured=[*havo, *vwo[:4]], sizes=None) == [
        UNKNOWN,
        Finding(FindingKind.LAYER_UNMEASURED, ("3 vwo",), 1),
        Finding(FindingKind.HOUR_TOO_SMALL, ("1", "2"), 2),
    ]


def test_a_school_of_which_nothing_is_measured_is_said_once() -> None:
    assert found(measured=ROOMS[:5]) == [Finding(FindingKind.SCHOOL_UNMEASURED)]


def test_a_lesson_hour_in_few_rooms_is_named() -> None:
    few = [held for held in lessons() if held.period == "1" or held.rooms < ("105",)]
    assert found(few) == [Finding(FindingKind.HOUR_TOO_SMALL, ("2",), 1)]


def test_a_school_with_weekly_figures_has_no_lesson_hours_that_lack_one() -> None:
    layers = Layers((Layer("all", 300, ("*",)),))
    few = [held for held in lessons() if held.period == "1" or held.rooms < ("105",)]
    assert found(few, layers=layers) == []


def test_without_lessons_there_is_nothing_to_hold_against() -> None:
    assert found([]) == []
    assert found([lesson("101", rooms=())]) == []
