"""A binding begins and ends with its session, in whatever order that is told."""

import pytest

from monitor.places import binding_table
from monitor.places.binding_table import END_REMEMBERED
from monitor.places.bindings import BindingSource, SenderRestart, SessionEnd, SessionUpdate
from tests.monitor.places.binding_table.conftest import (
    B204,
    B205,
    LATER,
    NIGHT,
    NINE,
    after,
    heard,
    room,
)


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
