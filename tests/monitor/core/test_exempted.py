"""What a teacher or the leadership allowed is in one weekly figure; nothing else is left out."""

from dataclasses import replace
from datetime import timedelta
from ipaddress import IPv4Network

import pytest

from monitor.place import Place
from monitor.places.prefix_map import PrefixMap
from monitor.release.layers import Layer, Layers
from monitor.release.tables import DRAWN, MIN_GRANTERS, R1, R2, R3, R4, R5
from schedules.exemption import Exemption, Exemptions, ExemptionScope
from schedules.timetable import Timetable
from tests.cast import (
    AMSTERDAM,
    MONDAY,
    at,
    client,
    lesson,
    lessons,
    school_snapshot,
    sighting,
    use,
)
from tests.monitor.core.living import NEXT_MONDAY, Day, allowed, hours


def test_exempted_use_is_in_no_table() -> None:
    day = Day(school_snapshot(exemptions=allowed())).until(at(18), *use(at(8, 40)))
    assert day.counts(R1) == day.counts(R2) == day.counts(R3) == {}


def test_an_exemption_is_for_its_lesson_its_platforms_and_its_time_only() -> None:
    only_youtube = allowed(platforms=frozenset({"youtube"}))
    assert hours(*use(at(8, 40)), held=school_snapshot(exemptions=only_youtube)) == {"1": 1}
    in_101 = school_snapshot(exemptions=allowed())
    assert hours(*use(at(8, 40), client("102")), held=in_101) == {"1": 1}
    assert hours(*use(at(9, 40)), held=in_101) == {"2": 1}
    ended = allowed(revoked_at=at(8, 39))
    assert hours(*use(at(8, 40)), held=school_snapshot(exemptions=ended)) == {"1": 1}


def test_an_exemption_of_a_layer_holds_for_that_layer_alone_also_when_it_is_merged() -> None:
    merged = Layers((Layer("3 havo", 60, ("h3*",)), Layer("3 vwo", 560, ("v3*",))))
    of_havo = allowed(
        scope=ExemptionScope.LAYER, target="3 havo", start=at(8), end=at(18), granted_at=at(8)
    )
    both = use(at(8, 40), client("101")) + use(at(8, 40), client("102"))
    day = Day(school_snapshot(layers=merged, exemptions=of_havo)).until(at(18), *both)
    assert day.counts(R3) == {("", "3 havo + 3 vwo", ""): 1}


def test_an_exemption_from_the_start_of_the_lesson_covers_what_was_seen_before_it() -> None:
    day = Day().until(at(8, 45), *use(at(8, 40)))
    day.core.snapshot = school_snapshot(exemptions=allowed())
    day.core.forget_exempted(lesson("101").instance, None)
    assert day.until(at(18), *use(at(8, 50))).counts(R1) == {}


def test_an_exemption_from_now_leaves_what_was_seen_before_it() -> None:
    day = Day().until(at(8, 45), *use(at(8, 40)))
    day.core.snapshot = school_snapshot(exemptions=allowed(start=at(8, 45)))
    assert day.until(at(18), *use(at(8, 50))).counts(R1) == {("1", "", ""): 1}


def test_where_a_platform_is_allowed_its_shared_hostnames_are_too() -> None:
    """Its own are dropped, so nothing would tell that they are not of the other who shares them."""
    shared = use(at(8, 40), hostname="scontent-ams2-1.xx.fbcdn.net")
    by_facebook = [sighting(at(8, 40), hostname="www.facebook.com", down=50_000)]
    assert hours(*shared, *by_facebook) == {"1": 1}
    instagram = school_snapshot(exemptions=allowed(platforms=frozenset({"instagram"})))
    assert hours(*shared, *by_facebook, held=instagram) == {}


def test_a_platform_that_is_allowed_later_takes_what_it_shares_along() -> None:
    by_facebook = sighting(at(8, 40), hostname="www.facebook.com", down=50_000)
    shared = use(at(8, 40), hostname="scontent-ams2-1.xx.fbcdn.net")
    day = Day().until(at(8, 45), by_facebook, *shared)
    day.core.forget_exempted(lesson("101").instance, {"instagram"})
    assert day.until(at(18)).counts(R1) == {}


def test_an_exemption_of_one_lesson_in_a_double_booked_room_covers_the_room() -> None:
    twice = [*lessons(), lesson("101", instance="another", teachers=("JAN",))]
    day = Day(school_snapshot(twice)).until(at(8, 45), *use(at(8, 40)))
    day.core.forget_exempted("another", {"instagram"})
    assert day.until(at(18)).counts(R1) == {}


TWO_ROOMS = PrefixMap([(IPv4Network(f"10.0.{room}.0/24"), Place(room)) for room in ("101", "102")])


ALLOWED = Exemption(
    scope=ExemptionScope.LESSON,
    target=lesson("101").instance,
    platforms=None,
    granted_by="",
    granted_at=at(8, 31),
)


