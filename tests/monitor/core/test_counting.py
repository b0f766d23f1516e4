"""What the core counts in which table, and what it drops at once."""

from datetime import timedelta

import pytest

from monitor.evidence import Evidence
from monitor.release.tables import DRAWN, R1, R2, R3, R4
from monitor.sighting import Sighting
from schedules.lesson import LessonStatus
from tests.cast import MONDAY, ROOMS, at, client, lesson, lessons, school_snapshot, sighting, use
from tests.monitor.core.living import Day, hours


def test_a_device_that_uses_a_platform_in_a_lesson_is_counted_once_in_each_table() -> None:
    day = Day().until(at(7, 30, MONDAY + timedelta(days=7)), *use(at(8, 40)))
    assert day.counts(R1) == {("1", "", ""): 1}
    assert day.counts(R2) == {("", "", "instagram"): 1}
    assert day.counts(R3) == {("", "3 havo", ""): 1}
    assert day.counts(R4) == {("", "3 havo", "instagram"): 1}


def test_every_cell_is_counted_also_when_nobody_was_active() -> None:
    """Which cells there are says nothing about traffic."""
    day = Day().until(at(18))
    r1, r2, r3 = (
        [cell for closed in day.closed for cell in closed.counts.get(table) or ()]
        for table in (R1, R2, R3)
    )
    assert [cell.period for cell in r1] == ["1", "2"]
    assert "tiktok" in [cell.platform for cell in r2]
    assert [cell.layer for cell in r3] == ["3 havo", "3 vwo"]


def test_each_device_is_counted() -> None:
    devices = [s for n in range(1, 8) for s in use(at(8, 40), client("102", n))]
    assert hours(*devices) == {"1": 7}


def test_a_device_on_two_platforms_is_one_device_in_the_lesson_hour() -> None:
    both = use(at(8, 40)) + use(at(8, 50), hostname="www.tiktok.com")
    day = Day().until(at(18), *both)
    assert day.counts(R1) == {("1", "", ""): 1}
    assert day.counts(R2) == {("", "", "instagram"): 1, ("", "", "tiktok"): 1}
    assert day.counts(R3) == {("", "3 havo", ""): 1}


def test_the_platforms_that_were_used_first_are_those_that_count() -> None:
    """Of five in a lesson, the last adds nothing."""
    hostnames = ("x.com", "www.tiktok.com", "i.instagram.com", "nl.pinterest.com", "substack.com")
    used = [s for n, name in enumerate(hostnames) for s in use(at(8, 35 + 5 * n), hostname=name)]
    counted = [platform for _, _, platform in Day().until(at(18), *used).counts(R2)]
    assert sorted(counted) == ["instagram", "pinterest", "tiktok", "x"]


@pytest.mark.parametrize(
    ("what", "sightings"),
    [
        ("a single contact", [sighting(at(8, 40))]),
        ("a host of no platform", use(at(8, 40), hostname="www.netflix.com")),
        ("a widget", use(at(8, 40), hostname="connect.facebook.net")),
        ("pushes", use(at(8, 40), hostname="gateway.instagram.com")),
        ("signing in", use(at(8, 40), hostname="accounts.snapchat.com")),
        ("a shared name alone", use(at(8, 40), hostname="scontent-ams2-1.xx.fbcdn.net")),
        ("an unknown place", use(at(8, 40), b"\xc0\x00\x02\x01")),
        ("before the first bell", use(at(8, 20))),
        ("after the last bell", use(at(10, 15))),
        ("a hidden name", use(at(8, 40), hostname="", evidence=Evidence.HIDDEN)),
    ],
)
def test_it_counts_nowhere(what: str, sightings: list[Sighting]) -> None:
    assert hours(*sightings) == {}, what


def test_staff_count_only_with_a_reference_to_the_consent() -> None:
    staff = use(at(8, 40), b"\x0a\x01\x00\x01")
    assert hours(*staff) == {}
    day = Day(school_snapshot(counts_staff=True)).until(at(18), *staff)
    assert day.counts(R1) == {("1", "", ""): 1}
    assert day.counts(R3) == {}


def test_lessons_that_touch_share_no_moment() -> None:
    """The bell of 09:20 ends one lesson and begins the next."""
    assert hours(*use(at(9, 20))) == {"2": 1}
    assert hours(*use(at(9, 20) - 181)) == {"1": 1}


def test_a_cancelled_lesson_is_no_lesson() -> None:
    cancelled = [
        lesson("101", status=LessonStatus.CANCELLED),
        *(lesson(room) for room in ROOMS[1:]),
    ]
    assert hours(*use(at(8, 40)), held=school_snapshot(cancelled)) == {}


def test_a_lesson_that_is_cancelled_before_its_release_counts_nowhere() -> None:
    day = Day().until(at(9, 25), *use(at(8, 40)))
    day.core.snapshot = school_snapshot(
        [lesson("101", status=LessonStatus.CANCELLED), *map(lesson, ROOMS[1:])]
    )
    assert day.until(at(18)).counts(R2) == {}


def test_a_double_booked_room_is_one_lesson() -> None:
    twice = [*lessons(), lesson("101", instance="another", teachers=("JAN",))]
    assert hours(*use(at(8, 40)), held=school_snapshot(twice)) == {"1": 1}


def test_a_release_waits_for_what_comes_late() -> None:
    *early, late = use(at(8, 40))
    day = Day().until(at(9, 25), *early)
    day.core.receive_sighting(late)
    assert day.until(at(18)).counts(R1) == {("1", "", ""): 1}


def test_what_comes_after_the_release_changes_nothing() -> None:
    day = Day().until(at(9, 35))
    for late in use(at(8, 40)):
        day.core.receive_sighting(late)
    day.until(at(18))
    assert day.counts(R1) == day.counts(R2) == {}


def test_what_was_sent_is_in_no_table() -> None:
    """It comes out of the closing beside the platforms, and stays there."""
    opened = sighting(at(8, 40), down=60_000)
    photo = sighting(at(8, 40) + 20, up=900_000, opens_connection=False)
    day = Day().until(at(18), opened, photo)
    assert day.counts(R2) == {("", "", "instagram"): 1}
    assert {table for closed in day.closed for table in closed.counts} <= {*DRAWN}


def test_health_counts_connections_and_says_nothing_of_platforms() -> None:
    day = Day().until(at(9), *use(at(8, 40)), sighting(at(8, 41), b"\xc0\x00\x02\x01"))
    again = sighting(at(9), opens_connection=False)
    day.core.receive_sighting(again)
    day.until(at(9, 5))
    assert day.core.health.evidence[Evidence.SNI] == len(use(0)) + 1
    assert day.core.health.counts["unknown_place"] == 1
