"""Checks the settings that feeds and timetables need: the mapping, senders and secrets."""

from collections.abc import Iterator

from monitor.configuration import Configuration
from monitor.diagnostics.finding import Finding, FindingKind
from schedules.problem import Refused
from schedules.secret import read_secret


def has_feed(settings: Configuration) -> bool:
    """Whether RADIUS or DHCP says where addresses are."""
    radius, dhcp = settings.radius, settings.dhcp
    return any((radius.listen, radius.detail, *(value for _, value in dhcp)))


def check_place_sources(settings: Configuration) -> Iterator[Finding]:
    """Check that a feed has a mapping and senders, and that every secret can be read."""
    radius = settings.radius
    if has_feed(settings) and settings.attachments.file is None:
        yield Finding(FindingKind.FEED_WITHOUT_MAPPING)
    if radius.listen and not settings.senders:
        yield Finding(FindingKind.NO_SENDER)
    secrets = [sender.secret for sender in settings.senders] if radius.listen else []
    secrets += [source.secret for source in settings.timetables if source.secret is not None]
    for path in secrets:
        try:
            read_secret(path)
        except Refused:
            yield Finding(FindingKind.SECRET, (str(path),))
