"""RADIUS accounting as it arrives: from radclient, from a real FreeRADIUS, and hostile."""

import re
import select
import time
from collections.abc import Iterator
from ipaddress import IPv4Network, ip_address, ip_network
from pathlib import Path
from socket import AF_INET, SOCK_DGRAM, socket
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyrad.dictionary import Dictionary
from pyrad.packet import AcctPacket

from monitor.health import FeedOutcome
from monitor.identity import NamingKey, Unit
from monitor.place import PersonRole, Place
from monitor.places.attachment_map import Attachment, AttachmentKind, AttachmentMap
from monitor.places.binding_table import BindingTable
from monitor.places.bindings import BindingEvent, SessionUpdate
from monitor.places.feeds.feed import SessionHasher
from monitor.places.feeds.radius import listener as listening
from monitor.places.feeds.radius.detail import DetailFileFeed
from monitor.places.feeds.radius.listener import RadiusListenerFeed
from monitor.places.feeds.radius.message import RadiusAttribute, parse_accounting
from monitor.places.feeds.radius.sender import RadiusSender
from monitor.places.feeds.radius.session_namer import SessionNamer
from monitor.places.feeds.radius.sessions import MAX_MESSAGE_AGE, AccountingTranslator
from monitor.places.feeds.unmapped import UnmappedAttachments
from monitor.places.hardware_address import parse_mac
from schedules.problem import Refused
from tests.monitor.places.feeds.radius.accounting import CLIENT, NOON, PHONE, packet, timed
from tests.monitor.places.feeds.radius.free_radius import POLICY, SECRET, free_radius, send

ROOM = Place("B204")
START = (
    "Acct-Status-Type = Start",
    "Message-Authenticator = 0x00",
    "Acct-Session-Time = 7",
    'Acct-Session-Id = "jan.jansen02-00-00-AA-BB-CC-10.20.4.17"',
    'User-Name = "jan.jansen@school.example"',
    'Calling-Station-Id = "02-00-00-AA-BB-CC"',
    'Called-Station-Id = "70-3A-0E-11-22-33:eduroam"',
    "NAS-IP-Address = 10.0.0.2",
    "Framed-IP-Address = 10.20.4.17",
    "Framed-IPv6-Prefix = 2001:db8:20:4::/64",
    "Framed-IPv6-Address = 2001:db8:20:5::17",
    "Framed-IPv6-Address = 2001:db8:20:5::18",
    "Class = 0xfe01",
    'Class = "personeel"',
    'Acct-Multi-Session-Id = "70-3A-0E-11-22-33-02-00-00-AA-BB-CC"',
    'Chargeable-User-Identity = "jan.jansen"',
    'Cisco-AVPair = "dhcp-option=host-name=ipad-van-jan.jansen"',
    "Proxy-State = 0x6162",
)
STAFF_ROOM = Place("B204", role=PersonRole.STAFF)
ANSWER_BYTES = 24
"""A header and the Proxy-State, which whoever passed it on needs back (RFC 2865, 5.33)."""
CANARIES = (b"jan.jansen", b"02-00-00-AA-BB-CC", bytes.fromhex("020000aabbcc"))


def made() -> AccountingTranslator:
    mapping = AttachmentMap([Attachment(AttachmentKind.ACCESS_POINT, "70:3a:0e:11:22:*", ROOM)])
    return AccountingTranslator(
        mapping, frozenset({"personeel"}), 36_000.0, SessionHasher(), UnmappedAttachments()
    )


@pytest.fixture(name="sessions")
def shared_sessions() -> AccountingTranslator:
    return made()


@pytest.fixture
def listener(sessions: AccountingTranslator) -> Iterator[RadiusListenerFeed]:
    loopback = RadiusSender(IPv4Network("127.0.0.0/8"), SECRET.encode())
    one = RadiusListenerFeed(("127.0.0.1", 0), [loopback], sessions)
    yield one
    one.close()


def taken(listener: RadiusListenerFeed, content: bytes, now: float = NOON) -> list[BindingEvent]:
    return list(listener.receive_packet(content, CLIENT, now))


