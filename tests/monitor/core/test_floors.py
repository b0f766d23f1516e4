"""What too few rooms or pupils are measured in has no figure, however they became few."""

from dataclasses import replace
from datetime import timedelta
from ipaddress import IPv4Network

from monitor.place import Place
from monitor.places.prefix_map import PrefixMap
from monitor.release.layers import Layer, Layers
from monitor.release.tables import B1, B2, DRAWN, R1, R2, R3, R4, V1
from monitor.sighting import Sighting
from monitor.snapshot import Snapshot
from schedules.lesson import Lesson
from tests.cast import MONDAY, ROOMS, at, client, lesson, lessons, school_snapshot, use
from tests.monitor.core.living import NEXT_MONDAY, Day, all_but


def test_a_school_below_the_floor_has_no_figures() -> None:
    small = Layers((Layer("all", 199, ("*",)),))
    assert Day(school_snapshot(layers=small)).until(at(18), *use(at(8, 40))).closed == []


def test_an_hour_with_few_rooms_counts_in_the_day_but_has_no_figure() -> None:
    few = school_snapshot([lesson(room) for room in ROOMS[:19]])
    day = Day(few).until(at(18), *use(at(8, 40)))
    assert day.counts(R1) == {}
    assert day.counts(R2) == {("", "", "instagram"): 1}


def test_a_place_alone_makes_no_layer() -> None:
    """It may be one room: its device would be a layer by itself."""
    prefix = (IPv4Network("10.0.101.7/32"), Place("101", layer="3 vwo"))
    rooms = [(IPv4Network(f"10.0.{room}.0/24"), Place(room)) for room in ROOMS]
    held = replace(school_snapshot(), prefixes=PrefixMap([*rooms, prefix]))
    day = Day(held).until(at(18), *use(at(8, 40), client("101", 7)))
    assert day.counts(R3) == {("", "3 havo", ""): 1}


def test_one_class_that_is_left_when_all_others_are_exempted_has_no_figure() -> None:
    day = Day(school_snapshot(exemptions=all_but("101")))
    day.until(NEXT_MONDAY, *use(at(8, 40)))
    for table in DRAWN:
        assert set(day.counts(table).values()) == {None}, table.name


def test_nor_has_it_when_that_goes_on_for_days() -> None:
    days = [MONDAY + timedelta(days=number) for number in range(5)]
    exemptions = all_but("101", end=at(18, 0, days[-1]))
    day = Day(school_snapshot(lessons(days), exemptions))
    day.until(NEXT_MONDAY, *(seen for date in days for seen in use(at(8, 40, date))))
    assert set(day.counts(R4).values()) == {None}


def test_nor_has_it_when_one_hour_of_the_day_is_measured_whole() -> None:
    """What is done in the other hours counts for nothing: it would be one class's."""
    day = Day(school_snapshot(exemptions=all_but("101", start=at(9, 20))))
    day.until(NEXT_MONDAY, *use(at(9, 40)))
    assert day.counts(R1) == {("2", "", ""): None}
    assert not any(day.counts(R3).values())
    assert not any(day.counts(R4).values())


def everywhere(start: float) -> list[Sighting]:
    """Give the use of a device in every room."""
    seen = (seen for room in ROOMS for seen in use(start, client(room)))
    return sorted(seen, key=lambda sighting: sighting.timestamp)


def test_nor_has_one_class_that_alone_keeps_its_lesson_within_the_hour() -> None:
    """What was seen of the others' is dropped with those, so the floor may not rest on them."""
    others = [
        lesson if lesson.period != "1" or "101" in lesson.rooms else replace(lesson, instance=name)
        for lesson, name in ((lesson, f"{lesson.instance}, again") for lesson in lessons())
    ]
    day = Day().until(at(8, 35))
    day.core.snapshot = school_snapshot(others)
    day.until(NEXT_MONDAY, *everywhere(at(8, 45)))
    assert day.counts(R1)["1", "", ""] is None
    assert not any(day.counts(R3).values())


def test_nor_one_beside_which_no_other_lesson_is_ever_going_on() -> None:
    """First the others are said to be at the hour's end, and then to have been at its beginning."""

    def others(start: float, end: float) -> Snapshot:
        return school_snapshot(
            lesson
            if lesson.period != "1" or "101" in lesson.rooms
            else replace(
                lesson,
                start=lesson.start + timedelta(minutes=start),
                end=lesson.start + timedelta(minutes=end),
            )
            for lesson in lessons()
        )

    day = Day(others(33, 50)).until(at(9, 2), *everywhere(at(8, 45)))
    day.core.snapshot = others(0, 17)
    day.until(NEXT_MONDAY)
    assert day.counts(R1)["1", "", ""] is None
    assert not any(day.counts(R3).values())


def test_nor_one_that_was_seen_before_the_hour_was_away_for_a_while() -> None:
    """What is seen meanwhile is of another hour, except in a lesson that was begun."""
    held = list(lessons())
    away = [
        replace(held_lesson, period="9") if held_lesson.period == "1" else held_lesson
        for held_lesson in held
    ]
    day = Day().until(at(8, 33), *use(at(8, 31))[:2])
    day.core.snapshot = school_snapshot(away)
    day.until(at(9, 10), *everywhere(at(8, 40)))
    day.core.snapshot = school_snapshot(held)
    day.until(NEXT_MONDAY)
    assert day.counts(R1)["1", "", ""] is None
    assert not any(day.counts(R3).values())


def test_nor_one_that_was_seen_before_the_hour_was_said_to_begin_later() -> None:
    def later(lesson: Lesson) -> Lesson:
        if lesson.period != "1":
            return lesson
        if "101" in lesson.rooms:
            return replace(lesson, period="9")
        return replace(lesson, start=lesson.start + timedelta(minutes=45))

    held = list(lessons())
    day = Day().until(at(8, 33), *use(at(8, 31))[:2])
    day.core.snapshot = school_snapshot(map(later, held))
    day.until(at(9, 12), *everywhere(at(8, 40)))
    day.core.snapshot = school_snapshot(held)
    day.until(NEXT_MONDAY)
    assert day.counts(R1)["1", "", ""] is None
    assert not any(day.counts(R3).values())


def test_a_week_says_how_many_of_its_days_are_not_in_it() -> None:
    """A day on which all but one class is exempted is left out: the others alone look like less."""
    days = [MONDAY + timedelta(days=number) for number in range(5)]
    day = Day(school_snapshot(lessons(days), all_but("101")))
    day.until(NEXT_MONDAY, *(seen for date in days for seen in use(at(8, 40, date))))
    week = next(closed for closed in day.closed if R4 in closed.counts)
    assert {*week.counts[R4].values()} == {0, 4}
    assert {*week.days_left_out.values()} == {1}
    weekly = (R4, V1, B1, B2)
    assert {cell.table for cell in week.days_left_out} == {table.name for table in weekly}
    assert len(week.days_left_out) == sum(len(week.counts[table]) for table in weekly)
