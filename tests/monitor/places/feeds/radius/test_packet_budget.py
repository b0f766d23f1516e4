"""A flood is dropped and counted, and takes nothing from other senders."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.health import FeedOutcome
from monitor.places.attachment_map import AttachmentMap
from monitor.places.bindings import BindingEvent
from monitor.places.feeds.feed import SessionHasher
from monitor.places.feeds.radius import listener as listening
from monitor.places.feeds.radius.listener import RadiusListenerFeed
from monitor.places.feeds.radius.message import RadiusAttribute
from monitor.places.feeds.radius.packet_budget import TokenBucket
from monitor.places.feeds.radius.sender import RadiusSender
from monitor.places.feeds.radius.sessions import AccountingTranslator
from monitor.places.feeds.unmapped import UnmappedAttachments
from tests.monitor.places.feeds.radius.accounting import NOON, packet
from tests.monitor.places.feeds.radius.free_radius import SECRET

BUSY, OTHER, STRANGER = (("127.0.0.1", 1), ("127.0.0.2", 1), ("192.0.2.1", 1))


@contextmanager
def listening_for(*hosts: str) -> Iterator[RadiusListenerFeed]:
    sessions = AccountingTranslator(
        AttachmentMap(()), frozenset(), 36_000.0, SessionHasher(), UnmappedAttachments()
    )
    senders = [RadiusSender(IPv4Network(f"{host}/32"), SECRET.encode()) for host in hosts]
    one = RadiusListenerFeed(("127.0.0.1", 0), senders, sessions)
    try:
        yield one
    finally:
        one.close()


def session(number: int) -> bytes:
    """Give a Start of a session of its own."""
    return packet({RadiusAttribute.ACCT_SESSION_ID: [b"%d" % number]}, number=number % 256)


def receive(
    listener: RadiusListenerFeed, content: bytes, sender: tuple[str, int], now: float = NOON
) -> list[BindingEvent]:
    return list(listener.receive_packet(content, sender, now))


@given(st.lists(st.floats(0, 10), max_size=200))
def test_no_more_is_taken_than_the_rate_and_one_burst(gaps: list[float]) -> None:
    bucket, now, taken = TokenBucket(2.0, 5.0), NOON, 0
    for gap in gaps:
        now += gap
        taken += bucket.take(now)
    assert taken <= 5 + 2 * (now - NOON) + 1e-3


def test_a_clock_that_is_set_back_gives_nothing_and_costs_nothing() -> None:
    bucket = TokenBucket(1.0, 1.0)
    assert [bucket.take(now) for now in (NOON, NOON - 60, NOON - 59)] == [True, False, True]


def test_a_sender_that_floods_is_dropped_and_another_is_heard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listening, "MAX_SENDER_BURST", 10.0)
    with listening_for(BUSY[0], OTHER[0]) as one:
        taken = sum(len(receive(one, session(number), BUSY)) for number in range(40))
        assert taken == 10
        assert one.counts[FeedOutcome.OVER_BUDGET] == 30
        assert receive(one, session(41), OTHER)
        assert receive(one, session(42), BUSY, NOON + 1), "a second later there is room again"


@pytest.mark.parametrize("sender", [BUSY, STRANGER])
def test_whoever_signs_nothing_uses_up_nobodys_share(
    sender: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "MAX_SENDER_BURST", 2.0)
    with listening_for(BUSY[0]) as one:
        for number in range(20):
            assert receive(one, packet(secret="another", number=number), sender) == []
        assert one.counts == {FeedOutcome.NOT_TRUSTED: 20}
        assert receive(one, session(1), BUSY)


def test_of_a_flood_so_much_is_read_and_the_kernel_drops_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The packets are real, the socket's room is small, and what was dropped is counted later."""
    monkeypatch.setattr(listening, "MAX_READ_BURST", 50.0)
    monkeypatch.setattr(listening, "BUFFER", 32_768)
    sent, content = 2_000, packet(secret="another")
    with (
        listening_for(BUSY[0]) as one,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as flooder,
    ):
        for _ in range(sent):
            flooder.sendto(content, ("127.0.0.1", one.port))
        assert list(one.events(NOON)) == []
        assert sum(one.counts.values()) == 50, "the rest waits"
        assert list(one.events(NOON)) == []
        assert sum(one.counts.values()) == 50
        read = 50
        for second in range(1, 60):
            list(one.events(NOON + second))
            read = one.counts[FeedOutcome.NOT_TRUSTED]
        flooder.sendto(content, ("127.0.0.1", one.port))
        list(one.events(NOON + 60))
        assert one.counts[FeedOutcome.NOT_TRUSTED] == read + 1
        assert one.counts[FeedOutcome.OVER_BUDGET] == sent - read > 0


def test_only_so_many_addresses_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "MAX_HOSTS", 4)
    with listening_for(BUSY[0]) as one:
        for number in range(20):
            assert receive(one, b"", (f"192.0.2.{number}", 1)) == []
        assert len(one._hosts) <= 4
        assert receive(one, session(1), BUSY)
