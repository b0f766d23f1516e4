"""What the core counts, and what it drops at once.

Most tests let one device in room 101 use Instagram in lesson hour 1 of Monday, and change one
thing.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from ipaddress import IPv4Network
from typing import Any

import pytest

from monitor.activity.device_use import MAX_CONNECTIONS
from monitor.core import MAX_TICK_GAP, ClosedSlot, Core
from monitor.evidence import Evidence, HidingMethod
from monitor.identity import DeviceNames, IdentityRules, Unit
from monitor.place import Place
from monitor.places.binding_table import BindingTable
from monitor.places.bindings import BindingSource, SessionUpdate
from monitor.places.prefix_map import PrefixMap
from monitor.release.layers import Layer, Layers
from monitor.release.tables import DRAWN, R1, R2, R3, R4, V1, Cell, TableSpec
from monitor.sighting import Sighting
from monitor.snapshot import Snapshot
from schedules.exemption import Exemption, Exemptions, ExemptionScope, TimeSpan
from schedules.lesson import Lesson, LessonStatus
from schedules.timetable import Timetable
from tests.cast import (
    AMSTERDAM,
    MONDAY,
    ROOMS,
    ExactHealth,
    at,
    client,
    lesson,
    lessons,
    school_snapshot,
    sighting,
    use,
)

EARLY = at(7, 30)
MINUTE = 60.0
NEXT_MONDAY = at(7, 30, MONDAY + timedelta(days=7))


class Day:
    """A core that lives through a day in ticks of a minute."""

    def __init__(self, held: Snapshot | None = None, started: float = EARLY) -> None:
        self.core = Core(held or school_snapshot(), ExactHealth(), started)
        self.now = started
        self.closed: list[ClosedSlot] = []

    def until(self, moment: float, *sightings: Sighting) -> "Day":
        waiting = sorted(sightings, reverse=True)
        while self.now < moment:
            self.now = min(self.now + MINUTE, moment)
            while waiting and waiting[-1].timestamp < self.now:
                self.core.receive_sighting(waiting.pop())
            self.closed += self.core.tick(self.now)
        return self

    def counts(self, table: TableSpec) -> dict[tuple[str, str, str], int | None]:
        """All closed counts of a table that are not zero, by period, layer and platform."""
        return {
            (cell.period, cell.layer, cell.platform): count
            for closed in self.closed
            for cell, count in (closed.counts.get(table) or {}).items()
            if count != 0
        }

    def cells(self) -> Iterator[tuple[Cell, int | None]]:
        """Yield every cell that was closed, with its count."""
        for closed in self.closed:
            for counts in closed.counts.values():
                yield from counts.items()


def hours(*sightings: Sighting, held: Snapshot | None = None) -> dict[str, int | None]:
    """Give R1 of a whole Monday by lesson hour, zeros left out."""
    day = Day(held).until(at(18), *sightings)
    return {period: count for (period, _, _), count in day.counts(R1).items()}


def test_a_client_outside_every_prefix_is_where_radius_says() -> None:
    phone, prefix = bytes((10, 99, 0, 1)), bytes((32, 1, 13, 184, 0, 0, 0, 9))
    register = BindingTable()
    register.record(
        SessionUpdate(BindingSource.RADIUS, b"s", (phone, prefix), Place("101"), at(8), at(18))
    )
    day = Day()
    day.core.bindings = register.snapshot()
    day.until(at(18), *use(at(8, 40), phone), *use(at(8, 45), prefix + bytes(8)))
    assert day.counts(R1) == {("1", "", ""): 1}


class TestWhoseAnswersOfDns:
    """They are of what counts once, so that they decide nothing for anybody else."""

    PHONE = bytes((10, 99, 0, 1))
    NAMES = DeviceNames(person=b"p" * 16, hardware=b"h" * 16)

    def name(self, rules: IdentityRules, hardware: bytes = b"", *, is_told: bool = True) -> bytes:
        register = BindingTable()
        if is_told:
            place, times = Place("101"), (at(8), at(18))
            session = SessionUpdate(
                BindingSource.RADIUS, b"s", (self.PHONE,), place, *times, names=self.NAMES
            )
            register.record(session)
        core = Core(replace(school_snapshot(), identity=rules), ExactHealth(), at(8))
        core.bindings = register.snapshot()
        return core.name_dns_client(self.PHONE, hardware, at(9))

    def test_an_address(self) -> None:
        assert self.name(IdentityRules(unit=Unit.ADDRESS), b"h" * 16) == self.PHONE

    def test_a_device(self) -> None:
        assert self.name(IdentityRules(unit=Unit.DEVICE)) == self.NAMES.hardware
        assert self.name(IdentityRules(unit=Unit.DEVICE), b"x" * 16) == b"x" * 16

    def test_a_person(self) -> None:
        assert self.name(IdentityRules(unit=Unit.PERSON)) == self.NAMES.person

    def test_nobody(self) -> None:
        assert self.name(IdentityRules(unit=Unit.DEVICE), is_told=False) == b""


def test_the_layer_of_who_changes_rooms_hangs_on_nobody_else() -> None:
    """Who was first in a lesson makes no difference to the others in it."""
    phone = bytes((10, 99, 0, 1))

    def layers(*others: Sighting) -> dict[tuple[str, str, str], int | None]:
        register, day = BindingTable(), Day()
        for room, moment in (("101", at(8, 30)), ("102", at(9))):
            register.record(
                SessionUpdate(BindingSource.RADIUS, b"s", (phone,), Place(room), moment, at(18))
            )
            day.core.bindings = register.snapshot()
            day.until(moment + 900, *others, *use(moment + 60, phone))
            others = ()
        return day.until(at(18)).counts(R3)

    alone = layers()
    assert sum(count or 0 for count in alone.values()) == 1
    for room in ("101", "102"):
        other = use(at(8, 30, MONDAY) + 5, client(room, 9))
        (layer,) = Day().until(at(18), *other).counts(R3)
        assert layers(*other) == {**alone, layer: (alone.get(layer) or 0) + 1}


def test_a_device_whose_ipv4_address_is_told_in_mid_lesson_is_counted_once() -> None:
    phone, prefix = bytes((10, 99, 0, 1)), bytes((32, 1, 13, 184, 0, 0, 0, 9))
    register, day = BindingTable(), Day()
    room = Place("101")
    register.record(SessionUpdate(BindingSource.RADIUS, b"s", (prefix,), room, at(8), at(18)))
    day.core.bindings = register.snapshot()
    day.until(at(8, 50), *use(at(8, 40), prefix + bytes(8)))
    register.record(SessionUpdate(BindingSource.RADIUS, b"s", (phone,), room, at(8, 50), at(18)))
    day.core.bindings = register.snapshot()
    day.until(at(18), *use(at(8, 55), phone), *use(at(9), prefix + bytes(8)))
    assert day.counts(R1) == {("1", "", ""): 1}


def test_devices_in_a_prefix_that_they_share_are_counted_each() -> None:
    phone, laptop = (bytes((10, 99, 0, n)) for n in (1, 2))
    prefix = bytes((32, 1, 13, 184, 0, 0, 0, 9))
    register, day = BindingTable(), Day()
    for session, address in ((b"s", phone), (b"t", laptop)):
        told = (address, prefix)
        register.record(
            SessionUpdate(BindingSource.RADIUS, session, told, Place("101"), at(8), at(18))
        )
    day.core.bindings = register.snapshot()
    private = (prefix + bytes(7) + bytes((n,)) for n in (1, 2))
    day.until(
        at(18),
        *(device_sighting for address in private for device_sighting in use(at(8, 40), address)),
    )
    assert day.counts(R1) == {("1", "", ""): 2}


def test_a_prefix_comes_before_what_radius_says() -> None:
    register = BindingTable()
    register.record(
        SessionUpdate(BindingSource.RADIUS, b"s", (client(),), Place("nowhere"), at(8), at(18))
    )
    day = Day()
    day.core.bindings = register.snapshot()
    assert day.until(at(18), *use(at(8, 40))).counts(R1) == {("1", "", ""): 1}


def test_an_address_that_many_share_is_no_device() -> None:
    busy = [sighting(at(8, 45) + number) for number in range(MAX_CONNECTIONS)]
    day = Day().until(at(18), *use(at(8, 40)), *busy)
    assert day.counts(R1) == {}
    assert day.core.health.counts["shared_addresses"] == 1


def test_it_says_whether_an_address_is_one_device_in_the_lessons_of_now() -> None:
    busy = [sighting(at(8, 45) + number) for number in range(MAX_CONNECTIONS + 1)]
    day = Day().until(at(9, 10), *busy, *use(at(8, 40), client("101", 2)))
    assert not day.core.is_one_device(client())
    assert day.core.is_one_device(client("101", 2))
    assert day.core.is_one_device(client("101", 3)), "of which nothing was seen"
    assert not day.until(at(9, 40)).core.is_one_device(client()), "for the rest of the day"


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


def allowed(**changes: object) -> Exemptions:
    fields: dict[str, object] = {
        "scope": ExemptionScope.LESSON,
        "target": lesson("101").instance,
        "platforms": None,
        "granted_by": "MUL",
        "granted_at": at(8, 45),
        "number": 1,
    }
    exemption = Exemption(**{**fields, **changes})  # type: ignore[arg-type]
    return Exemptions([exemption], Timetable(lessons(), AMSTERDAM))


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


def test_what_was_sent_is_in_no_table() -> None:
    """It comes out of the closing beside the platforms, and stays there."""
    opened = sighting(at(8, 40), down=60_000)
    photo = sighting(at(8, 40) + 20, up=900_000, opens_connection=False)
    day = Day().until(at(18), opened, photo)
    assert day.counts(R2) == {("", "", "instagram"): 1}
    assert {table for closed in day.closed for table in closed.counts} <= {*DRAWN}


def test_an_exemption_of_one_lesson_in_a_double_booked_room_covers_the_room() -> None:
    twice = [*lessons(), lesson("101", instance="another", teachers=("JAN",))]
    day = Day(school_snapshot(twice)).until(at(8, 45), *use(at(8, 40)))
    day.core.forget_exempted("another", {"instagram"})
    assert day.until(at(18)).counts(R1) == {}


def test_what_was_lost_with_an_earlier_process_is_no_figure() -> None:
    """A process that starts at 08:50 has not seen the first lesson hour, the day or the week."""
    day = Day(started=at(8, 50)).until(at(7, 30, MONDAY + timedelta(days=7)), *use(at(9, 40)))
    assert day.counts(R1) == {("1", "", ""): None, ("2", "", ""): 1}
    assert set(day.counts(R2).values()) == {None}
    assert set(day.counts(R4).values()) == {None}


def test_a_timetable_that_comes_in_mid_lesson_makes_no_wrong_number() -> None:
    """Nothing was held against the lesson before: a count of its second half is no figure."""
    day = Day(school_snapshot(())).until(at(8, 45), *use(at(8, 40)))
    day.core.snapshot = school_snapshot()
    day.until(at(18), *use(at(9, 40)))
    assert day.counts(R1) == {("1", "", ""): None, ("2", "", ""): 1}
    assert set(day.counts(R2).values()) == {None}


def test_a_lesson_hour_whose_bounds_change_stays_known() -> None:
    day = Day().until(at(8, 45), *use(at(8, 40)))
    longer = lesson("102", end=lesson("102").end + timedelta(minutes=5))
    day.core.snapshot = school_snapshot([lesson("101"), longer, *map(lesson, ROOMS[2:])])
    assert day.until(at(18)).counts(R1) == {("1", "", ""): 1}


def test_labels_that_are_swapped_after_a_release_make_no_wrong_number() -> None:
    """Nobody was counted under the second label in the time that it has now."""
    day = Day().until(at(9, 31), *use(at(8, 40)))
    swap = {"1": "2", "2": "1"}
    day.core.snapshot = school_snapshot(
        replace(held_lesson, period=swap.get(held_lesson.period, held_lesson.period))
        for held_lesson in lessons()
    )
    day.until(at(18), *use(at(9, 40)))
    assert day.counts(R1) == {("1", "", ""): 1, ("2", "", ""): None}
    assert set(day.counts(R2).values()) == {None}


def test_what_an_earlier_process_released_is_not_closed_again() -> None:
    day = Day(started=at(9, 32))
    day.core.resume({"R1/2026-11-23/1"}, hours_spent=1)
    assert list(day.until(at(10, 30)).counts(R1)) == [("2", "", "")]


def test_after_a_restart_no_device_gets_its_cap_anew() -> None:
    day = Day(started=at(9, 15))
    day.core.resume(set(), hours_spent=R1.cap)
    assert day.until(at(18), *use(at(9, 40))).counts(R1)["2", "", ""] is None


def test_what_was_lost_the_day_before_takes_nothing_from_today() -> None:
    """A process that starts on Tuesday morning, after one that ended on Monday at noon."""
    tuesday = MONDAY + timedelta(days=1)
    day = Day(school_snapshot(lessons([MONDAY, tuesday])), started=at(8, day=tuesday))
    day.core.resume({"R1/2026-11-23/1"}, hours_spent=0)
    day.until(at(18, day=tuesday), *use(at(8, 40, tuesday)))
    hours = {cell: count for cell, count in day.cells() if cell.table is R1.name}
    assert hours == {
        R1.cell(MONDAY, ("2",)): None,
        R1.cell(tuesday, ("1",)): 1,
        R1.cell(tuesday, ("2",)): 0,
    }
    layers = {cell: count for cell, count in day.cells() if cell.table is R3.name}
    assert {count for cell, count in layers.items() if cell.day == MONDAY} == {None}
    assert layers[R3.cell(tuesday, ("3 havo",))] == 1


def test_what_was_measured_the_day_before_is_no_floor_of_today() -> None:
    """On Monday every room was measured, and on Tuesday one is: that is one class."""
    tuesday = MONDAY + timedelta(days=1)
    exempted = all_but("101", start=at(0, day=tuesday), end=at(18, day=tuesday))
    held = school_snapshot(lessons([MONDAY, tuesday]), exempted)
    day = Day(held, started=at(8, day=tuesday))
    day.core.resume({"R1/2026-11-23/1"}, hours_spent=0)
    day.until(at(18, day=tuesday), *use(at(8, 40, tuesday)))
    assert {count for cell, count in day.cells() if cell.day == tuesday} == {None}


def test_a_sensor_that_was_blind_in_a_lesson_has_no_figure_for_it() -> None:
    day = Day().until(at(8, 40))
    day.now += MAX_TICK_GAP + 1
    day.closed += day.core.tick(day.now)
    assert day.until(at(18)).counts(R1) == {("1", "", ""): None}
    assert set(day.counts(R3).values()) == {None}


def test_silence_outside_lessons_costs_nothing() -> None:
    night = Core(school_snapshot(), ExactHealth(), at(3))
    night.tick(at(8))
    day = Day()
    day.core = night
    day.now = at(8)
    assert day.until(at(18), *use(at(8, 40))).counts(R1) == {("1", "", ""): 1}


def test_a_school_below_the_floor_has_no_figures() -> None:
    small = Layers((Layer("all", 199, ("*",)),))
    assert Day(school_snapshot(layers=small)).until(at(18), *use(at(8, 40))).closed == []


def test_an_hour_with_few_rooms_counts_in_the_day_but_has_no_figure() -> None:
    few = school_snapshot([lesson(room) for room in ROOMS[:19]])
    day = Day(few).until(at(18), *use(at(8, 40)))
    assert day.counts(R1) == {}
    assert day.counts(R2) == {("", "", "instagram"): 1}


def test_a_device_is_nobody_tomorrow() -> None:
    """Its lesson hours of today do not use up the cap of tomorrow."""
    tomorrow = MONDAY + timedelta(days=1)
    day = Day(school_snapshot(lessons([MONDAY, tomorrow])))
    day.until(at(18, 0, tomorrow), *use(at(8, 40)), *use(at(8, 40, tomorrow)))
    cells = [
        cell.day
        for closed in day.closed
        for cell, count in (closed.counts.get(R1) or {}).items()
        if count == 1
    ]
    assert cells == [MONDAY, tomorrow]
    assert Cell(R1.name, MONDAY, "1").table is R1.name


def test_health_counts_connections_and_says_nothing_of_platforms() -> None:
    day = Day().until(at(9), *use(at(8, 40)), sighting(at(8, 41), b"\xc0\x00\x02\x01"))
    again = sighting(at(9), opens_connection=False)
    day.core.receive_sighting(again)
    day.until(at(9, 5))
    assert day.core.health.evidence[Evidence.SNI] == len(use(0)) + 1
    assert day.core.health.counts["unknown_place"] == 1


def test_where_a_device_has_several_addresses_each_may_add_less() -> None:
    """A phone in two rooms with two addresses is at most what a device may be."""
    held = replace(school_snapshot(), identity=IdentityRules(Unit.ADDRESS, addresses=6))
    one, other = client("101"), client("102")
    hours = [use(at(hour, minute), who) for who in (one, other) for hour, minute in HOURS]
    day = Day(held).until(NEXT_MONDAY, *(seen for hour in hours for seen in hour))
    tables = {table for closed in day.closed for table in closed.counts}
    assert [(table.name, table.cap) for table in tables] == [(R1.name, 1)]
    assert sum(count or 0 for count in day.counts(*tables).values()) == 2


def all_but(*rooms: str, **changes: object) -> Exemptions:
    """Give exemptions of everything for every other room, over the whole day."""
    exemptions = [
        Exemption(
            scope=ExemptionScope.ROOM,
            target=room,
            platforms=None,
            granted_by="yil",
            granted_at=at(7),
            start=at(7),
            end=at(18),
        )
        for room in ROOMS
        if room not in rooms
    ]
    changed = [replace(exemption, **changes) for exemption in exemptions]  # type: ignore[arg-type]
    return Exemptions(changed, Timetable(lessons(), AMSTERDAM))


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
    assert {cell.table for cell in week.days_left_out} == {R4.name, V1.name}
    assert len(week.days_left_out) == len(week.counts[R4]) + len(week.counts[V1])


class TestChangesInside:
    """What decides who is counted changes inside what a figure covers: it has none.

    A client of room 103 is active in the second hour of Monday, and in the first of Tuesday.
    """

    TUESDAY = MONDAY + timedelta(days=1)

    def week(self, *swaps: tuple[float, Snapshot], first: Snapshot | None = None) -> Day:
        """Live through a week in which the snapshot is swapped."""
        active = [*use(at(9, 40), client("103")), *use(at(8, 40, self.TUESDAY), client("103"))]
        day = Day(first or self.school())
        for moment, snapshot in swaps:
            day.until(moment, *(seen for seen in active if day.now <= seen.timestamp < moment))
            day.core.snapshot = snapshot
        return day.until(NEXT_MONDAY, *(seen for seen in active if seen.timestamp >= day.now))

    def school(self, exemptions: Exemptions | None = None, rules: str = "") -> Snapshot:
        timetable = list(lessons([MONDAY, self.TUESDAY]))
        return replace(school_snapshot(timetable, exemptions), rules=rules)

    def days(self, day: Day, *tables: TableSpec) -> dict[date, set[int | None]]:
        """Give the counts of each day, zeros left out."""
        found: dict[date, set[int | None]] = {}
        for closed in day.closed:
            for table in tables:
                for cell, count in (closed.counts.get(table) or {}).items():
                    if count != 0:
                        found.setdefault(cell.day, set()).add(count)
        return found

    def test_nothing_changed(self) -> None:
        day = self.week()
        assert self.days(day, R1, R2, R3) == {MONDAY: {1}, self.TUESDAY: {1}}
        assert self.days(day, R4) == {MONDAY: {2}}
        assert self.days(day, V1) == {MONDAY: {200}}

    def test_the_leadership_allows_something_in_one_room_from_within_an_hour_on(self) -> None:
        """That hour has no figure; of the day and the week it is one room of many."""
        later = self.school(all_but(*ROOMS[1:], start=at(8, 50)))
        day = self.week((at(8, 45), later))
        assert self.days(day, R1) == {MONDAY: {None, 1}, self.TUESDAY: {1}}
        assert self.days(day, R2, R3) == {MONDAY: {1}, self.TUESDAY: {1}}
        assert self.days(day, R4) == {MONDAY: {2}}

    def test_the_leadership_ends_something_within_an_hour(self) -> None:
        held = self.school(all_but(*ROOMS[1:]))
        day = self.week((at(8, 45), self.school()), first=held)
        assert self.days(day, R1) == {MONDAY: {None, 1}, self.TUESDAY: {1}}

    def test_the_leadership_allows_something_in_a_third_of_a_layer_within_the_day(self) -> None:
        """The layer has no figure of the day; the school and the week are more."""
        rooms = {"101", "105", "107", "109"}
        later = self.school(all_but(*{*ROOMS} - rooms, start=at(8, 50)))
        day = self.week((at(8, 45), later))
        assert self.days(day, R3) == {MONDAY: {None}, self.TUESDAY: {1}}
        assert ("", "3 vwo", "") not in day.counts(R3), "nothing, and that is a figure"
        assert self.days(day, R2) == {MONDAY: {1}, self.TUESDAY: {1}}
        assert self.days(day, R4) == {MONDAY: {2}}

    def test_the_leadership_allows_something_in_the_school_on_one_of_two_days(self) -> None:
        """Monday has no figure, and the week is of two things."""
        day = self.week(first=self.school(all_but()))
        assert self.days(day, R1, R2, R3) == {MONDAY: {None}, self.TUESDAY: {1}}
        assert self.days(day, R4) == self.days(day, V1) == {MONDAY: {None}}

    @pytest.mark.parametrize("moment", [at(8, 45), at(9, 20)])
    def test_other_rules_within_the_day_leave_neither_the_day_nor_the_week(
        self, moment: float
    ) -> None:
        day = self.week((moment, self.school(rules="other")))
        assert self.days(day, R2, R3) == {
            MONDAY: {None},
            self.TUESDAY: {1},
        }
        assert self.days(day, R4, V1) == {MONDAY: {None}}

    def test_other_rules_between_two_days_leave_the_days_and_not_the_week(self) -> None:
        day = self.week((at(20), self.school(rules="other")))
        assert self.days(day, R1, R2, R3) == {MONDAY: {1}, self.TUESDAY: {1}}
        assert self.days(day, R4, V1) == {MONDAY: {None}}

    def test_other_rules_after_the_last_lesson_cost_nothing(self) -> None:
        evening = at(18, 0, self.TUESDAY)
        day = self.week((evening, self.school(rules="other")))
        assert self.days(day, R4) == {MONDAY: {2}}

    def test_ordinary_school_life_costs_nothing(self) -> None:
        """A teacher's exemption, a substitution, a cancelled lesson, and a day that is shortened
        before it begins.
        """
        hers = Exemption(
            scope=ExemptionScope.LESSON,
            target=lesson("102").instance,
            platforms=None,
            granted_by="mul",
            granted_at=at(8, 40),
        )
        changed = {
            lesson("104").instance: {"teachers": ("JAN",), "rooms": ("124",)},
            lesson("106").instance: {"status": LessonStatus.CANCELLED},
        }
        shortened = timedelta(minutes=-10)
        timetable = [
            replace(held, **changed.get(held.instance, {}))  # type: ignore[arg-type]
            if held.start.date() == MONDAY
            else replace(held, end=held.end + shortened)
            for held in lessons([MONDAY, self.TUESDAY])
        ]
        exemptions = Exemptions([hers], Timetable(timetable, AMSTERDAM))
        changed_school = replace(school_snapshot(timetable, exemptions), rules="")
        day = self.week((at(8, 45), changed_school))
        assert self.days(day, R1, R2, R3) == {MONDAY: {1}, self.TUESDAY: {1}}
        assert self.days(day, R4) == {MONDAY: {2}}
        assert self.days(day, V1) == {MONDAY: {200}}


def test_while_a_change_is_not_confirmed_nothing_that_it_touches_has_a_figure() -> None:
    """The first hour is over when it comes; the second is confirmed before it begins."""
    tuesday = MONDAY + timedelta(days=1)
    before = replace(school_snapshot(lessons([MONDAY, tuesday])), rules="before")
    changed = replace(before, rules="after", is_confirmed=False)
    day = Day(before).until(at(9, 25), *use(at(8, 40)))
    day.core.snapshot = changed
    day.until(at(20), *use(at(9, 40)))
    day.core.snapshot = replace(changed, is_confirmed=True)
    day.until(NEXT_MONDAY, *use(at(9, 40, tuesday)))
    hours = {
        (cell.day, cell.period): count
        for closed in day.closed
        for cell, count in closed.counts.get(R1, {}).items()
        if count != 0
    }
    assert hours == {(MONDAY, "1"): 1, (MONDAY, "2"): None, (tuesday, "2"): 1}
    layers = {
        (cell.day, cell.layer): count
        for closed in day.closed
        for cell, count in closed.counts.get(R3, {}).items()
        if count != 0
    }
    assert layers[tuesday, "3 havo"] == 1
    assert {count for (date, _), count in layers.items() if date == MONDAY} == {None}
    assert set(day.counts(R4).values()) == {None}, "the week is of two things"


def test_a_change_that_is_taken_back_within_an_hour_leaves_it_without_a_figure() -> None:
    before = replace(school_snapshot(), rules="before")
    day = Day(before).until(at(8, 45))
    day.core.snapshot = replace(before, rules="after", is_confirmed=False)
    day.until(at(8, 50))
    day.core.snapshot = before
    day.until(at(18), *use(at(8, 55)), *use(at(9, 40)))
    assert day.counts(R1) == {("1", "", ""): None, ("2", "", ""): 1}


def test_a_process_that_starts_with_what_is_not_confirmed_has_no_figures() -> None:
    day = Day(replace(school_snapshot(), is_confirmed=False)).until(NEXT_MONDAY, *use(at(8, 40)))
    for table in DRAWN:
        assert set(day.counts(table).values()) == {None}, table.name


def test_a_place_alone_makes_no_layer() -> None:
    """It may be one room: its device would be a layer by itself."""
    prefix = (IPv4Network("10.0.101.7/32"), Place("101", layer="3 vwo"))
    rooms = [(IPv4Network(f"10.0.{room}.0/24"), Place(room)) for room in ROOMS]
    held = replace(school_snapshot(), prefixes=PrefixMap([*rooms, prefix]))
    day = Day(held).until(at(18), *use(at(8, 40), client("101", 7)))
    assert day.counts(R3) == {("", "3 havo", ""): 1}


HOURS = ((8, 40), (9, 30))
"""In each lesson hour."""


@pytest.mark.parametrize(
    ("seen", "how"),
    [
        ({"evidence": Evidence.HIDDEN, "hostname": ""}, HidingMethod.NAMELESS),
        (
            {"evidence": Evidence.HIDDEN, "hiding_method": HidingMethod.SPOOFED},
            HidingMethod.SPOOFED,
        ),
        ({"hostname": "dns.google"}, HidingMethod.RESOLVER),
        ({"hostname": "mask.icloud.com"}, HidingMethod.RELAY),
    ],
)
def test_what_hides_is_counted_under_visibility_and_nowhere_else(
    seen: dict[str, Any], how: HidingMethod
) -> None:
    day = Day().until(NEXT_MONDAY, *use(at(8, 40), **seen))
    assert day.core.health.hidden == {**dict.fromkeys(HidingMethod, 0), how: 4}
    assert seen_in(day) == {how: V1.points}
    assert not any(day.counts(table) for table in DRAWN if table is not V1)


def seen_in(day: Day) -> dict[str, int | None]:
    """Give the votes of the week, by kind of connection."""
    return {
        cell.evidence: count
        for closed in day.closed
        for cell, count in (closed.counts.get(V1) or {}).items()
        if count != 0
    }


def test_each_device_has_one_vote_a_day_on_what_could_be_seen() -> None:
    busy = [sighting(at(8, 40) + number, hostname="www.netflix.com") for number in range(90)]
    hidden = [sighting(at(9, 30) + n, hostname="", evidence=Evidence.HIDDEN) for n in range(10)]
    quiet = [sighting(at(8, 40), client("102"), evidence=Evidence.QUIC)]
    day = Day().until(NEXT_MONDAY, *busy, *hidden, *quiet)
    assert seen_in(day) == {"sni": 90, "nameless": 10, "quic": 100}


@pytest.mark.parametrize(
    ("what", "sightings"),
    [
        ("an unknown place", use(at(8, 40), b"\xc0\x00\x02\x01")),
        ("before the first bell", use(at(8, 20))),
        ("staff", use(at(8, 40), bytes((10, 1, 0, 1)))),
        ("bytes of an open connection", [sighting(at(8, 40), opens_connection=False)]),
        ("an answer of DNS", [sighting(at(8, 40), evidence=Evidence.DNS)]),
    ],
)
def test_of_some_nothing_is_seen(what: str, sightings: list[Sighting]) -> None:
    assert seen_in(Day().until(NEXT_MONDAY, *sightings)) == {}, what


def test_staff_are_not_in_the_visibility_whatever_they_consented_to() -> None:
    day = Day(school_snapshot(counts_staff=True))
    day.until(NEXT_MONDAY, *use(at(8, 40), bytes((10, 1, 0, 1))))
    assert day.counts(R1) == {("1", "", ""): 1}
    assert seen_in(day) == {}


@pytest.mark.parametrize(
    ("platforms", "found"),
    [
        (None, {}),
        (frozenset({"instagram"}), {"sni": 100}),
        (frozenset({"x"}), {"sni": 50, "quic": 50}),
    ],
)
def test_what_is_exempted_is_not_in_the_visibility(
    platforms: frozenset[str] | None, found: dict[str, int]
) -> None:
    held = school_snapshot(exemptions=allowed(platforms=platforms))
    contacts = [sighting(at(8, 40), evidence=Evidence.QUIC), sighting(at(8, 41), hostname="nos.nl")]
    assert seen_in(Day(held).until(NEXT_MONDAY, *contacts)) == found


@pytest.mark.parametrize("platforms", [None, {"instagram"}])
def test_what_is_allowed_later_is_taken_back_from_the_visibility(
    platforms: set[str] | None,
) -> None:
    day = Day().until(at(9), sighting(at(8, 40)), sighting(at(8, 41), hostname="nos.nl"))
    day.core.forget_exempted("2026-11-23/1/101", platforms)
    assert seen_in(day.until(NEXT_MONDAY)) == ({"sni": 100} if platforms else {})


def test_signing_in_counts_for_visibility_alone() -> None:
    day = Day().until(NEXT_MONDAY, *use(at(8, 40), hostname="accounts.snapchat.com"))
    assert seen_in(day) == {"sni": 100}
    assert not any(day.counts(table) for table in DRAWN if table is not V1)


def test_a_device_that_is_only_seen_is_active_nowhere() -> None:
    day = Day().until(NEXT_MONDAY, *use(at(8, 40), hostname="nos.nl"))
    assert not any(day.counts(table) for table in (R1, R2, R3, R4))


def test_a_connection_that_is_seen_again_is_hidden_once() -> None:
    hidden: dict[str, Any] = {"evidence": Evidence.HIDDEN, "hostname": ""}
    again = sighting(at(8, 41), opens_connection=False, **hidden)
    day = Day().until(at(9, 0), sighting(at(8, 40), **hidden), again)
    assert day.core.health.hidden[HidingMethod.NAMELESS] == 1


NEXT_WEEK = MONDAY + timedelta(days=7)
TUESDAY = MONDAY + timedelta(days=1)


def paused(*spans: tuple[float, float], days: tuple[date, ...] = (MONDAY,)) -> Snapshot:
    """Give the school with interruptions of the measuring."""
    return school_snapshot(lessons(days), pauses=tuple(TimeSpan(*span) for span in spans))


def test_what_happens_while_measuring_is_interrupted_is_seen_nowhere_not_even_in_health() -> None:
    hiding = sighting(
        at(8, 46), hostname="", evidence=Evidence.HIDDEN, hiding_method=HidingMethod.VPN
    )
    unplaced = use(at(8, 46), b"\xc0\x00\x02\x01")
    day = Day(paused((at(8, 45), at(8, 55)))).until(at(9), *use(at(8, 46)), hiding, *unplaced)
    day.core.health.publish()
    assert set(day.core.health.evidence.values()) == {0}
    assert set(day.core.health.hidden.values()) == {0}
    assert set(day.core.health.counts.values()) == {0}
    day.until(at(9, 30), *use(at(9, 1)))
    day.core.health.publish()
    assert day.core.health.evidence[Evidence.SNI] == 4


def test_a_pause_holds_for_the_moment_of_a_sighting_and_not_for_when_it_came_in() -> None:
    """Sightings of before it and of after it come in with those of its own minutes."""
    day = Day(paused((at(8, 45), at(8, 46))))
    for moment in (at(8, 45) - 1, at(8, 45), at(8, 46) - 1, at(8, 46)):
        day.core.receive_sighting(sighting(moment))
    day.core.health.publish()
    assert day.core.health.evidence[Evidence.SNI] == 2


def test_what_a_pause_touches_has_no_figure_and_what_it_does_not_touch_has() -> None:
    held = paused((at(8, 45), at(8, 50)))
    day = Day(held).until(at(7, 30, NEXT_WEEK), *use(at(8, 35)), *use(at(9, 40)))
    assert day.counts(R1) == {("1", "", ""): None, ("2", "", ""): 1}
    assert set(day.counts(R2).values()) == set(day.counts(R3).values()) == {None}
    assert set(day.counts(R4).values()) == {None}


@pytest.mark.parametrize("span", [(at(7), at(8, 30)), (at(10, 10), at(12))])
def test_a_pause_that_ends_at_the_bell_or_begins_at_it_touches_nothing(
    span: tuple[float, float],
) -> None:
    day = Day(paused(span)).until(at(7, 30, NEXT_WEEK), *use(at(8, 30)), *use(at(10, 5)))
    assert day.counts(R1) == {("1", "", ""): 1, ("2", "", ""): 1}
    assert day.counts(R3) == {("", "3 havo", ""): 1}
    assert day.counts(R4) == {("", "3 havo", "instagram"): 1}


def test_a_pause_that_is_ordered_in_a_lesson_takes_what_was_seen_before_it_along() -> None:
    day = Day().until(at(8, 45), *use(at(8, 35)))
    day.core.snapshot = paused((at(8, 45), at(12)))
    assert day.until(at(18), *use(at(9, 40))).counts(R1) == {
        ("1", "", ""): None,
        ("2", "", ""): None,
    }


def test_a_pause_that_was_ended_early_costs_no_more_than_it_touched() -> None:
    day = Day(paused((at(8, 45), at(12)))).until(at(9))
    day.core.snapshot = paused((at(8, 45), at(9)))
    day.until(at(18), *use(at(9, 5)), *use(at(9, 40)))
    assert day.counts(R1) == {("1", "", ""): None, ("2", "", ""): 1}
    assert set(day.counts(R2).values()) == {None}


def test_a_pause_may_last_over_midnight() -> None:
    held = paused((at(9, 30), at(9, 20, TUESDAY)), days=(MONDAY, TUESDAY))
    seen = [*use(at(8, 40)), *use(at(9, 40)), *use(at(8, 40, TUESDAY)), *use(at(9, 40, TUESDAY))]
    day = Day(held).until(at(18, 0, TUESDAY), *seen)
    by_hour = {
        (cell.day, cell.period): count
        for closed in day.closed
        for cell, count in (closed.counts.get(R1) or {}).items()
    }
    assert by_hour == {
        (MONDAY, "1"): 1,
        (MONDAY, "2"): None,
        (TUESDAY, "1"): None,
        (TUESDAY, "2"): 1,
    }
    assert set(day.counts(R3).values()) == {None}


def test_a_night_s_pause_outside_lessons_costs_nothing() -> None:
    held = paused((at(18), at(8, 0, TUESDAY)), days=(MONDAY, TUESDAY))
    day = Day(held).until(at(18, 0, TUESDAY), *use(at(8, 40)), *use(at(8, 40, TUESDAY)))
    layers = [closed.counts[R3] for closed in day.closed if R3 in closed.counts]
    assert [
        counts[Cell(R3.name, on, layer="3 havo")]
        for on, counts in zip((MONDAY, TUESDAY), layers, strict=True)
    ] == [1, 1]


def test_each_closing_comes_once_whatever_was_interrupted() -> None:
    """So nothing is drawn a second time: what a pause takes away is not made up for later."""
    day = Day(paused((at(8, 45), at(8, 50)))).until(at(12))
    day.core.snapshot = paused((at(8, 45), at(8, 46)))
    day.until(at(13))
    day.core.snapshot = school_snapshot()
    day.until(at(7, 30, NEXT_WEEK))
    keys = [closed.slot.key for closed in day.closed]
    assert len(keys) == len(set(keys))
    assert day.counts(R1) == {("1", "", ""): None}
