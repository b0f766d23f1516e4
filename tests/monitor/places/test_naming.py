"""What names a client: by each unit, with all that may be told of it."""

import pytest

from monitor.identity import DeviceNames, IdentityRules, Unit
from monitor.place import Place
from monitor.places.binding_table import BindingTable
from monitor.places.bindings import Bindings, BindingSource, SessionUpdate
from monitor.places.naming import name_address, name_client

ADDRESS, OTHER = bytes((10, 0, 101, 1)), bytes((10, 0, 101, 2))
PREFIX = bytes((0x20, 1, 13, 184, 0, 0, 0, 9))
NINE, NIGHT = 32_400.0, 64_800.0
PHONE, LAPTOP, PUPIL = b"phone", b"laptop", b"pupil"


def told(
    names: DeviceNames,
    *addresses: bytes,
    source: BindingSource = BindingSource.RADIUS,
    session: bytes = b"session",
) -> SessionUpdate:
    return SessionUpdate(source, session, addresses, Place("101"), NINE, NIGHT, names=names)


def known(*updates: SessionUpdate) -> Bindings:
    table = BindingTable()
    for update in updates:
        table.record(update)
    return table.snapshot()


def name(
    unit: Unit,
    bindings: Bindings,
    hardware: bytes = b"",
    *,
    own: bool = True,
    client: bytes = ADDRESS,
) -> bytes:
    rules = IdentityRules(unit, frames_are_own=own)
    return name_client(client, hardware, NINE + 60, rules, bindings)[0]


class TestADevice:
    def test_is_named_by_its_frame_before_anything_that_is_told_of_its_address(self) -> None:
        """Who takes a victim's address names itself, not the victim."""
        bindings = known(told(DeviceNames(hardware=LAPTOP), ADDRESS))
        assert name(Unit.DEVICE, bindings, PHONE) == PHONE

    def test_is_named_by_what_is_told_where_frames_are_a_router_s(self) -> None:
        bindings = known(told(DeviceNames(hardware=LAPTOP), ADDRESS))
        assert name(Unit.DEVICE, bindings, b"router", own=False) == LAPTOP

    def test_is_the_neighbour_rather_than_whoever_the_address_was_leased_to(self) -> None:
        bindings = known(
            told(DeviceNames(hardware=LAPTOP), ADDRESS, source=BindingSource.DHCP),
            told(DeviceNames(hardware=PHONE), ADDRESS, source=BindingSource.NEIGHBOUR),
        )
        assert name(Unit.DEVICE, bindings) == PHONE

    def test_has_no_name_where_nothing_tells_it(self) -> None:
        bindings = known(told(DeviceNames(person=PUPIL), ADDRESS))
        assert name(Unit.DEVICE, bindings) == b""
        assert name(Unit.DEVICE, bindings, client=OTHER) == b""

    @pytest.mark.parametrize("address", [ADDRESS, bytes(10) + b"\xff\xff" + ADDRESS])
    def test_is_the_same_however_its_address_is_written(self, address: bytes) -> None:
        bindings = known(told(DeviceNames(hardware=PHONE), ADDRESS))
        assert name(Unit.DEVICE, bindings, client=address) == PHONE

    def test_has_the_name_of_a_prefix_that_it_has_alone(self) -> None:
        alone = told(DeviceNames(hardware=PHONE), PREFIX)
        another = told(DeviceNames(hardware=LAPTOP), PREFIX, session=b"another")
        own = PREFIX + bytes(8)
        assert name(Unit.DEVICE, known(alone), client=own) == PHONE
        assert name(Unit.DEVICE, known(alone, another), client=own) == b""

    def test_keeps_no_name_when_what_told_it_is_over(self) -> None:
        bindings = known(told(DeviceNames(hardware=PHONE), ADDRESS))
        rules = IdentityRules(Unit.DEVICE)
        assert name_client(ADDRESS, b"", NIGHT, rules, bindings) == (b"", b"")


class TestAPerson:
    def test_is_named_by_who_authenticated_for_the_address(self) -> None:
        bindings = known(told(DeviceNames(PUPIL, PHONE), ADDRESS))
        assert name(Unit.PERSON, bindings) == PUPIL
        assert name(Unit.PERSON, bindings, PHONE) == PUPIL

    def test_is_not_whoever_another_device_took_the_address_of(self) -> None:
        bindings = known(told(DeviceNames(PUPIL, PHONE), ADDRESS))
        assert name(Unit.PERSON, bindings, LAPTOP) == b""

    def test_is_known_by_the_device_where_no_message_told_the_address(self) -> None:
        """Of IPv6, accounting often says nothing."""
        bindings = known(told(DeviceNames(PUPIL, PHONE), OTHER))
        assert name(Unit.PERSON, bindings, PHONE, client=PREFIX + bytes(8)) == PUPIL

    def test_is_one_on_all_its_devices(self) -> None:
        bindings = known(
            told(DeviceNames(PUPIL, PHONE), ADDRESS),
            told(DeviceNames(PUPIL, LAPTOP), OTHER, session=b"another"),
        )
        assert name(Unit.PERSON, bindings) == name(Unit.PERSON, bindings, client=OTHER) == PUPIL

    def test_is_never_a_device_instead(self) -> None:
        bindings = known(told(DeviceNames(hardware=PHONE), ADDRESS))
        assert name(Unit.PERSON, bindings, PHONE) == b""


class TestAnAddress:
    def test_names_itself_however_it_is_written(self) -> None:
        mapped = bytes(10) + b"\xff\xff" + ADDRESS
        assert name_address(ADDRESS, IdentityRules()) == ADDRESS
        assert name_address(mapped, IdentityRules()) == ADDRESS

    def test_of_ipv6_is_counted_only_where_the_school_says_so(self) -> None:
        own = PREFIX + bytes(8)
        assert name_address(own, IdentityRules(counts_ipv6=True)) == own
        assert name_address(own, IdentityRules(counts_ipv6=False)) == b""
        assert name_address(PREFIX, IdentityRules(counts_ipv6=False)) == PREFIX, "a session's own"
