"""What holds for what tells where an address is, whatever the bytes."""

from ipaddress import IPv4Network
from pathlib import Path

from monitor.place import Place
from monitor.places import attachment_map as attachment
from monitor.places.attachment_map import Attachment, AttachmentKind, Attachments
from monitor.places.binding_table import Register
from monitor.places.bindings import Event, Heard
from monitor.places.feeds.feed import SessionNames
from monitor.places.feeds.radius.detail import DetailFile
from monitor.places.feeds.radius.listener import Listener, Sender
from monitor.places.feeds.radius.sessions import Sessions
from monitor.places.feeds.unmapped import Unmapped
from tests.fuzz.files import File, are_readable

NOW = 1_795_388_254.0
SECRET = b"testing123"
CLIENT = ("127.0.0.1", 9)
_MAPPING = Attachments([Attachment(AttachmentKind.VLAN, "204", Place("B204"))])
_SESSIONS = Sessions(_MAPPING, frozenset({"personeel"}), 36_000.0, SessionNames(), Unmapped())
_ADDRESS_BYTES = {4, 8, 16}


def radius(data: bytes) -> None:
    """A packet is read, whoever sent it; nothing is believed without its authenticator."""
    loopback = Sender(IPv4Network("127.0.0.0/8"), SECRET)
    listener = Listener(("127.0.0.1", 0), [loopback], _SESSIONS)
    try:
        _are_sound(list(listener.take(data, CLIENT, NOW)))
        assert 1 <= sum(listener.counts.values()) <= 5
    finally:
        listener.close()


def radius_detail(data: bytes) -> None:
    with File(data) as path:
        follows = DetailFile(Path(path), _SESSIONS)
        try:
            _are_sound(list(follows.events(NOW)))
        finally:
            follows.close()


def attachments(data: bytes) -> None:
    mapping, problems = attachment.parse(data, name="attachments")
    assert all(room and room.isprintable() for room in mapping.rooms)
    are_readable(problems)


def _are_sound(events: list[Event]) -> None:
    register = Register()
    for event in events:
        register.take(event)
        if isinstance(event, Heard):
            assert {len(each) for each in event.addresses} <= _ADDRESS_BYTES
            for address in event.addresses:
                bound = register.snapshot().find(address.ljust(16, b"\1")[:16], event.moment)
                assert bound is None or bound.since <= event.moment < bound.until
