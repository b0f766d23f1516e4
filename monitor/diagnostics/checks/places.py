"""Checks the settings that feeds and timetables need: the mapping, senders and secrets."""

from collections.abc import Iterator

from monitor.configuration import Configuration
from monitor.diagnostics.finding import Finding, FindingKind
from monitor.runtime.feed_factories import configured_feeds
from schedules.problem import Refused
from schedules.secret import load_secret


def has_feed(settings: Configuration) -> bool:
    """Whether a feed says where addresses are."""
    return any(True for _ in configured_feeds(settings))


def check_place_sources(settings: Configuration) -> Iterator[Finding]:
    """Check that a feed has a mapping and senders, and that every secret can be read."""
    needs_senders = any(spec.needs_senders for spec, _ in configured_feeds(settings))
    if has_feed(settings) and settings.attachments.file is None:
        yield Finding(FindingKind.FEED_WITHOUT_MAPPING)
    if needs_senders and not settings.senders:
        yield Finding(FindingKind.NO_SENDER)
    secrets = [sender.secret for sender in settings.senders] if needs_senders else []
    secrets += [source.secret for source in settings.timetables if source.secret is not None]
    for path in secrets:
        try:
            load_secret(path)
        except Refused:
            yield Finding(FindingKind.SECRET, (str(path),))
