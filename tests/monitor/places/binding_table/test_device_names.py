"""A device keeps its name while it is the same one, and nobody else has it."""

from monitor.identity import NO_NAMES, DeviceNames
from monitor.places.bindings import BindingSource, SessionEnd, SessionUpdate
from tests.monitor.places.binding_table.conftest import (
    B204,
    B205,
    LAPTOP,
    LATER,
    NINE,
    PHONE,
    PREFIX,
    PRIVATE,
    after,
    device,
    heard,
    laptop,
    room,
)


def test_a_device_keeps_its_name_when_its_ipv4_address_is_told_later() -> None:
    for first in (PREFIX, PRIVATE):
        table = after(heard(B204, first), heard(B204, PHONE, timestamp=NINE + 30))
        names = {device(table, address) for address in (PHONE, PRIVATE)}
        assert names == {first}
        assert device(table, PRIVATE, NINE + 1) == first


def test_a_device_keeps_its_name_when_it_authenticates_again() -> None:
    before = (heard(B204, PREFIX), heard(B204, PHONE, timestamp=NINE + 30))
    again = heard(B204, PHONE, PREFIX, session=b"again", timestamp=LATER)
    stop = SessionEnd(BindingSource.RADIUS, b"phone", LATER - 1)
    for events in ((*before, again), (*before, stop, again)):
        assert device(after(*events), PHONE) == PREFIX


def test_a_device_with_only_a_prefix_keeps_its_name_when_it_authenticates_again() -> None:
    before = (heard(B204, PHONE, PREFIX), SessionEnd(BindingSource.RADIUS, b"phone", LATER - 1))
    again = heard(B204, PREFIX, session=b"again", timestamp=LATER)
    assert device(after(*before, again), PRIVATE) == PHONE


def test_a_device_keeps_its_name_when_its_ipv4_address_changes() -> None:
    table = after(heard(), heard(B204, LAPTOP, timestamp=NINE + 30))
    assert device(table, LAPTOP) == PHONE


def test_a_prefix_that_another_has_too_names_nobody() -> None:
    table = after(heard(B204, PREFIX), laptop(B204, PREFIX))
    table.record(SessionEnd(BindingSource.RADIUS, b"phone", LATER))
    assert device(table, PRIVATE) == PRIVATE
    table.record(laptop(B204, PREFIX, timestamp=LATER + 1))
    assert device(table, PRIVATE, LATER + 1) == PRIVATE
    table.record(laptop(B204, LAPTOP, timestamp=LATER + 2))
    assert device(table, LAPTOP, LATER + 2) == LAPTOP


def test_who_comes_after_another_in_a_prefix_and_has_an_address_is_another_device() -> None:
    before = (heard(B204, PHONE, PREFIX), SessionEnd(BindingSource.RADIUS, b"phone", LATER - 1))
    table = after(*before, laptop(timestamp=LATER))
    assert device(table, LAPTOP) == device(table, PRIVATE) == LAPTOP


ITSELF, ANOTHER = DeviceNames(b"pupil", b"phone"), DeviceNames(hardware=b"laptop")


def named(names: DeviceNames, update: SessionUpdate | None = None) -> SessionUpdate:
    return (update or heard())._replace(names=names)


