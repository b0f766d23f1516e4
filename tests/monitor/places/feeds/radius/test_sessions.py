"""What accounting messages make of bindings: clocks, expiry, restarts and places."""

from collections import Counter

import pytest

from monitor.health import FeedOutcome
from monitor.place import Place
from monitor.places.attachment_map import Attachment, AttachmentKind, AttachmentMap
from monitor.places.bindings import (
    BindingEvent,
    BindingSource,
    SenderRestart,
    SessionEnd,
    SessionUpdate,
)
from monitor.places.feeds.feed import SessionHasher
from monitor.places.feeds.radius.message import AccountingMessage, AccountingStatus
from monitor.places.feeds.radius.sessions import (
    MAX_MESSAGE_AGE,
    MIN_SESSION_DURATION,
    AccountingTranslator,
)
from monitor.places.feeds.unmapped import UnmappedAttachments
from tests.cast import unmapped_at_once

NOON = 1_792_396_800
TEN_HOURS = 36_000.0
PHONE = bytes((10, 20, 4, 17))
AP, VLAN = Place("B204"), Place("gang 2")
MAPPING = AttachmentMap(
    [
        Attachment(AttachmentKind.ACCESS_POINT, "70-3A-0E-11-22-33", AP),
        Attachment(AttachmentKind.VLAN, "204", VLAN),
    ]
)


def made(
    mapping: AttachmentMap = MAPPING, unmapped: UnmappedAttachments | None = None
) -> AccountingTranslator:
    told = unmapped or UnmappedAttachments()
    return AccountingTranslator(mapping, frozenset({"personeel"}), TEN_HOURS, SessionHasher(), told)


SESSIONS = made()


def message(
    status: AccountingStatus = AccountingStatus.START, **changes: object
) -> AccountingMessage:
    fields: dict[str, object] = {
        "sender": b"ap",
        "session": b"jan-0200",
        "addresses": (PHONE,),
        "access_points": ("70:3a:0e:11:22:33",),
        "vlan": "204",
        "classes": ("leerling",),
        "timestamp": None,
        "delay": 0,
        "interim": None,
        "user": "",
        "station": "",
        "has_readable_user": False,
    }
    return AccountingMessage(status=status, **{**fields, **changes})  # type: ignore[arg-type]


def only(one: AccountingMessage, counts: Counter[FeedOutcome] | None = None) -> BindingEvent:
    (event,) = SESSIONS.events(one, NOON, Counter() if counts is None else counts)
    return event


def heard(**changes: object) -> SessionUpdate:
    event = only(message(**changes))  # type: ignore[arg-type]
    assert isinstance(event, SessionUpdate)
    return event


def test_the_access_point_comes_before_the_vlan() -> None:
    assert heard().place == AP
    assert heard(access_points=("unknown",)).place == VLAN
    assert heard(access_points=(), vlan="").place is None


@pytest.mark.parametrize("own", [True, False])
def test_a_prefix_is_used_where_each_session_has_its_own(*, own: bool) -> None:
    prefix = bytes.fromhex("20010db800000009")
    translator = AccountingTranslator(
        MAPPING, frozenset(), TEN_HOURS, SessionHasher(), UnmappedAttachments(), own_prefixes=own
    )
    (event,) = translator.events(message(addresses=(PHONE, prefix)), NOON, Counter())
    assert isinstance(event, SessionUpdate)
    assert event.addresses == ((PHONE, prefix) if own else (PHONE,))


def test_a_place_or_an_address_that_is_missing_is_counted() -> None:
    counts: Counter[FeedOutcome] = Counter()
    only(message(access_points=(), vlan="", addresses=()), counts)
    assert counts[FeedOutcome.WITHOUT_ROOM] == counts[FeedOutcome.WITHOUT_ADDRESS] == 1


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        ([], {"access_point 70:3a:0e:11:22:99 (ap-b205)", "vlan 300"}),
        ([("access_point", "x")], {"access_point 70:3a:0e:11:22:99 (ap-b205)"}),
        ([("vlan", "204")], {"vlan 300"}),
        ([("vlan", "300")], set()),
    ],
)
def test_what_has_no_room_is_noted_as_the_school_maps(
    lines: list[tuple[str, str]], named: set[str]
) -> None:
    unmapped = unmapped_at_once()
    mapping = AttachmentMap(Attachment(AttachmentKind(kind), name, AP) for kind, name in lines)
    names = ("70:3a:0e:11:22:99", "70:3a:0e:11:22:99:eduroam", "ap-b205")
    told = message(access_points=names, vlan="300")
    list(made(mapping, unmapped).events(told, NOON, Counter()))
    assert set(unmapped.listed) == named


