"""What is measured of a lesson hour and a day, by what is configured and allowed."""

from dataclasses import replace

import pytest

from monitor.release.layers import Layer, Layers
from monitor.release.measured.measured_rooms import (
    LessonRoom,
    MeasuredDay,
    MeasuredHour,
    measure_hour,
)
from schedules.exemption import Exemption, Exemptions, ExemptionScope
from schedules.timetable import Timetable
from tests.cast import AMSTERDAM, LAYERS, MONDAY, ROOMS, at, lesson, lessons

TIMETABLE = Timetable(lessons(), AMSTERDAM)
FIRST_HOUR = TIMETABLE.periods_on(MONDAY)[0]
PLATFORMS = ("instagram", "x")
PLACED = dict.fromkeys(ROOMS, frozenset[str]())


def measured(*exemptions: Exemption, placed: dict[str, frozenset[str]] = PLACED) -> MeasuredHour:
    return measure_hour(
        FIRST_HOUR,
        TIMETABLE,
        Exemptions(exemptions, TIMETABLE),
        placed=placed,
        layers=LAYERS,
        platforms=PLATFORMS,
    )


def allowed(scope: ExemptionScope, target: str, *platforms: str, **changes: object) -> Exemption:
    made = Exemption(
        scope=scope,
        target=target,
        platforms=frozenset(platforms) or None,
        granted_by="yil",
        granted_at=at(7),
        start=at(8),
        end=at(11),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_room_with_a_place_and_a_lesson_is_measured_for_each_platform() -> None:
    hour = measured()
    assert {room for room, _ in hour.rooms} == {*ROOMS}
    assert LessonRoom("101", "3 havo") in hour.by_platform["x"]
    assert hour.is_enough


def test_a_room_without_a_place_is_not() -> None:
    hour = measured(placed={room: frozenset() for room in ROOMS[:19]})
    assert len(hour.rooms) == 19
    assert not hour.is_enough
    assert len(hour.scheduled) == len(ROOMS)


@pytest.mark.parametrize(
    ("scope", "target", "count"),
    [
        (ExemptionScope.ROOM, "101", 23),
        (ExemptionScope.LAYER, "3 havo", 12),
        (ExemptionScope.SCHOOL, "", 0),
        (ExemptionScope.LESSON, lesson("101").instance, 23),
    ],
)
def test_a_room_in_which_something_is_allowed_is_measured_for_the_rest_alone(
    scope: ExemptionScope, target: str, count: int
) -> None:
    times = {"start": None, "end": None} if scope is ExemptionScope.LESSON else {}
    hour = measured(allowed(scope, target, "x", **times))
    assert len(hour.by_platform["x"]) == len(hour.rooms) == count
    assert len(hour.by_platform["instagram"]) == len(ROOMS)


def test_what_is_allowed_for_a_minute_counts_for_the_whole_hour() -> None:
    briefly = allowed(ExemptionScope.SCHOOL, "", start=at(8, 50), end=at(8, 51))
    assert not measured(briefly).rooms
    assert measured(allowed(ExemptionScope.SCHOOL, "", start=at(9, 20), end=at(11))).is_enough


def test_the_layer_of_a_place_can_be_exempted_too() -> None:
    placed = {**PLACED, "101": frozenset({"the attic"})}
    hour = measured(allowed(ExemptionScope.LAYER, "the attic"), placed=placed)
    assert {*ROOMS} - {room for room, _ in hour.rooms} == {"101"}


def test_only_what_is_measured_at_both_ends_of_an_hour_is_measured() -> None:
    half = measured(placed={room: frozenset() for room in ROOMS[:12]})
    assert len(measured().both(half).rooms) == len(half.both(measured()).rooms) == 12


class TestDay:
    def day(self, *hours: MeasuredHour, pupils: int = 140) -> MeasuredDay:
        day = MeasuredDay(
            Layers((Layer("3 havo", pupils, ("h3*",)), Layer("3 vwo", pupils, ("v3*",))))
        )
        for hour in hours:
            day.add(hour)
        return day

    def test_a_layer_counts_for_as_many_pupils_as_are_measured(self) -> None:
        """Of 12 rooms 9 are measured: 105 of 140 pupils; with 8 it would be 93."""
        for rooms, is_enough in (("101 103 105", True), ("101 103 105 107", False)):
            exempted = [allowed(ExemptionScope.ROOM, room) for room in rooms.split()]
            day = self.day(measured(*exempted))
            assert day.is_enough("3 havo") == is_enough
            assert day.is_enough("3 vwo")

    def test_a_platform_that_is_allowed_there_is_too_little_by_itself(self) -> None:
        day = self.day(measured(allowed(ExemptionScope.LAYER, "3 havo", "x")))
        assert not day.is_enough("3 havo", "x")
        assert day.is_enough("3 havo", "instagram")
        assert not day.is_enough("3 havo"), "what is of any platform lacks one"

    def test_the_best_hour_of_the_day_counts(self) -> None:
        """Whoever is not measured in one lesson is in another."""
        day = self.day(measured(allowed(ExemptionScope.SCHOOL, "")), measured())
        assert day.is_enough("3 havo")
        assert day.is_enough()

    def test_a_day_without_lessons_has_nothing(self) -> None:
        assert not self.day().is_enough("3 havo")
        assert not self.day().is_enough()