def waiting(listener: RadiusListenerFeed, seconds: float = 60.0) -> list[BindingEvent]:
    """Give what arrives, as soon as it does."""
    deadline = time.monotonic() + seconds
    found: list[BindingEvent] = []
    while not found and time.monotonic() < deadline:
        select.select([listener], [], [], 1.0)
        found = list(listener.events(time.time()))
    return found


def place(events: list[BindingEvent], address: bytes = PHONE) -> Place | None:
    register = BindingTable()
    for event in events:
        register.record(event)
    (heard,) = (event for event in events if isinstance(event, SessionUpdate))
    bound = register.snapshot().find(address, heard.timestamp)
    return bound.place if bound else None


def test_a_start_says_where_an_address_is(listener: RadiusListenerFeed) -> None:
    assert place(taken(listener, packet())) == ROOM
    assert listener.counts[FeedOutcome.TAKEN] == 1
    assert listener.heard_at == NOON


def test_a_packet_that_comes_again_is_not_taken_twice(listener: RadiusListenerFeed) -> None:
    content = packet()
    assert taken(listener, content)
    assert taken(listener, content) == []
    assert listener.counts[FeedOutcome.REPEATED] == 1


def test_a_packet_of_which_the_time_has_passed_is_not_taken(listener: RadiusListenerFeed) -> None:
    content = packet(timed(NOON))
    assert taken(listener, content)
    assert taken(listener, content, NOON + MAX_MESSAGE_AGE + 1) == []
    assert taken(listener, content, NOON + 36_000) == []


@pytest.mark.parametrize("status", [1, 2, 3, 7, 8])
def test_without_a_time_it_is_known_again_as_long_as_a_session_lasts(
    status: int, listener: RadiusListenerFeed
) -> None:
    content = packet({RadiusAttribute.ACCT_STATUS_TYPE: [status.to_bytes(4)]})
    assert taken(listener, content)
    assert taken(listener, content, NOON + 36_000 - 1) == []
    assert listener.counts[FeedOutcome.REPEATED] == 1


def test_what_was_signed_without_an_authenticator_is_dropped(listener: RadiusListenerFeed) -> None:
    assert taken(listener, packet(has_authenticator=False)) == []
    assert listener.counts == {FeedOutcome.WITHOUT_AUTHENTICATOR: 1}
    assert listener.heard_at == 0


def test_a_sender_may_be_allowed_to_leave_it_out() -> None:
    loopback = IPv4Network("127.0.0.0/8")
    senders = [RadiusSender(loopback, SECRET.encode(), needs_authenticator=False)]
    one = RadiusListenerFeed(("127.0.0.1", 0), senders, made())
    assert taken(one, packet(has_authenticator=False))
    assert taken(one, packet({80: [bytes(16)]}, has_authenticator=False)) == [], (
        "one that is wrong is wrong"
    )
    one.close()


def test_a_wrong_secret_is_not_trusted(listener: RadiusListenerFeed) -> None:
    assert taken(listener, packet(secret="another")) == []
    assert listener.counts[FeedOutcome.NOT_TRUSTED] == 1


