"""Translates accounting messages into events: pure, and the same for packets and files."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from monitor.health import FeedOutcome
from monitor.place import PersonRole, Place
from monitor.places.attachment_map import AttachmentKind, AttachmentMap
from monitor.places.bindings import (
    PREFIX_BYTES,
    Address,
    BindingEvent,
    BindingSource,
    SenderRestart,
    SessionEnd,
    SessionUpdate,
)
from monitor.places.feeds.feed import SessionHasher
from monitor.places.feeds.radius.interval_estimator import IntervalEstimator
from monitor.places.feeds.radius.message import AccountingMessage, AccountingStatus
from monitor.places.feeds.radius.session_namer import SessionNamer
from monitor.places.feeds.unmapped import UnmappedAttachments

CLOCK_TOLERANCE = 60.0
"""Seconds by which a message's own time may differ."""
MAX_MESSAGE_AGE = 300.0
"""Seconds; an older message is dropped: it may be the copy of one that somebody else sent."""
MISSED_UPDATES = 3
"""Updates that are missed before a session is over: a Stop can be lost."""
MIN_SESSION_DURATION = 600.0
"""Seconds for which a session lasts after an update, at least."""


class AccountingTranslator:
    """Translates messages into events, with the school's attachment map.

    Feeds that report the same sessions share one of these.

    Args:
        attachments: which room an access point or a VLAN is in.
        staff: values of Class that staff have.
        forget_after: seconds without an update after which a session is over.
        names: hashes the names of sessions.
        unmapped: records attachments without a room.
        namer: hashes whose sessions are.
        own_prefixes: whether the /64 that a session is told with is its own (RFC 8273). That of a
            network that many share is not used: who else is in it would decide where a device is.
    """

    def __init__(
        self,
        attachments: AttachmentMap,
        staff: frozenset[str],
        forget_after: float,
        names: SessionHasher,
        unmapped: UnmappedAttachments,
        *,
        namer: SessionNamer | None = None,
        own_prefixes: bool = True,
    ) -> None:
        self._namer = namer or SessionNamer()
        self._attachments = attachments
        self._staff = staff
        self.forget_after = forget_after
        self._names = names
        self._unmapped = unmapped
        self._own_prefixes = own_prefixes
        self._intervals = IntervalEstimator(forget_after)

    def events(
        self, message: AccountingMessage, arrived: float, counts: Counter[FeedOutcome]
    ) -> Iterator[BindingEvent]:
        """Yield the event of a message, and count what became of it.

        Args:
            message: as it was parsed.
            arrived: when, in seconds since 1970-01-01 UTC.
            counts: of the feed: gets the outcome, and what else an administrator should know.
        """
        counts[FeedOutcome.NAMES_SOMEONE] += self._namer.is_told_too_much(message)
        happened = arrived - message.delay
        if message.timestamp is not None:
            apart = abs(message.timestamp - happened)
            counts[FeedOutcome.CLOCK_DIFFERS] += apart > CLOCK_TOLERANCE
            if apart > MAX_MESSAGE_AGE:
                return
            happened = message.timestamp if apart <= CLOCK_TOLERANCE else happened
        counts[FeedOutcome.TAKEN] += 1
        sender = self._names.digest(message.sender)
        if message.status in {AccountingStatus.ACCOUNTING_ON, AccountingStatus.ACCOUNTING_OFF}:
            yield SenderRestart(BindingSource.RADIUS, sender, happened)
            return
        session = self._names.digest(message.sender, message.session)
        if message.status is AccountingStatus.STOP:
            self._intervals.forget(session)
            yield SessionEnd(BindingSource.RADIUS, session, happened)
            return
        place = self._find_place(message)
        if place is None:
            counts[FeedOutcome.WITHOUT_ROOM] += 1
            self._record_unmapped(message)
        counts[FeedOutcome.WITHOUT_ADDRESS] += not message.addresses
        until = arrived + self._lifetime(
            message.interim or self._intervals.record_update(session, happened)
        )
        yield SessionUpdate(
            BindingSource.RADIUS,
            session,
            tuple(filter(self._is_used, message.addresses)),
            place,
            happened,
            until,
            sender,
            self._namer.name_session(message),
        )

    def _is_used(self, address: Address) -> bool:
        return self._own_prefixes or len(address) != PREFIX_BYTES

    def _lifetime(self, interim: float | None) -> float:
        if interim:
            return min(self.forget_after, max(MIN_SESSION_DURATION, MISSED_UPDATES * interim))
        return self.forget_after

    def _find_place(self, message: AccountingMessage) -> Place | None:
        """Find the place of the access point, or else of the VLAN; staff by their Class."""
        place = self._find_attached(message)
        if place is not None and not self._staff.isdisjoint(message.classes):
            return replace(place, role=PersonRole.STAFF)
        return place

    def _record_unmapped(self, message: AccountingMessage) -> None:
        """Record what the mapping needs a line for, of the kinds that this school maps."""
        if message.access_points and self._attachments.maps_kind(AttachmentKind.ACCESS_POINT):
            first, last = message.access_points[0], message.access_points[-1]
            other_name = "" if last.startswith(first) else last
            self._unmapped.record(AttachmentKind.ACCESS_POINT, first, other_name)
        if message.vlan and self._attachments.maps_kind(AttachmentKind.VLAN):
            self._unmapped.record(AttachmentKind.VLAN, message.vlan)

    def _find_attached(self, message: AccountingMessage) -> Place | None:
        for name in message.access_points:
            if place := self._attachments.place_of(AttachmentKind.ACCESS_POINT, name):
                return place
        return self._attachments.place_of(AttachmentKind.VLAN, message.vlan)
