"""What holds for what tells where an address is, whatever the bytes."""

from ipaddress import IPv4Network
from pathlib import Path

from monitor.identity import NamingKey
from monitor.place import Place
from monitor.places import attachment_map as attachment
from monitor.places.attachment_map import Attachment, AttachmentKind, AttachmentMap
from monitor.places.binding_table import BindingTable
from monitor.places.bindings import BindingEvent, SessionUpdate
from monitor.places.feeds.feed import SessionHasher
from monitor.places.feeds.neighbours.neighbour_table import NeighbourFeed
from monitor.places.feeds.radius.detail import DetailFileFeed
from monitor.places.feeds.radius.listener import RadiusListenerFeed
from monitor.places.feeds.radius.sender import RadiusSender
from monitor.places.feeds.radius.sessions import AccountingTranslator
from monitor.places.feeds.unmapped import UnmappedAttachments
from tests.fuzz.files import File, are_readable

NOW = 1_795_388_254.0
SECRET = b"testing123"
CLIENT = ("127.0.0.1", 9)
_MAPPING = AttachmentMap([Attachment(AttachmentKind.VLAN, "204", Place("B204"))])
_SESSIONS = AccountingTranslator(
    _MAPPING, frozenset({"personeel"}), 36_000.0, SessionHasher(), UnmappedAttachments()
)
_ADDRESS_BYTES = {4, 8, 16}


def radius(data: bytes) -> None:
    """A packet is read, whoever sent it; nothing is believed without its authenticator."""
    loopback = RadiusSender(IPv4Network("127.0.0.0/8"), SECRET)
    listener = RadiusListenerFeed(("127.0.0.1", 0), [loopback], _SESSIONS)
    try:
        _are_sound(list(listener.receive_packet(data, CLIENT, NOW)))
        assert 1 <= sum(listener.counts.values()) <= 5
    finally:
        listener.close()


def radius_detail(data: bytes) -> None:
    with File(data) as path:
        follows = DetailFileFeed(Path(path), _SESSIONS)
        try:
            _are_sound(list(follows.events(NOW)))
        finally:
            follows.close()


def neighbours(data: bytes) -> None:
    """A message is read, whatever the kernel says; its entries are addresses and MAC addresses."""
    feed = NeighbourFeed("all", NamingKey())
    try:
        _are_sound(list(feed.receive_message(data, NOW)))
    finally:
        feed.close()


def attachments(data: bytes) -> None:
    mapping, problems = attachment.parse_attachment_map(data, name="attachments")
    assert all(room and room.isprintable() for room in mapping.rooms)
    are_readable(problems)


def _are_sound(events: list[BindingEvent]) -> None:
    register = BindingTable()
    for event in events:
        register.record(event)
        if isinstance(event, SessionUpdate):
            assert {len(address) for address in event.addresses} <= _ADDRESS_BYTES
            for address in event.addresses:
                bound = register.snapshot().find(address.ljust(16, b"\1")[:16], event.timestamp)
                assert bound is None or bound.since <= event.timestamp < bound.until
