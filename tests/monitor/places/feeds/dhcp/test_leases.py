"""From leases to bindings."""

from collections import Counter

import pytest

from monitor.health import FeedOutcome
from monitor.identity import NO_NAMES, NamingKey
from monitor.place import Place
from monitor.places.attachment_map import Attachment, AttachmentKind, AttachmentMap
from monitor.places.binding_table import BindingTable
from monitor.places.bindings import SessionEnd
from monitor.places.feeds.dhcp.leases import MAX_LEASE_DURATION, Lease, LeaseTranslator, find_place
from monitor.places.feeds.dhcp.option82 import RelayInfo, parse_option82
from monitor.places.feeds.feed import SessionHasher
from monitor.places.feeds.unmapped import UnmappedAttachments
from tests.cast import unmapped_at_once
from tests.monitor.places.feeds.dhcp.cast import (
    B204,
    CIRCUIT,
    NAMING,
    NOW,
    REMOTE,
    TABLET,
    heard,
    leases,
)

ADDRESS = bytes((10, 20, 4, 100))
LEASE = Lease(ADDRESS, RelayInfo(CIRCUIT, REMOTE), NOW - 60, NOW + 3540)
MAPPING = AttachmentMap(
    [
        Attachment(AttachmentKind.CIRCUIT, REMOTE, B204),
        Attachment(AttachmentKind.CIRCUIT, "sw-b2:ge-0/0/5:205", Place("B205")),
        Attachment(AttachmentKind.VLAN, "206", Place("B206")),
    ]
)


@pytest.mark.parametrize(
    ("circuit", "remote", "room"),
    [
        ("sw-b2:ge-0/0/5:205", REMOTE, "B204"),
        ("sw-b2:ge-0/0/5:205", "another", "B205"),
        ("sw-b2:ge-0/0/6:206", "", "B206"),
        ("port7 VLAN206", "", "B206"),
        ("206", "", "B206"),
        ("ge-0/0/206", "", None),
        ("sw-b2:ge-0/0/6:207", "", None),
        ("", "", None),
    ],
)
def test_the_remote_comes_first_and_then_the_circuit_and_its_vlan(
    circuit: str, remote: str, room: str | None
) -> None:
    place = find_place(MAPPING, RelayInfo(circuit, remote))
    assert (place and place.room) == room


def test_a_lease_lasts_until_it_ends() -> None:
    counts: Counter[FeedOutcome] = Counter()
    said = heard(leases().lease_event(LEASE, NOW, counts))
    assert (said.timestamp, said.until, said.place) == (NOW - 60, NOW + 3540, B204)
    assert counts == {FeedOutcome.TAKEN: 1}


def test_a_session_has_a_name_that_is_not_its_address() -> None:
    known, counts = leases(), Counter[FeedOutcome]()
    one, two = (heard(known.lease_event(LEASE, now, counts)) for now in (NOW, NOW + 1))
    other = heard(leases().lease_event(LEASE, NOW, counts))
    assert one.session == two.session != other.session
    assert ADDRESS not in one.session


def test_a_lease_that_is_over_ends_what_was_known() -> None:
    register, known, counts = BindingTable(), leases(), Counter[FeedOutcome]()
    register.record(known.lease_event(LEASE, NOW, counts))
    register.record(known.lease_event(LEASE._replace(until=NOW), NOW + 1, counts))
    bindings = register.snapshot()
    assert bindings.find(ADDRESS, NOW + 0.5)
    assert bindings.find(ADDRESS, NOW + 2) is None
    assert counts == {FeedOutcome.TAKEN: 1, FeedOutcome.IGNORED: 1}


MAC = bytes.fromhex("020000aabbcc")
NAMED = LEASE._replace(hardware=MAC)


def test_a_lease_says_whose_an_address_is_by_a_name_that_says_nothing() -> None:
    said = heard(leases().lease_event(NAMED, NOW, Counter()))
    assert said.names == TABLET


def test_a_lease_without_room_says_whose_its_address_is_all_the_same() -> None:
    """Where a VLAN is a room, its prefix says where, and the lease says who."""
    counts: Counter[FeedOutcome] = Counter()
    nowhere = NAMED._replace(relay_info=RelayInfo())
    known = LeaseTranslator(AttachmentMap(), SessionHasher(), UnmappedAttachments(), NAMING)
    said = heard(known.lease_event(nowhere, NOW, counts))
    assert (said.place, said.names) == (None, TABLET)
    assert counts == {FeedOutcome.TAKEN: 1}, "nothing is attached in this school"


