"""Which address is where at a time: each rule of the table, by the phone in B204."""

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.identity import NO_NAMES, DeviceNames
from monitor.place import IPV4_MAPPED, Place
from monitor.places import binding_table
from monitor.places.binding_table import END_REMEMBERED, BindingTable
from monitor.places.bindings import (
    Binding,
    BindingEvent,
    BindingSource,
    SenderRestart,
    SessionEnd,
    SessionUpdate,
)
from monitor.places.session_joining import MAX_ADDRESSES

NINE = 1_792_396_800.0
LATER = NINE + 600
NIGHT = NINE + 36_000
PHONE = ip_address("10.20.4.17").packed
PREFIX = ip_address("2001:db8:20:4::").packed[:8]
PRIVATE = ip_address("2001:db8:20:4:a:b:c:d").packed
LAPTOP = ip_address("10.20.4.18").packed
B204, B205 = Place("B204"), Place("B205")


def heard(
    place: Place | None = B204,
    *addresses: bytes,
    session: bytes = b"phone",
    timestamp: float = NINE,
    until: float = NIGHT,
    source: BindingSource = BindingSource.RADIUS,
) -> SessionUpdate:
    return SessionUpdate(
        source, session, addresses or (PHONE,), place, timestamp, until, b"controller"
    )


def after(*events: BindingEvent) -> BindingTable:
    table = BindingTable()
    for event in events:
        table.record(event)
    return table


def bound(table: BindingTable, timestamp: float = LATER, address: bytes = PHONE) -> Binding | None:
    return table.snapshot().find(address, timestamp)


def room(table: BindingTable, timestamp: float = LATER, address: bytes = PHONE) -> str | None:
    found = bound(table, timestamp, address)
    return found.place.room if found and found.place else None


def test_it_holds_from_the_moment_until_it_is_not_heard_of() -> None:
    table = after(heard())
    assert room(table, NINE - 1) is None
    assert room(table, NINE) == room(table, NIGHT - 1) == "B204"
    assert room(table, NIGHT) is None


def test_it_ends_with_its_session() -> None:
    table = after(heard(), SessionEnd(BindingSource.RADIUS, b"phone", LATER))
    assert room(table, LATER - 1) == "B204"
    assert room(table, LATER) is None


def test_an_update_makes_it_last() -> None:
    table = after(heard(until=LATER), heard(timestamp=LATER - 1, until=NIGHT))
    assert room(table, NIGHT - 1) == "B204"
    assert room(table, NINE) == "B204"


def test_a_device_that_roams_is_where_it_is_then() -> None:
    table = after(heard(), heard(B205, timestamp=LATER))
    assert (room(table, LATER - 1), room(table, LATER)) == ("B204", "B205")


def test_one_that_roams_out_of_what_is_mapped_is_nowhere() -> None:
    assert room(after(heard(), heard(None, timestamp=LATER))) is None


def test_another_session_with_its_address_ends_it() -> None:
    """The Stop of the first was lost, and DHCP has given its address to another."""
    other = heard(B205, session=b"other", timestamp=LATER)
    table = after(heard(), other, SessionEnd(BindingSource.RADIUS, b"phone", LATER + 5))
    assert (room(table, LATER - 1), room(table, LATER + 9)) == ("B204", "B205")


def test_what_is_told_late_does_not_replace_what_is_of_later() -> None:
    table = after(heard(B205, timestamp=LATER), heard(B204, timestamp=NINE))
    assert room(table) == "B205"
    stopped = after(heard(timestamp=LATER), SessionEnd(BindingSource.RADIUS, b"phone", NINE))
    assert room(stopped) == "B204"


def test_a_stop_that_overtakes_what_was_told_before_it_ends_the_session_all_the_same() -> None:
    stop = SessionEnd(BindingSource.RADIUS, b"phone", LATER)
    update = heard(timestamp=LATER - 1)
    for events in ((heard(), stop, update), (stop, heard()), (stop, update, heard())):
        assert room(after(*events), LATER + 1) is None


def test_a_session_that_begins_again_after_its_end_is_one() -> None:
    again = heard(B205, timestamp=LATER)
    assert room(after(heard(), SessionEnd(BindingSource.RADIUS, b"phone", LATER), again)) == "B205"


def test_leases_are_told_in_the_order_of_their_file() -> None:
    """The end of a lease has the timestamp of reading, and the next one began before that."""
    ended = SessionEnd(BindingSource.DHCP, b"lease", LATER)
    following = heard(B205, session=b"lease", timestamp=NINE, source=BindingSource.DHCP)
    assert room(after(ended, following)) == "B205"


