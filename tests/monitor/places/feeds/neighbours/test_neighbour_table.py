"""The neighbour table of a real Linux, in a network namespace of its own."""

import sys
from collections.abc import Iterator

import pytest

from monitor.health import FeedOutcome
from monitor.identity import DeviceNames, NamingKey
from monitor.places.binding_table import BindingTable
from monitor.places.bindings import BindingEvent, SessionEnd, SessionUpdate
from monitor.places.feeds.neighbours.neighbour_table import (
    DUMP_INTERVAL,
    KNOWN_LATE,
    LIFETIME,
    NeighbourFeed,
)
from tests.monitor.places.feeds.neighbours.test_messages import FAILED, MAC, PHONE, message
from tests.network.cable import cable
from tests.network.street import run

NAMING = NamingKey()
NOW = 1_795_388_500.0
TABLET = bytes.fromhex("020000ddeeff")
NAMED = DeviceNames(hardware=NAMING.name_hardware(MAC))

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="netlink is of Linux")


@pytest.fixture
def feed() -> Iterator[NeighbourFeed]:
    opened = NeighbourFeed("all", NAMING)
    yield opened
    opened.close()


def only(events: Iterator[BindingEvent]) -> SessionUpdate:
    (event,) = events
    assert isinstance(event, SessionUpdate)
    return event


def test_a_neighbour_is_named_and_has_no_place_by_it(feed: NeighbourFeed) -> None:
    event = only(feed.receive_message(message(), NOW))
    assert (event.addresses, event.place, event.names) == ((PHONE,), None, NAMED)
    assert (event.timestamp, event.until) == (NOW - KNOWN_LATE, NOW + LIFETIME)
    assert MAC.hex() not in repr(event)
    assert repr(MAC)[2:-1] not in repr(vars(feed))


def test_a_neighbour_is_told_again_only_when_something_changes(feed: NeighbourFeed) -> None:
    only(feed.receive_message(message(), NOW))
    assert list(feed.receive_message(message(), NOW + 10)) == []
    again = only(feed.receive_message(message(), NOW + DUMP_INTERVAL))
    assert (again.timestamp, again.until) == (NOW + 60, NOW + 60 + LIFETIME)
    assert feed.counts == {FeedOutcome.TAKEN: 2}


def test_an_address_that_another_has_now_was_the_first_s_until_now(feed: NeighbourFeed) -> None:
    table = BindingTable()
    gone = message(state=FAILED)
    for content, now in ((message(), NOW), (gone, NOW + 10), (message(PHONE, TABLET), NOW + 12)):
        for event in feed.receive_message(content, now):
            table.record(event)
    bindings = table.snapshot()
    assert bindings.hardware_of(PHONE, NOW + 9) == NAMED.hardware
    assert bindings.hardware_of(PHONE, NOW + 11) == b""
    assert bindings.hardware_of(PHONE, NOW + 12) == NAMING.name_hardware(TABLET)


def test_what_is_no_client_s_ends_what_was_known(feed: NeighbourFeed) -> None:
    only(feed.receive_message(message(), NOW))
    shared = bytes.fromhex("00005e000101")
    (event,) = feed.receive_message(message(PHONE, shared), NOW + 10)
    assert isinstance(event, SessionEnd)


@pytest.mark.parametrize("address", [bytes.fromhex("fe80" + "0" * 27 + "1"), bytes(4)])
def test_an_address_that_every_link_has_names_nobody(feed: NeighbourFeed, address: bytes) -> None:
    assert list(feed.receive_message(message(address), NOW)) == []


def test_a_message_that_is_cut_short_is_counted(feed: NeighbourFeed) -> None:
    assert list(feed.receive_message(message()[:30], NOW)) == []
    assert feed.counts == {FeedOutcome.MALFORMED: 1}


def neighbour(action: str, *entry: str) -> None:
    run("ip", "neighbour", action, *entry)


@pytest.mark.network
def test_a_real_table_is_read_and_followed() -> None:
    with cable():
        for interface in ("here", "there"):
            neighbour(
                "add",
                "10.0.101.7" if interface == "here" else "10.0.101.8",
                "lladdr",
                MAC.hex(":"),
                "dev",
                interface,
                "nud",
                "reachable",
            )
        feed = NeighbourFeed("here", NAMING)
        try:
            event = only(iter(list(feed.events(NOW))))
            assert (event.addresses, event.names) == ((PHONE,), NAMED), "of this interface alone"
            neighbour("change", "10.0.101.7", "lladdr", TABLET.hex(":"), "dev", "here")
            changed = only(iter(list(feed.events(NOW + 1))))
            assert changed.names.hardware == NAMING.name_hardware(TABLET)
            neighbour("delete", "10.0.101.7", "dev", "here")
            assert [type(event) for event in feed.events(NOW + 2)] == [SessionEnd]
        finally:
            feed.close()


@pytest.mark.network
def test_an_interface_that_is_not_there_gives_nothing() -> None:
    with cable():
        neighbour("add", "10.0.101.7", "lladdr", MAC.hex(":"), "dev", "here", "nud", "reachable")
        feed = NeighbourFeed("absent", NAMING)
        assert list(feed.events(NOW)) == []
        feed.close()
