"""The feeds that a school has configured."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain

from monitor.configuration import Configuration, RadiusSettings
from monitor.places.attachment_map import AttachmentMap
from monitor.places.feeds.dhcp.leases import LeaseTranslator
from monitor.places.feeds.feed import Feed, SessionHasher
from monitor.places.feeds.radius.sessions import AccountingTranslator
from monitor.places.feeds.unmapped import UnmappedAttachments
from monitor.runtime.factories import load_attachment_map
from schedules.secret import read_secret

HOUR = 3600.0


def make_feeds(
    settings: Configuration, opened: ExitStack, unmapped: UnmappedAttachments
) -> tuple[Feed, ...]:
    """Make the feeds, and have them closed with a context.

    Args:
        settings: the school's.
        opened: closes them.
        unmapped: takes what is attached to something without a room.

    Raises:
        Refused: when an address is not free, or a file of the configuration cannot be used.
    """
    mapping = load_attachment_map(settings)
    made: list[Feed] = []
    for feed in chain(_radius(settings, mapping, unmapped), _dhcp(settings, mapping, unmapped)):
        opened.callback(feed.close)
        made.append(feed)
    return tuple(made)


def _radius(
    settings: Configuration, mapping: AttachmentMap, unmapped: UnmappedAttachments
) -> Iterator[Feed]:
    radius = settings.radius
    sessions = _sessions(radius, mapping, unmapped)
    if radius.address is not None:
        from monitor.places.feeds.radius.listener import RadiusListenerFeed, RadiusSender

        senders = [
            RadiusSender(sender.prefix, read_secret(sender.secret).encode())
            for sender in settings.senders
        ]
        yield RadiusListenerFeed(radius.address, senders, sessions)
    if radius.detail is not None:
        from monitor.places.feeds.radius.detail import DetailFileFeed

        yield DetailFileFeed(radius.detail, sessions)


def _dhcp(
    settings: Configuration, mapping: AttachmentMap, unmapped: UnmappedAttachments
) -> Iterator[Feed]:
    dhcp = settings.dhcp
    leases = LeaseTranslator(mapping, SessionHasher(), unmapped)
    if dhcp.kea_leases is not None:
        from monitor.places.feeds.dhcp.kea_leases import KeaLeaseFileFeed

        yield KeaLeaseFileFeed(dhcp.kea_leases, leases)
    if dhcp.kea_socket is not None:
        from monitor.places.feeds.dhcp.kea_control import KeaControlFeed

        yield KeaControlFeed(dhcp.kea_socket, leases)
    if dhcp.dnsmasq_socket is not None:
        from monitor.places.feeds.dhcp.dnsmasq import DnsmasqScriptFeed

        yield DnsmasqScriptFeed(dhcp.dnsmasq_socket, leases)
    if dhcp.dnsmasq_leases is not None:
        from monitor.places.feeds.dhcp.dnsmasq import DnsmasqLeaseFileFeed

        yield DnsmasqLeaseFileFeed(dhcp.dnsmasq_leases, leases)
    if dhcp.windows_logs is not None:
        from monitor.places.feeds.dhcp.windows import WindowsLogFeed

        yield WindowsLogFeed(dhcp.windows_logs, leases, settings.school.zone)


def _sessions(
    radius: RadiusSettings, mapping: AttachmentMap, unmapped: UnmappedAttachments
) -> AccountingTranslator:
    return AccountingTranslator(
        attachments=mapping,
        staff=frozenset(radius.staff_classes),
        forget_after=radius.forget_after_hours * HOUR,
        names=SessionHasher(),
        unmapped=unmapped,
    )