def test_ends_are_remembered_for_a_while_and_not_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    late = heard(timestamp=LATER - 1)
    table = after(SessionEnd(BindingSource.RADIUS, b"phone", LATER))
    table.expire(LATER + END_REMEMBERED - 1)
    table.record(late)
    assert len(table) == 0
    table.expire(LATER + END_REMEMBERED)
    table.record(late)
    assert len(table) == 1
    monkeypatch.setattr(binding_table, "MAX_SESSIONS", 1)
    ends = (SessionEnd(BindingSource.RADIUS, session, LATER) for session in (b"phone", b"other"))
    assert len(after(*ends, late)) == 1


def test_radius_comes_before_dhcp_and_dhcp_is_there_when_it_ends() -> None:
    lease = heard(B205, session=b"lease", source=BindingSource.DHCP)
    for events in ((heard(), lease), (lease, heard())):
        table = after(*events, SessionEnd(BindingSource.RADIUS, b"phone", LATER))
        assert (room(table, LATER - 1), room(table, LATER)) == ("B204", "B205")


def test_a_sender_that_restarts_has_lost_its_sessions() -> None:
    other = SessionUpdate(
        BindingSource.RADIUS, b"other", (b"\x0a\x00\x00\x01",), B205, NINE, NIGHT, b"another"
    )
    table = after(heard(), other, SenderRestart(BindingSource.RADIUS, b"controller", LATER))
    assert room(table) is None
    assert room(table, address=b"\x0a\x00\x00\x01") == "B205"


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


def device(table: BindingTable, address: bytes, timestamp: float = LATER) -> bytes | None:
    """Give what an address is counted as: the name of its session, or itself."""
    found = bound(table, timestamp, address)
    return found and (found.device or address)


def laptop(
    place: Place | None = B204, *addresses: bytes, timestamp: float = NINE + 5
) -> SessionUpdate:
    """What is told of another device in the same network."""
    return heard(place, *(addresses or (LAPTOP, PREFIX)), session=b"laptop", timestamp=timestamp)


def test_a_prefix_that_several_have_places_them_only_where_all_of_them_are() -> None:
    phone = heard(B204, PHONE, PREFIX)
    assert room(after(phone, laptop(B204)), address=PRIVATE) == "B204"
    for elsewhere in (B205, None):
        table = after(phone, laptop(elsewhere))
        assert room(table, NINE + 4, PRIVATE) == "B204"
        assert room(table, NINE + 5, PRIVATE) is None
        assert room(table) == "B204"


def test_in_a_prefix_that_several_have_each_address_is_a_device_for_itself() -> None:
    table = after(heard(B204, PHONE, PREFIX), laptop())
    assert device(table, PRIVATE) == PRIVATE
    assert (device(table, PHONE), device(table, LAPTOP)) == (PHONE, LAPTOP)


def test_a_prefix_is_somebodys_again_when_the_others_have_gone() -> None:
    both = (heard(B204, PHONE, PREFIX), laptop(B205))
    stopped = after(*both, SessionEnd(BindingSource.RADIUS, b"laptop", LATER))
    assert (room(stopped, LATER - 1, PRIVATE), room(stopped, LATER, PRIVATE)) == (None, "B204")
    assert device(stopped, PRIVATE) == PHONE
    restarted = after(*both, SenderRestart(BindingSource.RADIUS, b"controller", LATER))
    assert room(restarted, LATER, PRIVATE) is None


def test_a_prefix_is_shared_until_what_is_not_heard_of_is_forgotten() -> None:
    silent = heard(B204, PHONE, PREFIX, until=LATER)
    table = after(silent, laptop(B205))
    table.expire(LATER, kept=120)
    assert room(table, LATER - 1, PRIVATE) is None
    assert device(table, PRIVATE) == LAPTOP
    assert room(table, address=PRIVATE) == "B205"


def test_a_shared_prefix_lasts_as_long_as_who_lasts_longest_and_follows_who_moves() -> None:
    table = after(heard(B204, PHONE, PREFIX), laptop())
    table.record(laptop(timestamp=LATER)._replace(until=LATER + 9))
    assert room(table, NIGHT - 1, PRIVATE) == "B204"
    table.record(laptop(B205, timestamp=LATER + 1))
    assert room(table, LATER + 1, PRIVATE) is None
    table.record(heard(B205, PHONE, PREFIX, timestamp=LATER + 2))
    assert room(table, LATER + 2, PRIVATE) == "B205"


def test_a_device_that_roams_without_a_stop_does_not_share_with_itself() -> None:
    """The session that it had is over when another has its address, whatever else that had."""
    for old in (B204, None):
        again = heard(B205, PHONE, PREFIX, session=b"again", timestamp=LATER)
        table = after(heard(old, PHONE, PREFIX), again)
        assert room(table, address=PRIVATE) == "B205"
        assert device(table, PRIVATE) == PHONE
        table.record(heard(B204, PHONE, PREFIX, timestamp=LATER - 1))
        table.record(SessionEnd(BindingSource.RADIUS, b"phone", LATER + 1))
        assert room(table, LATER + 2, PRIVATE) == "B205"


