"""What goes on of a sighting: a device by its name, never by an address instead, and a kind."""

from dataclasses import replace

import pytest

from monitor.activity.device_use import MAX_DEVICES, MAX_IPV4
from monitor.core import Core
from monitor.evidence import ConnectionKind, Evidence, HidingMethod
from monitor.health import Health
from monitor.identity import DayKey, DeviceNames, IdentityRules, Unit
from monitor.locate import LessonUse, locate
from monitor.place import Place
from monitor.places.binding_table import BindingTable
from monitor.places.bindings import Bindings, BindingSource, SessionUpdate
from monitor.release.tables import R1, R3
from monitor.release.visibility import KINDS
from monitor.sighting import Sighting
from tests.cast import MONDAY, at, client, school_snapshot, sighting, use
from tests.monitor.core.living import EARLY, Day

BY_DEVICE = replace(school_snapshot(), identity=IdentityRules(Unit.DEVICE))


def phone_in(
    room: str, moment: float, hardware: bytes = b"phone", number: int = 1
) -> list[Sighting]:
    return use(moment, client(room, number), hardware=hardware)


def test_a_phone_that_gets_an_address_in_every_room_is_one_device() -> None:
    """A VLAN a room, as the guide describes: two lessons, two rooms, two addresses."""
    seen = [*phone_in("101", at(8, 40)), *phone_in("103", at(9, 30))]
    assert Day(BY_DEVICE).until(at(18), *seen).counts(R3) == {("", "3 havo", ""): 1}
    assert Day().until(at(18), *seen).counts(R3) == {("", "3 havo", ""): 2}, "by its addresses"


def test_two_phones_that_have_one_address_after_each_other_are_two() -> None:
    seen = [*phone_in("101", at(8, 40)), *phone_in("101", at(9, 30), b"another")]
    assert Day(BY_DEVICE).until(at(18), *seen).counts(R3) == {("", "3 havo", ""): 2}


def test_what_nothing_names_is_counted_nowhere() -> None:
    day = Day(BY_DEVICE).until(at(18), *use(at(8, 40)))
    assert day.counts(R1) == {}
    assert day.core.health.counts["unnamed"] == 4


def test_where_nothing_can_be_named_nothing_has_a_figure() -> None:
    day = Day(BY_DEVICE)
    day.core = Core(BY_DEVICE, Health(), EARLY, has_names=False)
    day.until(at(18))
    assert set(day.counts(R1).values()) == {None}
    assert set(day.counts(R3).values()) == {None}


@pytest.mark.parametrize(("addresses", "counted"), [(MAX_IPV4, 1), (MAX_IPV4 + 1, 0), (200, 0)])
def test_a_mac_address_with_many_addresses_is_a_router_and_counted_nowhere(
    addresses: int, counted: int
) -> None:
    """A phone that takes 200 addresses becomes nothing, and not 200 devices."""
    many = [
        sighting(at(8, 45) + number / 10, client("101", number + 1), hardware=b"phone")
        for number in range(addresses)
    ]
    day = Day(BY_DEVICE).until(at(18), *phone_in("101", at(8, 40)), *many)
    assert sum(day.counts(R1).values(), start=0) == counted  # type: ignore[arg-type]


def test_what_is_found_to_be_a_router_is_in_nothing_of_the_day() -> None:
    many = [
        sighting(at(9, 35) + number, client("101", number + 1), hardware=b"router")
        for number in range(MAX_IPV4 + 1)
    ]
    day = Day(BY_DEVICE).until(at(9, 30), *phone_in("101", at(8, 40), b"router"))
    assert day.counts(R1) == {("1", "", ""): 1}, "the hour had closed"
    day.until(at(18), *phone_in("101", at(9, 31), b"router"), *many)
    assert day.counts(R1) == {("1", "", ""): 1}
    assert day.counts(R3) == {}


