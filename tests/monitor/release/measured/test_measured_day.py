"""Which lesson hours of a day count, and whether the day has a figure."""

import pytest

from monitor.release.layers import Layer, Layers
from monitor.release.measured.measured_day import MeasuredDay
from monitor.release.measured.measured_hour import MeasuredHour
from monitor.release.measured.pupils import LessonRoom

PLATFORMS = ("instagram", "x")


def rooms(layer: str, count: int) -> list[LessonRoom]:
    return [LessonRoom(f"{layer}{n}", layer, frozenset({f"{layer}{n}"})) for n in range(count)]


HAVO, VWO = rooms("3 havo", 5), rooms("3 vwo", 12)


def hour(
    measured: list[LessonRoom],
    scheduled: list[LessonRoom] | None = None,
    *,
    x: list[LessonRoom] | None = None,
    size: int | None = 25,
) -> MeasuredHour:
    """Give an hour of which some rooms are measured, or fewer of them for X."""
    held = [*HAVO, *VWO] if scheduled is None else scheduled
    return MeasuredHour(
        frozenset(held),
        {"instagram": frozenset(measured), "x": frozenset(measured if x is None else x)},
        sizes=None
        if size is None
        else {group: size for room in [*HAVO, *VWO] for group in room.groups},
    )


def day(*hours: MeasuredHour, pupils: int = 125) -> MeasuredDay:
    measured = MeasuredDay(Layers((Layer("3 havo", pupils), Layer("3 vwo", 300))))
    for number, hour_of_day in enumerate(hours, start=1):
        measured.add(str(number), hour_of_day)
    return measured


def test_a_day_that_is_measured_whole_counts_whole() -> None:
    whole = day(hour([*HAVO, *VWO]), hour([*HAVO, *VWO]))
    for layer in ("", "3 havo", "3 vwo"):
        for platform in ("", *PLATFORMS):
            assert whole.counted_hours(layer, platform).periods == {"1", "2"}
            assert whole.is_enough(layer, platform)


@pytest.mark.parametrize(
    ("measured", "counts"), [(1, False), (2, False), (3, False), (4, True), (5, True)]
)
def test_an_hour_of_which_too_little_is_measured_does_not_count(
    measured: int, counts: bool
) -> None:
    """Four of its five rooms are a hundred pupils, three are less than three in four."""
    found = day(hour([*HAVO, *VWO]), hour([*HAVO[:measured], *VWO]))
    assert ("2" in found.counted_hours("3 havo").periods) == counts
    assert found.is_enough("3 havo"), "by its first hour"


def test_an_hour_in_which_few_have_a_lesson_counts_when_they_are_measured() -> None:
    three, one = [*HAVO[:3], *VWO], [HAVO[0], *VWO]
    found = day(hour([*HAVO, *VWO]), hour(three, three), hour(one, one))
    assert found.counted_hours("3 havo").periods == {"1", "2"}, "75 pupils, and not 25"


def test_a_day_of_such_hours_alone_has_no_figure() -> None:
    three = [*HAVO[:3], *VWO]
    assert not day(hour(three, three), hour(three, three)).is_enough("3 havo")


def test_a_layer_of_which_one_class_is_free_in_each_hour_is_as_large_as_all() -> None:
    free_in_turn = [[*HAVO[:n], *HAVO[n + 1 :], *VWO] for n in range(len(HAVO))]
    hours = [hour(held, held, size=22) for held in free_in_turn]
    assert day(*hours).is_enough("3 havo"), "88 in each hour, and 110 on the roster"
    assert not day(*hours[:1]).is_enough("3 havo")
    assert not day(*hours, pupils=99).is_enough("3 havo")


def test_a_platform_that_is_allowed_there_is_too_little_by_itself() -> None:
    found = day(hour([*HAVO, *VWO], x=VWO))
    assert not found.is_enough("3 havo", "x")
    assert found.is_enough("3 havo", "instagram")
    assert not found.is_enough("3 havo"), "what is of any platform lacks one"


@pytest.mark.parametrize(("declared", "is_enough"), [(125, True), (100, True), (99, False)])
def test_the_smaller_of_what_is_declared_and_what_is_taught_counts(
    declared: int, is_enough: bool
) -> None:
    assert day(hour([*HAVO, *VWO]), pupils=declared).is_enough("3 havo") == is_enough
    assert not day(hour([*HAVO, *VWO], size=19), pupils=declared).is_enough("3 havo")


def test_a_layer_that_is_declared_large_is_as_large_as_its_classes() -> None:
    """By the smallest class that there may be, five classes are 75 pupils."""
    assert not day(hour([*HAVO, *VWO], size=None), pupils=1000).is_enough("3 havo")
    assert day(hour([*HAVO, *VWO], size=None)).is_enough("3 vwo")


def test_a_day_without_lessons_has_nothing() -> None:
    assert not day().is_enough("3 havo")
    assert not day().is_enough()
