"""Opens the feeds of places that a school has configured."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from monitor.configuration import Configuration
from monitor.identity import NamingKey, Unit
from monitor.places.bindings import BindingSource
from monitor.places.feeds.dhcp.leases import LeaseTranslator
from monitor.places.feeds.feed import Feed, SessionHasher
from monitor.places.feeds.feed_spec import FeedContext, FeedSpec
from monitor.places.feeds.radius.sender import RadiusSender
from monitor.places.feeds.radius.session_namer import SessionNamer
from monitor.places.feeds.radius.sessions import AccountingTranslator
from monitor.places.feeds.registry import feed_specs
from monitor.places.feeds.unmapped import UnmappedAttachments
from monitor.runtime.factories import load_attachment_map
from schedules.secret import load_secret

HOUR = 3600.0


def configured_feeds(settings: Configuration) -> Iterator[tuple[FeedSpec, Any]]:
    """Yield the feeds that are switched on, each with the value of its setting."""
    for spec in feed_specs():
        value = getattr(getattr(settings, spec.section), spec.key)
        if value is not None:
            yield spec, value


def make_feeds(
    settings: Configuration,
    opened: ExitStack,
    unmapped: UnmappedAttachments,
    naming: NamingKey,
) -> tuple[Feed, ...]:
    """Open the configured feeds, and have them closed with a context.

    Args:
        settings: the school's.
        opened: closes them.
        unmapped: records attachments without a room.
        naming: the key of the names of persons and devices.

    Raises:
        Refused: when an address is not free, or a file of the configuration cannot be used.
    """
    context = _make_context(settings, unmapped, naming)
    made: list[Feed] = []
    for spec, value in configured_feeds(settings):
        feed = spec.open(value, context)
        opened.callback(feed.close)
        made.append(feed)
    return tuple(made)


def _make_context(
    settings: Configuration, unmapped: UnmappedAttachments, naming: NamingKey
) -> FeedContext:
    attachments, unit = load_attachment_map(settings), settings.identity.unit
    return FeedContext(
        zone=settings.school.zone,
        attachments=attachments,
        unmapped=unmapped,
        naming=naming,
        accounting=AccountingTranslator(
            attachments=attachments,
            staff=frozenset(settings.radius.staff_classes),
            forget_after=settings.radius.forget_after_hours * HOUR,
            names=SessionHasher(),
            unmapped=unmapped,
            namer=SessionNamer(naming, unit, takes_keyed=_is_radius_alone(settings)),
            own_prefixes=settings.radius.own_prefixes,
        ),
        leases=LeaseTranslator(
            attachments, SessionHasher(), unmapped, None if unit is Unit.ADDRESS else naming
        ),
        load_senders=lambda: [
            RadiusSender(
                sender.prefix, load_secret(sender.secret).encode(), sender.message_authenticator
            )
            for sender in settings.senders
        ],
    )


def _is_radius_alone(settings: Configuration) -> bool:
    """Say whether nothing but RADIUS tells MAC addresses."""
    sources = (spec.source for spec, _ in configured_feeds(settings))
    return settings.identity.frames == "routed" and set(sources) <= {BindingSource.RADIUS}