@pytest.mark.parametrize(("own", "hardware"), [(True, b""), (False, b"router")])
def test_an_account_that_a_class_shares_is_no_person(own: bool, hardware: bytes) -> None:
    """Nor where the frames that the sensor sees all come from one router."""
    rules = IdentityRules(Unit.PERSON, frames_are_own=own)
    by_person = replace(school_snapshot(), identity=rules)
    table, tablets = BindingTable(), range(1, MAX_DEVICES + 2)
    for number in tablets:
        names = DeviceNames(b"account", bytes((number,)))
        table.record(
            SessionUpdate(
                BindingSource.RADIUS,
                bytes((number,)),
                (client("101", number),),
                Place("101"),
                at(8),
                at(18),
                names=names,
            )
        )
    for used, counted in ((tablets[:-1], 1), (tablets, 0)):
        day = Day(by_person)
        day.core.bindings = table.snapshot()
        seen = [
            device_sighting
            for number in used
            for device_sighting in use(at(8, 40), client("101", number), hardware=hardware)
        ]
        day.until(at(18), *seen)
        assert sum(day.counts(R1).values(), start=0) == counted  # type: ignore[arg-type]


def test_a_phone_with_many_addresses_is_one_device_of_its_person() -> None:
    """A gateway sees no frames: the neighbour table says whose its privacy addresses are."""
    addresses = [bytes((32, 1)) + bytes(13) + bytes((number,)) for number in range(MAX_DEVICES + 2)]
    table = BindingTable()
    phone = DeviceNames(b"pupil", b"phone")
    table.record(
        SessionUpdate(BindingSource.RADIUS, b"s", (), Place("101"), at(8), at(18), names=phone)
    )
    for address in addresses:
        told = DeviceNames(hardware=b"phone")
        neighbour = BindingSource.NEIGHBOUR
        table.record(SessionUpdate(neighbour, address, (address,), None, at(8), at(18), names=told))
    day = Day(replace(school_snapshot(), identity=IdentityRules(Unit.PERSON)))
    day.core.bindings = table.snapshot()
    day.until(at(18), *(seen for address in addresses for seen in use(at(8, 40), address)))
    assert day.counts(R1) == {("1", "", ""): 1}


def test_a_device_is_where_its_session_is_also_by_an_address_that_nothing_told() -> None:
    """Accounting often has no IPv6 address, and some of it no address at all."""
    table = BindingTable()
    names = DeviceNames(hardware=b"phone")
    table.record(
        SessionUpdate(BindingSource.RADIUS, b"s", (), Place("101"), at(8), at(18), names=names)
    )
    day = Day(BY_DEVICE)
    day.core.bindings = table.snapshot()
    untold = bytes((32, 1)) + bytes(13) + b"\x07"
    day.until(at(18), *use(at(8, 40), untold, hardware=b"phone"))
    assert day.counts(R1) == {("1", "", ""): 1}


def kind_of(evidence: Evidence, method: HidingMethod | None = None) -> ConnectionKind | None:
    contact = sighting(at(8, 40), evidence=evidence, hiding_method=method)
    use = locate(contact, school_snapshot(), Bindings(), DayKey(MONDAY), Health())
    assert isinstance(use, LessonUse)
    return use.kind


def test_a_connection_is_of_one_kind_how_it_hides_or_how_its_name_was_learned() -> None:
    assert kind_of(Evidence.SNI) == "sni"
    assert kind_of(Evidence.SNI, HidingMethod.VPN) == "vpn"
    assert kind_of(Evidence.HIDDEN) == "nameless"
    assert kind_of(Evidence.HIDDEN, HidingMethod.ENCRYPTED_HELLO) == "encrypted_hello"
    assert kind_of(Evidence.DNS) is None, "a name, and no connection"
    kinds = {kind_of(evidence, method) for evidence in Evidence for method in (None, *HidingMethod)}
    assert kinds - {None} == {*KINDS}