class TestNames:
    def test_are_kept_by_a_message_of_radius_that_says_none(self) -> None:
        bindings = after(named(ITSELF), heard(timestamp=LATER)).snapshot()
        assert bindings.names_at(PHONE, LATER) == ITSELF

    def test_hold_for_every_address_of_the_session(self) -> None:
        bindings = after(named(ITSELF, heard(B204, PHONE, PRIVATE))).snapshot()
        assert bindings.names_at(PRIVATE, LATER) == ITSELF

    def test_end_with_their_session(self) -> None:
        table = after(named(ITSELF), SessionEnd(BindingSource.RADIUS, b"phone", LATER))
        assert table.snapshot().names_at(PHONE, LATER - 1) == ITSELF
        assert table.snapshot().names_at(PHONE, LATER) == NO_NAMES
        assert table.snapshot().person_of(b"phone", LATER) == b""
        assert table.snapshot().find_of_hardware(b"phone", LATER) is None

    def test_are_those_of_whoever_has_the_address_now(self) -> None:
        other = heard(session=b"laptop", timestamp=LATER)
        bindings = after(named(ITSELF), named(ANOTHER, other)).snapshot()
        assert bindings.names_at(PHONE, LATER - 1) == ITSELF
        assert bindings.names_at(PHONE, LATER) == ANOTHER

    def test_come_from_a_lease_where_the_session_says_none(self) -> None:
        lease = heard(None, source=BindingSource.DHCP, session=b"lease")
        bindings = after(heard(), named(ANOTHER, lease)).snapshot()
        assert bindings.names_at(PHONE, LATER) == ANOTHER

    def test_of_a_lease_without_a_place_leave_the_place_to_the_prefix(self) -> None:
        """DHCPv6 says whose an address is, and RADIUS in which room its /64 is."""
        lease = heard(None, PRIVATE, source=BindingSource.DHCP, session=b"lease")
        table = after(heard(B204, PREFIX), named(ANOTHER, lease))
        assert room(table, address=PRIVATE) == "B204"

    def test_say_where_a_device_is_and_who_is_on_it_whatever_its_address(self) -> None:
        bindings = after(named(ITSELF)).snapshot()
        found = bindings.find_of_hardware(b"phone", LATER)
        assert found is not None
        assert found.place == B204
        assert bindings.person_of(b"phone", LATER) == b"pupil"

    def test_of_a_session_that_is_on_another_device_by_now_are_no_longer_the_first_s(self) -> None:
        bindings = after(named(ITSELF), named(ANOTHER, heard(timestamp=LATER))).snapshot()
        assert bindings.find_of_hardware(b"phone", LATER) is None
        assert bindings.find_of_hardware(b"laptop", LATER) is not None

    def test_are_of_no_address_that_the_device_left_for_another_room(self) -> None:
        """Its Stop was lost: who gets the address next is not that device."""
        moved = heard(B205, LAPTOP, session=b"roamed", timestamp=LATER)
        bindings = after(named(ITSELF), named(ITSELF, moved)).snapshot()
        assert bindings.names_at(PHONE, LATER - 1) == ITSELF
        assert bindings.names_at(PHONE, LATER) == NO_NAMES
        assert bindings.names_at(LAPTOP, LATER) == ITSELF

    def test_of_a_device_stay_when_another_device_gets_an_address_that_it_had(self) -> None:
        """What is counted of one hangs on no other's: only the address is the other's by now."""
        other = named(ANOTHER, heard(B205, session=b"other", timestamp=LATER))
        table = after(named(ITSELF), other)
        bindings = table.snapshot()
        assert bindings.names_at(PHONE, LATER) == ANOTHER
        assert bindings.person_of(b"phone", LATER) == b"pupil"
        found = bindings.find_of_hardware(b"phone", LATER)
        assert found is not None
        assert found.place == B204
        table.record(SessionEnd(BindingSource.RADIUS, b"phone", LATER + 5))
        assert table.snapshot().person_of(b"phone", LATER + 6) == b""

    def test_of_a_session_that_is_told_late_end_no_later_one_of_the_device(self) -> None:
        early = heard(B205, LAPTOP, session=b"early", timestamp=NINE)
        bindings = after(named(ITSELF, heard(timestamp=LATER)), named(ITSELF, early)).snapshot()
        assert bindings.names_at(PHONE, LATER) == ITSELF

    def test_of_a_session_that_another_device_has_by_now_say_nothing_of_the_first(self) -> None:
        """A controller counts its sessions anew: no user and no address is carried over."""
        first = named(ITSELF, heard(B204, PHONE, PRIVATE))
        again = named(ANOTHER, heard(B205, LAPTOP, timestamp=LATER))
        bindings = after(first, again).snapshot()
        assert bindings.names_at(LAPTOP, LATER) == ANOTHER
        assert bindings.names_at(PHONE, LATER) == NO_NAMES
        assert bindings.names_at(PRIVATE, LATER) == NO_NAMES

    def test_are_those_of_the_later_of_a_session_and_a_lease(self) -> None:
        """The session's Stop was lost: who has the lease by now is known, and is not its user."""
        lease = heard(None, source=BindingSource.DHCP, session=b"lease", timestamp=LATER)
        bindings = after(named(ITSELF), named(ANOTHER, lease)).snapshot()
        assert bindings.names_at(PHONE, LATER - 1) == ITSELF
        assert bindings.names_at(PHONE, LATER) == ANOTHER

    def test_are_those_of_a_session_that_began_after_a_lease_of_another(self) -> None:
        lease = heard(None, source=BindingSource.DHCP, session=b"lease")
        bindings = after(named(ANOTHER, lease), named(ITSELF, heard(timestamp=LATER))).snapshot()
        assert bindings.names_at(PHONE, LATER) == ITSELF
