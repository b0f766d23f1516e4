"""What was heard before is not used again, whoever sends it and however late."""

from collections.abc import Iterator
from ipaddress import IPv4Network

import pytest

from monitor.health import FeedOutcome
from monitor.places.attachment_map import AttachmentMap
from monitor.places.feeds.feed import SessionHasher
from monitor.places.feeds.radius import replay_guard
from monitor.places.feeds.radius.listener import RadiusListenerFeed
from monitor.places.feeds.radius.message import RadiusAttribute
from monitor.places.feeds.radius.replay_guard import ReplayGuard
from monitor.places.feeds.radius.sender import RadiusSender
from monitor.places.feeds.radius.sessions import AccountingTranslator
from monitor.places.feeds.unmapped import UnmappedAttachments
from tests.monitor.places.feeds.radius.accounting import (
    CLIENT,
    INTERIM,
    NOON,
    PHONE,
    START,
    STOP,
    lasted,
    packet,
    timed,
)
from tests.monitor.places.feeds.radius.free_radius import SECRET

FORGET_AFTER = 36_000.0
HOUR = 3_600.0


@pytest.fixture
def listener() -> Iterator[RadiusListenerFeed]:
    sessions = AccountingTranslator(
        AttachmentMap(()), frozenset(), FORGET_AFTER, SessionHasher(), UnmappedAttachments()
    )
    sender = RadiusSender(IPv4Network("127.0.0.0/8"), SECRET.encode())
    one = RadiusListenerFeed(("127.0.0.1", 0), [sender], sessions)
    yield one
    one.close()


def is_taken(listener: RadiusListenerFeed, content: bytes, now: float = NOON) -> bool:
    return bool(list(listener.receive_packet(content, CLIENT, now)))


@pytest.fixture
def memory_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have nothing known of packets but the last, so that only sessions can tell."""
    monkeypatch.setattr(replay_guard, "MAX_REMEMBERED", 1)


@pytest.mark.usefixtures("memory_of_one")
@pytest.mark.parametrize("repeated", [lasted(0, START), lasted(600), lasted(1_199)])
def test_a_session_does_not_go_back(
    repeated: dict[int, list[bytes]], listener: RadiusListenerFeed
) -> None:
    old = packet(repeated, number=1)
    assert is_taken(listener, old)
    assert is_taken(listener, packet(lasted(1_200), number=2), NOON + 20 * 60)
    assert not is_taken(listener, old, NOON + HOUR)
    assert listener.counts[FeedOutcome.REPEATED] == 1


@pytest.mark.usefixtures("memory_of_one")
@pytest.mark.parametrize("status", [START, INTERIM, STOP])
def test_a_session_that_is_over_does_not_come_back(
    status: list[bytes], listener: RadiusListenerFeed
) -> None:
    old = packet(lasted(0, status), number=1)
    assert is_taken(listener, old)
    if status is not STOP:
        assert is_taken(listener, packet(lasted(900, STOP), number=2), NOON + 900)
    assert is_taken(listener, packet({RadiusAttribute.ACCT_SESSION_ID: [b"2"]}, number=3))
    assert not is_taken(listener, old, NOON + HOUR)


@pytest.mark.usefixtures("memory_of_one")
def test_a_session_that_goes_on_is_taken(listener: RadiusListenerFeed) -> None:
    for number, minutes in enumerate((0, 10, 20, 20, 30)):
        content = packet(lasted(60 * minutes), number=number)
        assert is_taken(listener, content, NOON + 60 * minutes)


@pytest.mark.usefixtures("memory_of_one")
def test_a_session_whose_sender_never_says_how_long_it_lasted_is_taken(
    listener: RadiusListenerFeed,
) -> None:
    status: dict[int, list[bytes]] = {RadiusAttribute.ACCT_STATUS_TYPE: INTERIM}
    assert all(is_taken(listener, packet(status, number=number)) for number in range(3))


@pytest.mark.usefixtures("memory_of_one")
def test_a_name_that_is_used_again_is_a_new_session_where_its_time_says_so(
    listener: RadiusListenerFeed,
) -> None:
    assert is_taken(listener, packet({**lasted(900, STOP), **timed(NOON)}, number=1))
    later = NOON + HOUR
    assert is_taken(listener, packet(timed(later), number=2), later)


def test_a_session_that_was_forgotten_can_begin_anew(listener: RadiusListenerFeed) -> None:
    """A school whose access points count their sessions from nothing each day."""
    content = packet()
    assert is_taken(listener, content)
    assert is_taken(listener, content, NOON + FORGET_AFTER)


@pytest.mark.usefixtures("memory_of_one")
def test_sessions_of_two_access_points_are_two(listener: RadiusListenerFeed) -> None:
    name = RadiusAttribute.NAS_IDENTIFIER
    assert is_taken(listener, packet({**lasted(900, STOP), name: [b"one"]}, number=1))
    assert is_taken(listener, packet({**lasted(0, START), name: [b"two"]}, number=2))


def test_what_is_remembered_is_bounded_and_cannot_be_read(
    listener: RadiusListenerFeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replay_guard, "MAX_REMEMBERED", 3)
    monkeypatch.setattr(replay_guard, "MAX_SESSIONS", 3)
    for number in range(9):
        session: dict[int, list[bytes]] = {
            RadiusAttribute.ACCT_SESSION_ID: [b"jan.jansen-%d" % number]
        }
        assert is_taken(listener, packet(session, number=number))
    guard = listener._guard
    assert not guard._timed
    assert (len(guard._untimed), len(guard._sessions)) == (3, 3)
    keys = b"".join([*guard._untimed, *guard._sessions])
    assert PHONE not in keys
    assert b"jansen" not in keys + repr(guard._sessions).encode()


def test_two_processes_remember_the_same_under_other_names() -> None:
    one, two = ReplayGuard(FORGET_AFTER), ReplayGuard(FORGET_AFTER)
    for guard in (one, two):
        guard.accept(b"header", None, NOON)
        assert guard.is_repeated(b"header", NOON + 1)
    assert one._timed.keys().isdisjoint(two._timed.keys())
