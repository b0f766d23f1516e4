"""All addresses of a session are one device, whenever they are told."""

from ipaddress import ip_address

from monitor.place import IPV4_MAPPED
from monitor.places.bindings import BindingSource, SessionEnd, SessionUpdate
from tests.monitor.places.binding_table.conftest import (
    B204,
    B205,
    LATER,
    NIGHT,
    NINE,
    PHONE,
    PREFIX,
    PRIVATE,
    after,
    bound,
    heard,
    room,
)


def test_an_address_may_be_told_of_later_than_the_session() -> None:
    start = SessionUpdate(BindingSource.RADIUS, b"phone", (), B204, NINE, NIGHT)
    assert room(after(start)) is None
    assert room(after(start, heard(timestamp=NINE + 5))) == "B204"


def test_an_update_without_addresses_is_about_those_that_are_known() -> None:
    update = SessionUpdate(BindingSource.RADIUS, b"phone", (), B205, LATER, NIGHT)
    assert room(after(heard(), update)) == "B205"


def test_another_ipv4_address_of_a_session_takes_the_place_of_the_first() -> None:
    second = ip_address("10.20.4.99").packed
    table = after(heard(), heard(B204, second, timestamp=LATER))
    assert room(table) is None
    assert room(table, address=second) == "B204"


def test_all_addresses_of_a_session_are_one_device() -> None:
    table = after(heard(B204, PHONE, PREFIX))
    other = PREFIX + bytes(7) + b"\x01"
    devices = {
        found.device
        for address in (PHONE, PRIVATE, other, IPV4_MAPPED + PHONE)
        if (found := bound(table, address=address))
    }
    assert devices == {PHONE}


def test_an_address_of_a_session_that_is_over_is_that_of_whoever_has_its_prefix() -> None:
    second = heard(B205, PREFIX, session=b"second", timestamp=LATER)
    ended = SessionEnd(BindingSource.RADIUS, b"phone", LATER - 1)
    assert room(after(heard(B204, PRIVATE), ended, second), LATER, PRIVATE) == "B205"


def test_without_ipv4_the_prefix_names_the_device() -> None:
    found = bound(after(heard(B204, PRIVATE, PREFIX)), address=PRIVATE)
    assert found is not None
    assert found.device == PREFIX
