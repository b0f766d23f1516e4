"""Which address is where at a moment: each rule of the register, by the phone in B204."""

from ipaddress import IPv6Network, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import bindings
from monitor.bindings import (
    ENDED_KEPT,
    MOST_ADDRESSES,
    Binding,
    Ended,
    Event,
    Heard,
    Register,
    Restarted,
    Source,
    packed,
)
from monitor.place import MAPPED, Place

NINE = 1_792_396_800.0
LATER = NINE + 600
NIGHT = NINE + 36_000
PHONE = ip_address("10.20.4.17").packed
PREFIX = ip_address("2001:db8:20:4::").packed[:8]
PRIVATE = ip_address("2001:db8:20:4:a:b:c:d").packed
B204, B205 = Place("B204"), Place("B205")


def heard(
    place: Place | None = B204,
    *addresses: bytes,
    session: bytes = b"phone",
    moment: float = NINE,
    until: float = NIGHT,
    source: Source = Source.RADIUS,
) -> Heard:
    return Heard(source, session, addresses or (PHONE,), place, moment, until, b"controller")


def after(*events: Event) -> Register:
    register = Register()
    for event in events:
        register.take(event)
    return register


def bound(register: Register, moment: float = LATER, address: bytes = PHONE) -> Binding | None:
    return register.snapshot().of(address, moment)


def room(register: Register, moment: float = LATER, address: bytes = PHONE) -> str | None:
    found = bound(register, moment, address)
    return found.place.room if found else None


def test_it_holds_from_the_moment_until_it_is_not_heard_of() -> None:
    register = after(heard())
    assert room(register, NINE - 1) is None
    assert room(register, NINE) == room(register, NIGHT - 1) == "B204"
    assert room(register, NIGHT) is None


def test_it_ends_with_its_session() -> None:
    register = after(heard(), Ended(Source.RADIUS, b"phone", LATER))
    assert room(register, LATER - 1) == "B204"
    assert room(register, LATER) is None


def test_an_update_makes_it_last() -> None:
    register = after(heard(until=LATER), heard(moment=LATER - 1, until=NIGHT))
    assert room(register, NIGHT - 1) == "B204"
    assert room(register, NINE) == "B204"


def test_a_device_that_roams_is_where_it_is_then() -> None:
    register = after(heard(), heard(B205, moment=LATER))
    assert (room(register, LATER - 1), room(register, LATER)) == ("B204", "B205")


def test_one_that_roams_out_of_what_is_mapped_is_nowhere() -> None:
    assert room(after(heard(), heard(None, moment=LATER))) is None


def test_another_session_with_its_address_ends_it() -> None:
    """The Stop of the first was lost, and DHCP has given its address to another."""
    other = heard(B205, session=b"other", moment=LATER)
    register = after(heard(), other, Ended(Source.RADIUS, b"phone", LATER + 5))
    assert (room(register, LATER - 1), room(register, LATER + 9)) == ("B204", "B205")


def test_what_is_told_late_does_not_replace_what_is_of_later() -> None:
    register = after(heard(B205, moment=LATER), heard(B204, moment=NINE))
    assert room(register) == "B205"
    stopped = after(heard(moment=LATER), Ended(Source.RADIUS, b"phone", NINE))
    assert room(stopped) == "B204"


def test_a_stop_that_overtakes_what_was_told_before_it_ends_the_session_all_the_same() -> None:
    stop = Ended(Source.RADIUS, b"phone", LATER)
    update = heard(moment=LATER - 1)
    for events in ((heard(), stop, update), (stop, heard()), (stop, update, heard())):
        assert room(after(*events), LATER + 1) is None


def test_a_session_that_begins_again_after_its_end_is_one() -> None:
    again = heard(B205, moment=LATER)
    assert room(after(heard(), Ended(Source.RADIUS, b"phone", LATER), again)) == "B205"


def test_leases_are_told_in_the_order_of_their_file() -> None:
    """The end of a lease has the moment of reading, and the next one began before that."""
    ended = Ended(Source.DHCP, b"lease", LATER)
    following = heard(B205, session=b"lease", moment=NINE, source=Source.DHCP)
    assert room(after(ended, following)) == "B205"


def test_ends_are_remembered_for_a_while_and_not_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    late = heard(moment=LATER - 1)
    register = after(Ended(Source.RADIUS, b"phone", LATER))
    register.expire(LATER + ENDED_KEPT - 1)
    register.take(late)
    assert len(register) == 0
    register.expire(LATER + ENDED_KEPT)
    register.take(late)
    assert len(register) == 1
    monkeypatch.setattr(bindings, "MOST_SESSIONS", 1)
    ends = (Ended(Source.RADIUS, session, LATER) for session in (b"phone", b"other"))
    assert len(after(*ends, late)) == 1


def test_radius_comes_before_dhcp_and_dhcp_is_there_when_it_ends() -> None:
    lease = heard(B205, session=b"lease", source=Source.DHCP)
    for events in ((heard(), lease), (lease, heard())):
        register = after(*events, Ended(Source.RADIUS, b"phone", LATER))
        assert (room(register, LATER - 1), room(register, LATER)) == ("B204", "B205")