def test_a_wrong_message_authenticator_is_not_trusted(listener: RadiusListenerFeed) -> None:
    assert taken(listener, packet({80: [bytes(16)]}, has_authenticator=False)) == []
    assert listener.counts[FeedOutcome.NOT_TRUSTED] == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x04",
        bytes(20),
        b"\x01" + packet(secret="another")[1:],
        packet(secret="another")[:-1],
        packet(secret="another")[:3] + b"\xff" + packet(secret="another")[4:],
        b"\x04\x00\x00\x16" + bytes(16) + b"\x01\x00",
    ],
    ids=range(7),
)
def test_nothing_is_read_of_what_nobody_signed(
    content: bytes, listener: RadiusListenerFeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A packet's attributes are for who knows the secret: whoever does not costs a hash."""
    monkeypatch.setattr(listening, "parse_packet", lambda *_: pytest.fail("it was parsed"))
    assert taken(listener, content) == []
    assert listener.counts == {FeedOutcome.NOT_TRUSTED: 1}


def test_padding_behind_a_packet_is_ignored(listener: RadiusListenerFeed) -> None:
    assert taken(listener, packet() + b"padding")


def test_an_unknown_sender_is_not_trusted(listener: RadiusListenerFeed) -> None:
    assert list(listener.receive_packet(packet(), ("192.0.2.1", 1), NOON)) == []
    assert listener.counts[FeedOutcome.NOT_TRUSTED] == 1


def test_of_senders_the_narrowest_counts() -> None:
    senders = [RadiusSender(ip_network(text), secret) for text, secret in NETWORKS.items()]
    one = RadiusListenerFeed(("127.0.0.1", 0), senders, made())
    assert taken(one, packet(secret="narrow"))
    assert taken(one, packet(secret="wide")) == []
    one.close()


NETWORKS = {"127.0.0.0/8": b"wide", "127.0.0.1/32": b"narrow"}


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({8: [b"\x0a"]}, FeedOutcome.MALFORMED),
        ({55: [b"1"]}, FeedOutcome.MALFORMED),
        ({97: [b"\x00\xff" + bytes(16)]}, FeedOutcome.MALFORMED),
        ({40: [(9).to_bytes(4)]}, FeedOutcome.IGNORED),
        ({40: []}, FeedOutcome.IGNORED),
    ],
)
def test_what_says_nothing_is_counted(
    listener: RadiusListenerFeed, changes: dict[int, list[bytes]], outcome: FeedOutcome
) -> None:
    assert taken(listener, packet(changes)) == []
    assert listener.counts[outcome] == 1


def test_a_secret_is_in_no_text() -> None:
    assert SECRET not in repr(RadiusSender(IPv4Network("10.0.0.0/8"), SECRET.encode()))


def test_an_address_that_is_taken_is_refused(listener: RadiusListenerFeed) -> None:
    with pytest.raises(Refused, match=r"key radius\.listen.*in use"):
        RadiusListenerFeed(("127.0.0.1", listener.port), [], made())


@given(st.binary(max_size=300))
def test_whatever_the_bytes_nothing_is_raised(content: bytes) -> None:
    loopback = RadiusSender(IPv4Network("127.0.0.0/8"), SECRET.encode())
    one = RadiusListenerFeed(("127.0.0.1", 0), [loopback], made())
    try:
        assert taken(one, content) == []
        assert taken(one, b"\x04\x01" + (20 + len(content)).to_bytes(2) + bytes(16) + content) == []
        assert sum(one.counts.values()) == 2
    finally:
        one.close()


@pytest.mark.needs("radclient")
def test_radclient_gets_an_answer_that_it_accepts(listener: RadiusListenerFeed) -> None:
    events: list[BindingEvent] = []
    thread = Thread(target=lambda: events.extend(waiting(listener)))
    thread.start()
    said = send(listener.port, *START)
    thread.join()
    assert (said.returncode, said.stderr) == (0, "")
    assert place(events) == STAFF_ROOM
    assert listener.counts[FeedOutcome.NAMES_SOMEONE] == 1


@pytest.mark.needs("freeradius", "radclient")
def test_free_radius_sends_copies_without_name_and_mac(
    tmp_path: Path, listener: RadiusListenerFeed, sessions: AccountingTranslator
) -> None:
    """The policy is the one that `deploy/` ships, and the detail file says the same of the same."""
    port = free_port()
    with socket(AF_INET, SOCK_DGRAM) as arrived:
        arrived.bind(("127.0.0.1", 0))
        arrived.settimeout(10)
        with free_radius(tmp_path, port=port, lesrust=arrived.getsockname()[1]) as detail:
            said = send(port, *START)
            assert said.returncode == 0, said.stdout
            assert f"length {ANSWER_BYTES}" in said.stdout
            content, sender = arrived.recvfrom(4096)
    assert not any(canary in content for canary in CANARIES)
    events = list(listener.receive_packet(content, sender, time.time()))
    assert place(events) == STAFF_ROOM
    for text in ("2001:db8:20:4:a:b:c:d", "2001:db8:20:5::17", "2001:db8:20:5::18"):
        assert place(events, ip_address(text).packed) == STAFF_ROOM
    assert listener.counts[FeedOutcome.NAMES_SOMEONE] == 0
    follows = DetailFileFeed(detail, sessions)
    again = list(follows.events(time.time()))
    assert place(again) == STAFF_ROOM
    assert {event.session for event in (*events, *again) if isinstance(event, SessionUpdate)} == {
        event.session for event in events if isinstance(event, SessionUpdate)
    }
    assert follows.counts[FeedOutcome.NAMES_SOMEONE] == 1
    follows.close()


