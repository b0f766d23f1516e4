"""Which addresses are one device, wherever it goes and however often it gets another."""

from dataclasses import replace
from datetime import timedelta

from monitor.activity.device_use import MAX_CONNECTIONS
from monitor.core import Core
from monitor.identity import DeviceNames, IdentityRules, Unit
from monitor.place import Place
from monitor.places.binding_table import BindingTable
from monitor.places.bindings import BindingSource, SessionUpdate
from monitor.release.tables import R1, R3, Cell
from monitor.sighting import Sighting
from tests.cast import MONDAY, ExactHealth, at, client, lessons, school_snapshot, sighting, use
from tests.monitor.core.living import NEXT_MONDAY, Day


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


def test_where_a_device_has_several_addresses_each_may_add_less() -> None:
    """A phone in two rooms with two addresses is at most what a device may be."""
    held = replace(school_snapshot(), identity=IdentityRules(Unit.ADDRESS, addresses=6))
    one, other = client("101"), client("102")
    hours = [use(at(hour, minute), who) for who in (one, other) for hour, minute in HOURS]
    day = Day(held).until(NEXT_MONDAY, *(seen for hour in hours for seen in hour))
    tables = {table for closed in day.closed for table in closed.counts}
    assert [(table.name, table.cap) for table in tables] == [(R1.name, 1)]
    assert sum(count or 0 for count in day.counts(*tables).values()) == 2


HOURS = ((8, 40), (9, 30))
"""In each lesson hour."""
