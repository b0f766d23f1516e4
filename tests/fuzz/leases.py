"""What holds for what DHCP servers write down, and for what is sent as if they did."""

import math
from collections.abc import Iterable
from contextlib import suppress
from ipaddress import ip_address
from zoneinfo import ZoneInfo

from monitor.identity import NamingKey
from monitor.place import Place
from monitor.places.attachment_map import Attachment, AttachmentKind, AttachmentMap
from monitor.places.bindings import BindingEvent, SessionEnd, SessionUpdate
from monitor.places.feeds.dhcp import dnsmasq, dnsmasq_leases, option82
from monitor.places.feeds.dhcp.kea6 import Kea6LeaseFileFeed
from monitor.places.feeds.dhcp.kea6_control import Kea6ControlFeed
from monitor.places.feeds.dhcp.kea_control import (
    KeaControlFeed,
    KeaUnavailable,
    parse_answer,
    parse_lease,
)
from monitor.places.feeds.dhcp.kea_leases import KeaLeaseFileFeed
from monitor.places.feeds.dhcp.leases import MAX_LEASE_DURATION, Lease, LeaseTranslator
from monitor.places.feeds.dhcp.windows import WindowsLogColumns
from monitor.places.feeds.feed import SessionHasher
from monitor.places.feeds.unmapped import UnmappedAttachments
from tests.fuzz.files import File

NOW = 1_795_388_500.0
NAMING = NamingKey()
ZONE = ZoneInfo("Europe/Amsterdam")
MAPPING = AttachmentMap([Attachment(AttachmentKind.CIRCUIT, "*", Place("B204"))])


def relayed(data: bytes) -> None:
    said = option82.parse_option82(data)
    assert all(value.isprintable() and len(value) <= 2 * option82.MAX_SIZE for value in said)
    assert said == option82.parse_hexadecimal(data[: option82.MAX_SIZE].hex())


def kea_file(data: bytes) -> None:
    for kind in (KeaLeaseFileFeed, Kea6LeaseFileFeed):
        with File(data) as path:
            known = LeaseTranslator(MAPPING, SessionHasher(), UnmappedAttachments(), NAMING)
            feed = kind(path, known)
            events = list(feed.events(NOW))
            feed.close()
        _are_sound(events)
        assert feed.counts.total() <= 1 + data.count(b"\n")


def kea_answer(data: bytes) -> None:
    with suppress(KeaUnavailable):
        for entry in parse_answer(data):
            with suppress(ValueError):
                lease = parse_lease(entry)
                if lease is not None:
                    _is_sound(lease)
    assert Kea6ControlFeed.command != KeaControlFeed.command


def dnsmasq_message(data: bytes) -> None:
    with suppress(ValueError):
        action, lease = dnsmasq.parse_message(data, NOW)
        assert action in {"add", "old", "del"}
        _is_sound(lease)
    for line in data.split(b"\n"):
        with suppress(ValueError):
            _is_sound(dnsmasq_leases.parse_lease_line(line, NOW))


def windows_log(data: bytes) -> None:
    header, *lines = data.decode("utf-8", "replace").split("\n")
    with suppress(ValueError):
        columns = WindowsLogColumns.parse_header(header)
        for line in lines:
            with suppress(ValueError):
                entry = columns.parse_line(line, ZONE)
                if entry is not None:
                    _is_sound(entry[1])


def _is_sound(lease: Lease) -> None:
    assert not ip_address(lease.address).is_unspecified
    assert len(lease.hardware) in {0, 6}
    assert math.isfinite(lease.since)
    assert math.isfinite(lease.until)


def _are_sound(events: Iterable[BindingEvent]) -> None:
    for event in events:
        assert isinstance(event, SessionUpdate | SessionEnd)
        if isinstance(event, SessionUpdate):
            assert event.place is not None or event.names.hardware
            assert event.timestamp <= NOW < event.until <= NOW + MAX_LEASE_DURATION
