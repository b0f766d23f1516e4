"""Checks the settings that feeds and timetables need: the mapping, senders and secrets."""

from collections.abc import Iterator

from monitor.configuration import Configuration
from monitor.diagnostics.finding import Finding, FindingKind
from monitor.identity import Unit
from monitor.places.bindings import BindingSource
from monitor.runtime.factories import has_identity
from monitor.runtime.feed_factories import configured_feeds
from schedules.problem import Refused
from schedules.secret import load_secret


def has_feed(settings: Configuration) -> bool:
    """Whether a feed says where addresses are, or whose."""
    return any(True for _ in configured_feeds(settings))


def check_identity(settings: Configuration) -> Iterator[Finding]:
    """Check that something tells the names of what counts once."""
    if not has_identity(settings):
        yield Finding(FindingKind.NO_IDENTITY)


def check_place_sources(settings: Configuration) -> Iterator[Finding]:
    """Check names, that a feed has a mapping and senders, and that every secret can be read."""
    yield from check_identity(settings)
    needs_senders = any(spec.needs_senders for spec, _ in configured_feeds(settings))
    sources = {spec.source for spec, _ in configured_feeds(settings)}
    # Where prefixes say in which room an address is, feeds may be there to say whose it is.
    names_only = settings.places and settings.identity.unit is not Unit.ADDRESS
    if (
        not sources <= {BindingSource.NEIGHBOUR}
        and settings.attachments.file is None
        and not names_only
    ):
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
