"""What is measured of a lesson hour, by what is configured and allowed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.release.measured.measured_hour import AllowedUse, MeasuredHour, measure_hour
from monitor.release.measured.pupils import LessonRoom
from schedules.exemption import Exemption, Exemptions, ExemptionScope, TimeSpan
from schedules.lesson import Lesson
from schedules.timetable import Timetable
from tests.cast import AMSTERDAM, LAYERS, MONDAY, ROOMS, at, lesson, lessons

PLATFORMS = ("instagram", "x")
PLACED = dict.fromkeys(ROOMS, frozenset[str]())
FIRST_HOUR = [lesson(room) for room in ROOMS]


def measured(
    *exemptions: Exemption,
    placed: dict[str, frozenset[str]] = PLACED,
    held: Iterable[Lesson] | None = None,
    sizes: dict[str, int] | None = None,
) -> MeasuredHour:
    timetable = Timetable(lessons() if held is None else held, AMSTERDAM)
    return measure_hour(
        next(hour for hour in timetable.periods_on(MONDAY) if hour.period == "1"),
        timetable,
        Exemptions(exemptions, timetable),
        placed=placed,
        layers=LAYERS,
        platforms=PLATFORMS,
        sizes=sizes,
    )


def allowed(
    scope: ExemptionScope, target: str = "", *platforms: str, **changes: object
) -> Exemption:
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


def rooms_of(hour: MeasuredHour) -> set[str]:
    return {room.room for room in hour.rooms}


def test_a_room_with_a_place_and_a_lesson_is_measured_for_each_platform() -> None:
    hour = measured()
    assert rooms_of(hour) == {*ROOMS}
    assert LessonRoom("101", "3 havo", frozenset({"h3a"})) in hour.by_platform["x"]
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
    briefly = allowed(ExemptionScope.SCHOOL, start=at(8, 50), end=at(8, 51))
    assert not measured(briefly).rooms
    assert measured(allowed(ExemptionScope.SCHOOL, start=at(9, 20), end=at(11))).is_enough


def test_the_layer_of_a_place_can_be_exempted_too() -> None:
    placed = {**PLACED, "101": frozenset({"the attic"})}
    hour = measured(allowed(ExemptionScope.LAYER, "the attic"), placed=placed)
    assert {*ROOMS} - rooms_of(hour) == {"101"}


def test_only_what_is_measured_at_both_ends_of_an_hour_is_measured() -> None:
    half = measured(placed={room: frozenset() for room in ROOMS[:12]})
    assert len(measured().both(half).rooms) == len(half.both(measured()).rooms) == 12


def test_one_class_that_has_its_lesson_in_twenty_rooms_is_one_class() -> None:
    hour = measured(held=[lesson(room, groups=("h3a",)) for room in ROOMS])
    assert len(hour.rooms) == len(ROOMS)
    assert not hour.is_enough


def test_groups_of_which_the_size_is_not_known_are_nobody_where_sizes_are() -> None:
    known = {group: 25 for room in FIRST_HOUR for group in room.groups}
    assert measured(sizes=known).is_enough
    assert not measured(sizes=dict(list(known.items())[:7])).is_enough, "175 pupils"


class TestInside:
    """A label is no hour: what has it at another time, or for longer, is not in it."""

    def alone(self, start: int, minutes: int) -> Lesson:
        begins = FIRST_HOUR[0].start + timedelta(minutes=start)
        return lesson("101", start=begins, end=begins + timedelta(minutes=minutes))

    def test_who_has_a_lesson_when_the_others_do_is(self) -> None:
        assert lesson("101").instance in measured(held=FIRST_HOUR).lessons

    def test_who_has_it_after_the_others_is_not(self) -> None:
        hour = measured(held=[self.alone(50, 50), *FIRST_HOUR[1:]])
        assert lesson("101").instance not in hour.lessons
        assert "101" not in rooms_of(hour)

    def test_two_bells_that_overlap_are_one_hour(self) -> None:
        late = [
            lesson(room, start=start + timedelta(minutes=30), end=start + timedelta(minutes=80))
            for room, start in ((room, FIRST_HOUR[0].start) for room in ROOMS[12:])
        ]
        assert rooms_of(measured(held=[*FIRST_HOUR[:12], *late])) == {*ROOMS}

    def test_a_double_lesson_is_and_what_goes_on_far_longer_is_not(self) -> None:
        assert "101" in rooms_of(measured(held=[self.alone(0, 100), *FIRST_HOUR[1:]]))
        hour = measured(held=[self.alone(0, 200), *FIRST_HOUR[1:]])
        assert lesson("101").instance not in hour.lessons


class TestAllowedByTheLeadership:
    SPAN = TimeSpan(at(8), at(11))

    def test_it_is_of_its_room_and_platform(self) -> None:
        hour = measured(allowed(ExemptionScope.ROOM, "101", "x"))
        room = LessonRoom("101", "3 havo", frozenset({"h3a"}))
        assert hour.allowed == {AllowedUse(self.SPAN, room, "x")}
        assert not hour.changed

    def test_what_a_teacher_allows_is_none_of_it(self) -> None:
        lesson_of_hers = allowed(
            ExemptionScope.LESSON, lesson("101").instance, start=None, end=None
        )
        assert not measured(lesson_of_hers).allowed

    def test_what_was_not_so_at_both_ends_of_the_hour_changed(self) -> None:
        whole = allowed(ExemptionScope.LAYER, "3 havo", "x")
        before, after = measured(), measured(whole)
        for hour in (after.both(before), before.both(after)):
            assert hour.changed == after.allowed != frozenset()
        assert not after.both(after).changed