def test_a_sender_that_restarts_has_lost_its_sessions() -> None:
    other = Heard(Source.RADIUS, b"other", (b"\x0a\x00\x00\x01",), B205, NINE, NIGHT, b"another")
    register = after(heard(), other, Restarted(Source.RADIUS, b"controller", LATER))
    assert room(register) is None
    assert room(register, address=b"\x0a\x00\x00\x01") == "B205"


def test_an_address_may_be_told_of_later_than_the_session() -> None:
    start = Heard(Source.RADIUS, b"phone", (), B204, NINE, NIGHT)
    assert room(after(start)) is None
    assert room(after(start, heard(moment=NINE + 5))) == "B204"


def test_an_update_without_addresses_is_about_those_that_are_known() -> None:
    update = Heard(Source.RADIUS, b"phone", (), B205, LATER, NIGHT)
    assert room(after(heard(), update)) == "B205"


def test_another_ipv4_address_of_a_session_takes_the_place_of_the_first() -> None:
    second = ip_address("10.20.4.99").packed
    register = after(heard(), heard(B204, second, moment=LATER))
    assert room(register) is None
    assert room(register, address=second) == "B204"


def test_all_addresses_of_a_session_are_one_device() -> None:
    register = after(heard(B204, PHONE, PREFIX))
    other = PREFIX + bytes(7) + b"\x01"
    devices = {
        found.device
        for address in (PHONE, PRIVATE, other, MAPPED + PHONE)
        if (found := bound(register, address=address))
    }
    assert devices == {PHONE}


def test_an_address_of_a_session_that_is_over_is_that_of_whoever_has_its_prefix() -> None:
    second = heard(B205, PREFIX, session=b"second", moment=LATER)
    ended = Ended(Source.RADIUS, b"phone", LATER - 1)
    assert room(after(heard(B204, PRIVATE), ended, second), LATER, PRIVATE) == "B205"


def test_without_ipv4_the_prefix_names_the_device() -> None:
    found = bound(after(heard(B204, PRIVATE, PREFIX)), address=PRIVATE)
    assert found is not None
    assert found.device == PREFIX


def test_a_session_has_no_end_of_addresses() -> None:
    many = [PREFIX[:7] + bytes((n,)) for n in range(MOST_ADDRESSES + 5)]
    assert len(after(heard(B204, *many)).snapshot()) == MOST_ADDRESSES
    register = after(heard(B204, *many[:9]), heard(B204, *many[9:], moment=LATER))
    held = [bound(register, LATER, prefix + bytes(8)) for prefix in many]
    assert sum(each is not None for each in held) == MOST_ADDRESSES


def test_there_is_no_room_for_sessions_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bindings, "MOST_SESSIONS", 2)
    register = after(*(heard(session=bytes((n,))) for n in range(4)))
    assert (len(register), register.turned_away) == (2, 2)


def test_what_has_ended_is_forgotten_after_a_while() -> None:
    register = after(heard(until=LATER))
    register.expire(LATER + 60, kept=120)
    assert room(register, LATER - 1) == "B204"
    register.expire(LATER + 121, kept=120)
    assert (len(register), len(register.snapshot())) == (0, 0)


def test_a_snapshot_does_not_change_and_is_the_same_without_news() -> None:
    register = after(heard())
    before = register.snapshot()
    assert register.snapshot() is before
    register.take(Ended(Source.RADIUS, b"phone", NINE + 1))
    assert before.of(PHONE, LATER) is not None
    assert register.snapshot().of(PHONE, LATER) is None


@pytest.mark.parametrize(
    "text", ["0.0.0.0", "::", "127.0.0.1", "ff02::1", "169.254.1.2", "fe80::1"]
)
def test_what_is_no_clients_address_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="no client"):
        packed(ip_address(text))


def test_a_prefix_is_one_clients_only_when_it_is_a_64() -> None:
    assert packed(IPv6Network("2001:db8:20:4::/64")) == PREFIX
    with pytest.raises(ValueError, match="other than"):
        packed(IPv6Network("2001:db8:20::/56"))


def test_a_prefix_that_every_link_has_names_no_device() -> None:
    with pytest.raises(ValueError, match="no client"):
        packed(IPv6Network("fe80::/64"))


EVENTS = st.one_of(
    st.builds(
        heard,
        st.sampled_from([B204, B205, None]),
        st.sampled_from([PHONE, PREFIX, PRIVATE]),
        session=st.sampled_from([b"a", b"b", b"c"]),
        moment=st.floats(NINE, NIGHT),
        until=st.floats(NINE, NIGHT),
        source=st.sampled_from(Source),
    ),
    st.builds(
        Ended, st.sampled_from(Source), st.sampled_from([b"a", b"b"]), st.floats(NINE, NIGHT)
    ),
    st.builds(Restarted, st.sampled_from(Source), st.just(b"controller"), st.floats(NINE, NIGHT)),
)


@given(st.lists(EVENTS, max_size=12), st.floats(NINE, NIGHT))
def test_whatever_is_told_a_binding_holds_only_within_its_time(
    events: list[Event], moment: float
) -> None:
    register = after(*events)
    for address in (PHONE, PRIVATE):
        found = bound(register, moment, address)
        assert found is None or found.since <= moment < found.until
    register.expire(NIGHT + 1)
    assert (len(register), len(register.snapshot())) == (0, 0)
