"""Whatever is told, what is kept has bounds, and a binding holds only within its time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.places import binding_table
from monitor.places.bindings import BindingEvent, BindingSource, SenderRestart, SessionEnd
from monitor.places.session_joining import MAX_ADDRESSES
from tests.monitor.places.binding_table.conftest import (
    B204,
    B205,
    LAPTOP,
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
