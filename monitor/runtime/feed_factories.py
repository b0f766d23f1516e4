"""The feeds that a school has configured."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain

from monitor.configuration import Configuration, RadiusSettings
from monitor.places.attachment_map import Attachments
from monitor.places.feeds.dhcp.leases import Leases
from monitor.places.feeds.feed import Feed, SessionNames
from monitor.places.feeds.radius.sessions import Sessions
from monitor.places.feeds.unmapped import Unmapped
from monitor.runtime.factories import load_attachment_map
from schedules.secret import read_secret

HOUR = 3600.0


def make_feeds(settings: Configuration, opened: ExitStack, unmapped: Unmapped) -> tuple[Feed, ...]:
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


def _radius(settings: Configuration, mapping: Attachments, unmapped: Unmapped) -> Iterator[Feed]:
    radius = settings.radius
    sessions = _sessions(radius, mapping, unmapped)
    if radius.address is not None:
        from monitor.places.feeds.radius.listener import Listener, Sender

        senders = [
            Sender(each.prefix, read_secret(each.secret).encode()) for each in settings.senders
        ]
        yield Listener(radius.address, senders, sessions)
    if radius.detail is not None:
        from monitor.places.feeds.radius.detail import DetailFile

        yield DetailFile(radius.detail, sessions)


def _dhcp(settings: Configuration, mapping: Attachments, unmapped: Unmapped) -> Iterator[Feed]:
    dhcp = settings.dhcp
    leases = Leases(mapping, SessionNames(), unmapped)
    if dhcp.kea_leases is not None:
        from monitor.places.feeds.dhcp.kea_leases import KeaLeases

        yield KeaLeases(dhcp.kea_leases, leases)
    if dhcp.kea_socket is not None:
        from monitor.places.feeds.dhcp.kea_control import KeaControl

        yield KeaControl(dhcp.kea_socket, leases)
    if dhcp.dnsmasq_socket is not None:
        from monitor.places.feeds.dhcp.dnsmasq import DnsmasqScript

        yield DnsmasqScript(dhcp.dnsmasq_socket, leases)
    if dhcp.dnsmasq_leases is not None:
        from monitor.places.feeds.dhcp.dnsmasq import DnsmasqLeases

        yield DnsmasqLeases(dhcp.dnsmasq_leases, leases)
    if dhcp.windows_logs is not None:
        from monitor.places.feeds.dhcp.windows import WindowsLogs

        yield WindowsLogs(dhcp.windows_logs, leases, settings.school.zone)


def _sessions(radius: RadiusSettings, mapping: Attachments, unmapped: Unmapped) -> Sessions:
    return Sessions(
        attachments=mapping,
        staff=frozenset(radius.staff_classes),
        forget_after=radius.forget_after_hours * HOUR,
        names=SessionNames(),
        unmapped=unmapped,
    )