@pytest.mark.needs("freeradius", "radclient")
def test_free_radius_tells_whose_a_session_is_where_it_is_asked_to(tmp_path: Path) -> None:
    """The lines of the policy that are shipped switched off, switched on."""
    policy, port = tmp_path / "policy", free_port()
    switched_off = r"# (&(?:Calling-Station-Id|Chargeable-User))"
    text, switched_on = re.subn(switched_off, r"\1", POLICY.read_text())
    assert switched_on == 2
    policy.write_text(text)
    messages = []
    with socket(AF_INET, SOCK_DGRAM) as arrived:
        arrived.bind(("127.0.0.1", 0))
        arrived.settimeout(10)
        lesrust = arrived.getsockname()[1]
        with free_radius(tmp_path, port=port, lesrust=lesrust, policy=policy):
            for session in ("first", "second"):
                status, authenticator, elapsed, _, *rest = START
                said = send(
                    port, status, authenticator, elapsed, f'Acct-Session-Id = "{session}"', *rest
                )
                assert said.returncode == 0, said.stdout
                content, _ = arrived.recvfrom(4096)
                assert b"jan.jansen" not in content
                read = AcctPacket(packet=content, secret=SECRET.encode(), dict=Dictionary())
                messages.append(
                    parse_accounting({key: read[key] for key in read if isinstance(key, int)})
                )
    first, second = (message for message in messages if message is not None)
    assert first.user == second.user != ""
    assert first.elapsed == 7
    assert parse_mac(first.station).hex() == "020000aabbcc"
    namer = SessionNamer(NamingKey(), Unit.PERSON)
    assert namer.name_session(first) == namer.name_session(second)
    assert all(namer.name_session(first))
    assert not first.has_readable_user


def test_staff_are_known_by_their_class(listener: RadiusListenerFeed) -> None:
    found = place(taken(listener, packet({25: [b"personeel"]})))
    assert found == STAFF_ROOM


def test_staff_are_known_by_any_class(listener: RadiusListenerFeed) -> None:
    """A server may send a Class of its own first, which is no text."""
    found = place(taken(listener, packet({25: [b"\xfe\x01\x00own", b"personeel"]})))
    assert found == STAFF_ROOM


@pytest.mark.parametrize(
    "called",
    [
        b"70-3A-0E-11-22-33",
        b"70:3a:0e:11:22:33:eduroam",
        b"703A0E112233:eduroam",
        b"703a-0e11-2233:eduroam",
        b"703a.0e11.2233:a:b",
    ],
)
def test_an_access_point_is_known_however_its_address_is_written(
    listener: RadiusListenerFeed, called: bytes
) -> None:
    assert place(taken(listener, packet({RadiusAttribute.CALLED_STATION_ID: [called]}))) == ROOM


def test_a_client_that_is_said_to_be_called_is_no_access_point(
    listener: RadiusListenerFeed,
) -> None:
    """Some confuse the two; what has no room is shown to an administrator."""
    (event,) = taken(
        listener,
        packet(
            {
                RadiusAttribute.CALLED_STATION_ID: [b"70-3A-0E-11-22-33:eduroam"],
                RadiusAttribute.CALLING_STATION_ID: [b"703a.0e11.2233"],
            }
        ),
    )
    assert isinstance(event, SessionUpdate)
    assert event.place is None


def free_port() -> int:
    with socket(AF_INET, SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