def test_the_network_in_an_access_points_name_is_not_noted_beside_it() -> None:
    unmapped = unmapped_at_once()
    told = message(access_points=("70:3a:0e:11:22:99", "70:3a:0e:11:22:99:eduroam"), vlan="")
    list(made(unmapped=unmapped).events(told, NOON, Counter()))
    assert unmapped.listed == ["access_point 70:3a:0e:11:22:99"]


def test_a_session_goes_on_for_hours_or_for_three_missed_updates() -> None:
    assert heard().until == NOON + TEN_HOURS
    assert heard(interim=900).until == NOON + 2700
    assert heard(interim=60).until == NOON + MIN_SESSION_DURATION


def test_a_session_whose_updates_cease_is_forgotten_soon() -> None:
    """Its Stop was lost, and no message says how often it is told of: the messages show it."""
    sessions = made()
    times = [NOON, NOON + 900, NOON + 1800]
    statuses = [AccountingStatus.START, AccountingStatus.INTERIM, AccountingStatus.INTERIM]
    lasts = [
        event.until - now
        for now, status in zip(times, statuses, strict=True)
        for event in sessions.events(message(status), now, Counter())
        if isinstance(event, SessionUpdate)
    ]
    assert lasts == [TEN_HOURS, TEN_HOURS, 2700]


def test_a_learned_rhythm_is_no_shorter_than_ten_minutes_and_ends_with_its_session() -> None:
    sessions = made()
    for now in (NOON, NOON + 60, NOON + 120):
        (event,) = sessions.events(message(AccountingStatus.INTERIM), now, Counter())
    assert isinstance(event, SessionUpdate)
    assert event.until == NOON + 120 + MIN_SESSION_DURATION
    list(sessions.events(message(AccountingStatus.STOP), NOON + 180, Counter()))
    (event,) = sessions.events(message(), NOON + 240, Counter())
    assert isinstance(event, SessionUpdate)
    assert event.until == NOON + 240 + TEN_HOURS


def test_a_message_that_was_held_up_tells_when_it_happened() -> None:
    assert heard(delay=20).timestamp == NOON - 20
    assert heard(delay=20, timestamp=NOON - 25).timestamp == NOON - 25


def test_a_clock_that_differs_is_counted_and_not_followed() -> None:
    counts: Counter[FeedOutcome] = Counter()
    event = only(message(timestamp=NOON - 200), counts)
    assert isinstance(event, SessionUpdate)
    assert event.timestamp == NOON
    assert counts[FeedOutcome.CLOCK_DIFFERS] == 1


@pytest.mark.parametrize("at", [NOON - int(MAX_MESSAGE_AGE) - 1, NOON + int(MAX_MESSAGE_AGE) + 1])
def test_an_old_message_is_not_taken(at: int) -> None:
    counts: Counter[FeedOutcome] = Counter()
    assert list(SESSIONS.events(message(timestamp=at), NOON, counts)) == []
    assert counts[FeedOutcome.TAKEN] == 0


def test_a_stop_ends_the_session_that_a_start_began() -> None:
    ended = only(message(AccountingStatus.STOP))
    assert isinstance(ended, SessionEnd)
    assert ended.session == heard().session


@pytest.mark.parametrize(
    "status", [AccountingStatus.ACCOUNTING_ON, AccountingStatus.ACCOUNTING_OFF]
)
def test_a_restart_ends_the_sessions_of_its_sender(status: AccountingStatus) -> None:
    restarted = only(message(status))
    assert restarted == SenderRestart(BindingSource.RADIUS, heard().sender, NOON)


def test_the_same_session_number_of_another_access_point_is_another_session() -> None:
    assert heard().session != heard(sender=b"another").session


def test_a_sessions_name_cannot_be_read() -> None:
    assert b"jan" not in heard().session
