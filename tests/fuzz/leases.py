"""What holds for what DHCP servers write down, and for what is sent as if they did."""

import math
from collections.abc import Iterable
from contextlib import suppress
from ipaddress import IPv4Address
from zoneinfo import ZoneInfo

from monitor.place import Place
from monitor.places.attachment_map import Attachment, AttachmentKind, Attachments
from monitor.places.bindings import Ended, Event, Heard
from monitor.places.feeds.dhcp import dnsmasq, option82
from monitor.places.feeds.dhcp.kea_control import KeaSilent, given, lease_of
from monitor.places.feeds.dhcp.kea_leases import KeaLeases
from monitor.places.feeds.dhcp.leases import LONGEST, Lease, Leases
from monitor.places.feeds.dhcp.windows import Columns
from monitor.places.feeds.feed import SessionNames
from monitor.places.feeds.unmapped import Unmapped
from tests.fuzz.files import File

NOW = 1_795_388_500.0
ZONE = ZoneInfo("Europe/Amsterdam")
MAPPING = Attachments([Attachment(AttachmentKind.CIRCUIT, "*", Place("B204"))])


def relayed(data: bytes) -> None:
    said = option82.parse(data)
    assert all(value.isprintable() and len(value) <= 2 * option82.LONGEST for value in said)
    assert said == option82.from_hexadecimal(data[: option82.LONGEST].hex())


def kea_file(data: bytes) -> None:
    with File(data) as path:
        feed = KeaLeases(path, Leases(MAPPING, SessionNames(), Unmapped()))
        events = list(feed.events(NOW))
        feed.close()
    _are_sound(events)
    assert feed.counts.total() <= 1 + data.count(b"\n")


def kea_answer(data: bytes) -> None:
    with suppress(KeaSilent):
        for each in given(data):
            with suppress(ValueError):
                _is_sound(lease_of(each))


def dnsmasq_message(data: bytes) -> None:
    with suppress(ValueError):
        action, lease = dnsmasq.read_message(data, NOW)
        assert action in {"add", "old", "del"}
        _is_sound(lease)
    for line in data.split(b"\n"):
        with suppress(ValueError):
            _is_sound(dnsmasq.read_line(line, NOW))


def windows_log(data: bytes) -> None:
    header, *lines = data.decode("utf-8", "replace").split("\n")
    with suppress(ValueError):
        columns = Columns.of(header)
        for line in lines:
            with suppress(ValueError):
                entry = columns.entry(line, ZONE)
                if entry is not None:
                    _is_sound(entry[1])


def _is_sound(lease: Lease) -> None:
    assert not IPv4Address(lease.address).is_unspecified
    assert math.isfinite(lease.since)
    assert math.isfinite(lease.until)


def _are_sound(events: Iterable[Event]) -> None:
    for event in events:
        assert isinstance(event, Heard | Ended)
        if isinstance(event, Heard):
            assert event.place is not None
            assert event.moment <= NOW < event.until <= NOW + LONGEST