def test_one_that_roams_shares_with_itself_until_its_address_is_told() -> None:
    table = after(heard(B204, PHONE, PREFIX))
    table.record(heard(B205, PREFIX, session=b"again", timestamp=LATER))
    assert room(table, LATER, PRIVATE) is None
    table.record(heard(B205, PHONE, session=b"again", timestamp=LATER + 5))
    assert room(table, LATER + 5, PRIVATE) == "B205"
    assert device(table, PRIVATE, LATER + 5) == device(table, PHONE, LATER + 5) == PHONE


def test_what_is_told_late_of_whom_another_came_after_does_not_share() -> None:
    table = after(heard(B205, PHONE, PREFIX, session=b"again", timestamp=LATER))
    table.record(heard(B204, PHONE, PREFIX, timestamp=LATER - 5))
    assert room(table, address=PRIVATE) == "B205"
    assert len(table) == 1


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


def test_a_session_has_no_end_of_addresses() -> None:
    many = [PREFIX[:7] + bytes((n,)) for n in range(MAX_ADDRESSES + 5)]
    assert len(after(heard(B204, *many)).snapshot()) == MAX_ADDRESSES
    table = after(heard(B204, *many[:9]), heard(B204, *many[9:], timestamp=LATER))
    held = [bound(table, LATER, prefix + bytes(8)) for prefix in many]
    assert sum(binding is not None for binding in held) == MAX_ADDRESSES


def test_there_is_no_room_for_sessions_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binding_table, "MAX_SESSIONS", 2)
    table = after(*(heard(B204, bytes((10, 0, 0, n)), session=bytes((n,))) for n in range(4)))
    assert (len(table), table.refused_sessions) == (2, 2)


def test_what_has_ended_is_forgotten_after_a_while() -> None:
    table = after(heard(until=LATER))
    table.expire(LATER + 60, kept=120)
    assert room(table, LATER - 1) == "B204"
    table.expire(LATER + 121, kept=120)
    assert (len(table), len(table.snapshot())) == (0, 0)


def test_a_snapshot_does_not_change_and_is_the_same_without_news() -> None:
    table = after(heard())
    before = table.snapshot()
    assert table.snapshot() is before
    table.record(SessionEnd(BindingSource.RADIUS, b"phone", NINE + 1))
    assert before.find(PHONE, LATER) is not None
    assert table.snapshot().find(PHONE, LATER) is None


EVENTS = st.one_of(
    st.builds(
        heard,
        st.sampled_from([B204, B205, None]),
        st.sampled_from([PHONE, PREFIX, PRIVATE, LAPTOP]),
        st.sampled_from([PHONE, PREFIX, PRIVATE]),
        session=st.sampled_from([b"a", b"b", b"c"]),
        timestamp=st.floats(NINE, NIGHT),
        until=st.floats(NINE, NIGHT),
        source=st.sampled_from(BindingSource),
    ),
    st.builds(
        SessionEnd,
        st.sampled_from(BindingSource),
        st.sampled_from([b"a", b"b"]),
        st.floats(NINE, NIGHT),
    ),
    st.builds(
        SenderRestart,
        st.sampled_from(BindingSource),
        st.just(b"controller"),
        st.floats(NINE, NIGHT),
    ),
)


@given(st.lists(EVENTS, max_size=12), st.floats(NINE, NIGHT))
def test_whatever_is_told_a_binding_holds_only_within_its_time(
    events: list[BindingEvent], timestamp: float
) -> None:
    table = after(*events)
    for address in (PHONE, PRIVATE):
        found = bound(table, timestamp, address)
        assert found is None or found.since <= timestamp < found.until
    table.expire(NIGHT + 1)
    assert (len(table), len(table.snapshot())) == (0, 0)


@given(st.lists(EVENTS, max_size=12), st.floats(NINE, NIGHT))
def test_whatever_is_told_a_prefix_places_only_one_session_or_those_that_agree(
    events: list[BindingEvent], timestamp: float
) -> None:
    """Who has it, as it is told in order, and where each of them was heard of last."""
    told = sorted(events, key=lambda event: event.timestamp)
    table = after(*told)
    after_all = NIGHT + 1
    table.expire(after_all)
    assert (len(table), len(table.snapshot())) == (0, 0)
    table = after(*(event for event in told if event.timestamp <= timestamp))
    live = {
        (session.update.source, session.update.session): session.update
        for session in table._sessions.values()
        if PREFIX in session.update.addresses and session.update.source is BindingSource.RADIUS
    }
    found = table.snapshot().find(PREFIX + bytes(7) + b"\x99", timestamp)
    if found is not None and found.source is BindingSource.RADIUS:
        assert {update.place for update in live.values()} == {found.place}
        assert (found.session == b"") == (len(live) > 1)


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
