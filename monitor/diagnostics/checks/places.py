"""Checks the settings that feeds and timetables need: the mapping, senders and secrets."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from monitor.configuration import Configuration
from monitor.diagnostics.finding import Finding, FindingKind, findings_about
from monitor.identity import Unit
from monitor.places.bindings import BindingSource
from monitor.release.promise import WithheldReason
from monitor.release.tables import EPSILON_A_DAY
from monitor.runtime.factories import (
    has_identity,
    knows_staff,
    make_installation_promise,
    measured_rooms,
)
from monitor.runtime.feed_factories import configured_feeds
from schedules.language import writing
from schedules.problem import Refused
from schedules.secret import load_secret

_WITHHELD = {
    FindingKind.TABLES_COUNT_ADDRESSES: WithheldReason.COUNTS_ADDRESSES,
    FindingKind.TABLES_TOO_NOISY: WithheldReason.TOO_NOISY,
    FindingKind.TABLES_ONLY_IN_TOTAL: WithheldReason.ONLY_IN_TOTAL,
}


def has_feed(settings: Configuration) -> bool:
    """Whether a feed says where addresses are, or whose."""
    return any(True for _ in configured_feeds(settings))


def check_identity(settings: Configuration) -> Iterator[Finding]:
    """Check that something tells the names of what counts once, and say what that promises."""
    if not has_identity(settings):
        yield Finding(FindingKind.NO_IDENTITY)
        return
    promise = make_installation_promise(settings)
    if promise.unit is Unit.ADDRESS:
        epsilon = writing.decimal(promise.epsilon, 2)
        yield Finding(FindingKind.PROMISE_BY_ADDRESS, (epsilon,), promise.addresses)
    elif settings.privacy.epsilon < EPSILON_A_DAY:
        yield Finding(FindingKind.EPSILON, (writing.decimal(promise.epsilon, 2),))
    for kind, reason in _WITHHELD.items():
        withheld = [name for name, why in promise.withheld.items() if why is reason]
        yield from findings_about(kind, withheld)


def check_place_sources(settings: Configuration) -> Iterator[Finding]:
    """Check names, that a feed has a mapping and senders, and that every secret can be read."""
    yield from check_identity(settings)
    yield from check_staff(settings)
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
    yield from _check_leases(settings)
    senders = settings.senders if needs_senders else ()
    yield from _check_secrets(FindingKind.SECRET, [sender.secret for sender in senders])
    yield from _check_secrets(
        FindingKind.TIMETABLE_SECRET,
        [source.secret for source in settings.timetables if source.secret is not None],
    )


def check_staff(settings: Configuration) -> Iterator[Finding]:
    """Check that something tells devices of staff, where pupils' are counted by their room."""
    try:
        if measured_rooms(settings) and not knows_staff(settings):
            yield Finding(FindingKind.STAFF_UNKNOWN)
    except Refused:  # the mapping has a finding of its own
        return


def _check_leases(settings: Configuration) -> Iterator[Finding]:
    """Check what a DHCP server writes; sockets may come later, and are not looked at."""
    dhcp = settings.dhcp
    written = (dhcp.kea_leases, dhcp.kea_leases6, dhcp.dnsmasq_leases, dhcp.windows_logs)
    unread = [str(path) for path in written if path and not os.access(path, os.R_OK)]
    yield from findings_about(FindingKind.NO_LEASES, unread)


def _check_secrets(kind: FindingKind, paths: Iterable[Path]) -> Iterator[Finding]:
    for path in paths:
        try:
            load_secret(path)
        except Refused:
            yield Finding(kind, (str(path),))
