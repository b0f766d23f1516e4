"""A prefix that several have places nobody by guess."""

from monitor.places.bindings import BindingSource, SenderRestart, SessionEnd
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
    device,
    heard,
    laptop,
    room,
)


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