def test_an_address_that_passes_to_another_is_the_other_s() -> None:
    table, known, counts = BindingTable(), leases(), Counter[FeedOutcome]()
    table.record(known.lease_event(NAMED, NOW, counts))
    another = NAMED._replace(hardware=bytes.fromhex("020000ddeeff"), since=NOW + 60)
    table.record(known.lease_event(another, NOW + 60, counts))
    nameless = another._replace(hardware=b"", since=NOW + 90)
    table.record(known.lease_event(nameless, NOW + 90, counts))
    bindings = table.snapshot()
    assert bindings.hardware_of(ADDRESS, NOW) == TABLET.hardware
    assert bindings.hardware_of(ADDRESS, NOW + 60) not in {b"", TABLET.hardware}
    assert bindings.hardware_of(ADDRESS, NOW + 90) == b"", "a lease that does not say whose it is"


def test_a_lease_names_nobody_where_the_unit_is_an_address() -> None:
    mapping = AttachmentMap([Attachment(AttachmentKind.CIRCUIT, REMOTE, B204)])
    known = LeaseTranslator(mapping, SessionHasher(), UnmappedAttachments())
    assert heard(known.lease_event(NAMED, NOW, Counter())).names == NO_NAMES


def test_a_lease_without_room_gives_no_binding() -> None:
    counts: Counter[FeedOutcome] = Counter()
    event = leases().lease_event(LEASE._replace(relay_info=RelayInfo()), NOW, counts)
    assert isinstance(event, SessionEnd)
    assert counts == {FeedOutcome.WITHOUT_ROOM: 1}


def test_a_circuit_without_room_is_noted() -> None:
    unmapped = unmapped_at_once()
    lease = LEASE._replace(relay_info=RelayInfo("sw-b2:ge-0/0/9", "ap-b209"))
    LeaseTranslator(MAPPING, SessionHasher(), unmapped).lease_event(lease, NOW, Counter())
    assert unmapped.listed == ["circuit sw-b2:ge-0/0/9 (ap-b209)"]


def test_a_renewal_that_says_no_place_stays_where_it_was() -> None:
    known, counts = leases(), Counter[FeedOutcome]()
    renewal = LEASE._replace(relay_info=RelayInfo(), since=NOW, until=NOW + 9999, is_renewal=True)
    assert isinstance(known.lease_event(renewal, NOW, counts), SessionEnd)
    known.lease_event(LEASE, NOW, counts)
    assert heard(known.lease_event(renewal, NOW, counts)).place == B204
    known.end_event(ADDRESS, NOW)
    assert isinstance(known.lease_event(renewal, NOW, counts), SessionEnd)


def test_a_lease_without_end_and_a_clock_ahead_are_bounded() -> None:
    lease = LEASE._replace(since=NOW + 500, until=float("inf"))
    said = heard(leases().lease_event(lease, NOW, Counter()))
    assert (said.timestamp, said.until) == (NOW, NOW + MAX_LEASE_DURATION)


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.places.feeds.dhcp.leases.MAX_SESSIONS", 2)
    known = LeaseTranslator(MAPPING, SessionHasher(), UnmappedAttachments())
    for last in range(5):
        known.lease_event(LEASE._replace(address=bytes((10, 0, 0, last))), NOW, Counter())
    assert len(known._places) == 2


@pytest.mark.parametrize("hardware", [b"jTk7~a", b"jTk7~ "], ids=["whole", "space at the end"])
def test_a_client_s_own_address_is_no_port_without_a_room_also_where_its_bytes_are_letters(
    hardware: bytes,
) -> None:
    """A relay can be told to give the client's MAC address as it is: six bytes."""
    unmapped = unmapped_at_once()
    known = LeaseTranslator(MAPPING, SessionHasher(), unmapped, NAMING)
    circuit, remote = parse_option82(bytes([1, 4]) + b"ge-9" + bytes([2, 6]) + hardware)
    lease = LEASE._replace(relay_info=RelayInfo(circuit, remote), hardware=hardware)
    known.lease_event(lease, NOW, Counter())
    known.lease_event(lease._replace(relay_info=RelayInfo(remote, "")), NOW, Counter())
    assert unmapped.listed == ["circuit ge-9"]


@pytest.mark.parametrize(
    ("naming", "outcome"),
    [(NAMING, FeedOutcome.WITHOUT_NAME), (None, FeedOutcome.IGNORED)],
    ids=["devices count", "addresses count"],
)
def test_a_lease_of_ipv6_that_says_no_device_is_of_no_port_either(
    naming: NamingKey | None, outcome: FeedOutcome
) -> None:
    unmapped, counts = unmapped_at_once(), Counter[FeedOutcome]()
    known = LeaseTranslator(MAPPING, SessionHasher(), unmapped, naming)
    lease = LEASE._replace(address=bytes(15) + b"\7", relay_info=RelayInfo(), hardware=b"")
    assert isinstance(known.lease_event(lease, NOW, counts), SessionEnd)
    assert (counts, unmapped.listed) == ({outcome: 1}, [])