def granted(*, people: int = MIN_GRANTERS, **changes: object) -> Exemptions:
    """Give an exemption of room 101, and as many people who granted it as are asked for."""
    changed = replace(ALLOWED, **changes)  # type: ignore[arg-type]
    by_all = [replace(changed, granted_by=str(person), number=person) for person in range(people)]
    return Exemptions(by_all, Timetable(lessons(), AMSTERDAM))


def week(day: Day) -> int | None:
    """Give the week's device-lessons under an exemption; None is no figure."""
    (count,) = [
        count
        for closed in day.closed
        for cells in [closed.counts.get(R5) or {}]
        for count in cells.values()
    ]
    return count


def test_exempted_use_is_in_the_figure_of_its_week_and_in_no_other() -> None:
    used = use(at(8, 40)) + use(at(8, 40), client("101", 2)) + use(at(9, 40))
    day = Day(school_snapshot(exemptions=granted())).until(NEXT_MONDAY, *used)
    assert week(day) == 2
    assert day.counts(R1) == {("2", "", ""): 1}


def test_nothing_but_that_figure_knows_of_it() -> None:
    held = school_snapshot(exemptions=granted())
    with_use = Day(held).until(NEXT_MONDAY, *use(at(8, 40)))
    without = Day(held).until(NEXT_MONDAY)
    for table in DRAWN:
        is_same = with_use.counts(table) == without.counts(table)
        assert is_same == (table is not R5), table.name


@pytest.mark.parametrize(("people", "count"), [(MIN_GRANTERS - 1, None), (MIN_GRANTERS, 1)])
def test_it_has_a_figure_from_ten_people_who_granted(people: int, count: int | None) -> None:
    held = school_snapshot(exemptions=granted(people=people))
    assert week(Day(held).until(NEXT_MONDAY, *use(at(8, 40)))) == count


def test_one_person_who_grants_ten_times_is_one() -> None:
    ten = [
        Exemption(
            scope=ExemptionScope.ROOM, target=room, platforms=None, granted_by="MUL",
            granted_at=at(8), start=at(8), end=at(12), number=number,
        )
        for number, room in enumerate(map(str, range(101, 111)))
    ]  # fmt: skip
    held = school_snapshot(exemptions=Exemptions(ten, Timetable(lessons(), AMSTERDAM)))
    assert week(Day(held).until(NEXT_MONDAY, *use(at(8, 40)))) is None


def test_one_person_who_writes_a_code_in_ten_ways_is_one() -> None:
    written = ["mul", "Mul", "mUl", "muL", "MUl", "mUL", "MuL", "MUL", " mul", "mul "]
    by_all = [
        replace(ALLOWED, granted_by=code, number=number) for number, code in enumerate(written)
    ]
    held = school_snapshot(exemptions=Exemptions(by_all, Timetable(lessons(), AMSTERDAM)))
    assert week(Day(held).until(NEXT_MONDAY, *use(at(8, 40)))) is None


def test_what_the_leadership_allows_for_part_of_a_week_leaves_it_its_figure() -> None:
    """In other tables half a week of it would make a figure of two things."""
    tuesday = MONDAY + timedelta(days=1)
    timetable = Timetable(lessons([MONDAY, tuesday]), AMSTERDAM)
    by_all = [
        replace(
            ALLOWED, scope=ExemptionScope.SCHOOL, target="", granted_by=str(person),
            granted_at=at(8), start=at(8), end=at(18), number=person,
        )
        for person in range(MIN_GRANTERS)
    ]  # fmt: skip
    held = school_snapshot(lessons([MONDAY, tuesday]), Exemptions(by_all, timetable))
    day = Day(held).until(NEXT_MONDAY, *use(at(8, 40)))
    assert week(day) == 1
    assert set(day.counts(R4).values()) == {None}


@pytest.mark.parametrize(
    "changes",
    [
        {"granted_at": at(8, 31) - 7 * 86_400.0},
        {"target": "a lesson that is not there"},
        {"revoked_at": at(8, 20)},
    ],
    ids=["a week before", "no lesson", "revoked before it began"],
)
def test_who_grants_nothing_that_holds_in_the_week_does_not_count(
    changes: dict[str, object],
) -> None:
    held = school_snapshot(exemptions=granted(**changes))  # type: ignore[arg-type]
    assert week(Day(held).until(NEXT_MONDAY)) is None


def test_what_was_seen_before_a_grant_from_the_start_of_its_lesson_counts_too() -> None:
    day = Day().until(at(8, 45), *use(at(8, 40)))
    day.core.snapshot = school_snapshot(exemptions=granted())
    day.core.forget_exempted(lesson("101").instance, None)
    day.until(NEXT_MONDAY)
    assert (week(day), day.counts(R1)) == (1, {})


def test_a_school_of_which_few_rooms_have_a_place_has_no_figure() -> None:
    few = replace(school_snapshot(exemptions=granted()), prefixes=TWO_ROOMS)
    assert week(Day(few).until(NEXT_MONDAY, *use(at(8, 40)))) is None


def test_on_trial_it_is_counted_nowhere() -> None:
    held = replace(school_snapshot(exemptions=granted()), is_on_trial=True)
    assert Day(held).until(NEXT_MONDAY, *use(at(8, 40))).closed == []
