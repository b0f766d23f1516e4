"""From accounting messages to bindings: pure, and the same for packets and files."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from monitor.place import PersonRole, Place
from monitor.places.attachment_map import AttachmentKind, Attachments
from monitor.places.bindings import Ended, Event, Heard, Restarted, Source
from monitor.places.feeds.feed import Outcome, SessionNames
from monitor.places.feeds.radius.message import Accounting, Status
from monitor.places.feeds.radius.rhythm import Rhythms
from monitor.places.feeds.unmapped import Unmapped

CLOCKS = 60.0
"""Seconds by which a message's own time may differ."""
OLDEST = 300.0
"""Seconds after which a message is not taken: it may have been sent before, by somebody else."""
INTERIMS = 3
"""Updates that are missed before a session is over: a Stop can be lost."""
SHORTEST = 600.0


class Sessions:
    """Makes bindings of messages, with the school's mapping.

    Where several feeds tell of the same sessions, they have one of these together.

    Args:
        attachments: which room an access point or a VLAN is in.
        staff: values of Class that staff have.
        forget_after: seconds for which a session of which nothing is heard goes on.
        names: hides what sessions are called.
        unmapped: takes what is in no line of the mapping.
    """

    def __init__(
        self,
        attachments: Attachments,
        staff: frozenset[str],
        forget_after: float,
        names: SessionNames,
        unmapped: Unmapped,
    ) -> None:
        self._attachments = attachments
        self._staff = staff
        self._forget_after = forget_after
        self._names = names
        self._unmapped = unmapped
        self._rhythms = Rhythms(forget_after)

    def events(
        self, message: Accounting, arrived: float, counts: Counter[Outcome]
    ) -> Iterator[Event]:
        """Give what a message says, and count what became of it.

        Args:
            message: as it was read.
            arrived: when, in seconds since 1970-01-01 UTC.
            counts: takes the outcome, and what an administrator should know beside it.
        """
        counts[Outcome.NAMES_SOMEONE] += message.names_someone
        happened = arrived - message.delay
        if message.at is not None:
            apart = abs(message.at - happened)
            counts[Outcome.CLOCK_DIFFERS] += apart > CLOCKS
            if apart > OLDEST:
                return
            happened = message.at if apart <= CLOCKS else happened
        counts[Outcome.TAKEN] += 1
        sender = self._names.name(message.keeper)
        if message.status in {Status.ACCOUNTING_ON, Status.ACCOUNTING_OFF}:
            yield Restarted(Source.RADIUS, sender, happened)
            return
        session = self._names.name(message.keeper, message.session)
        if message.status is Status.STOP:
            self._rhythms.ended(session)
            yield Ended(Source.RADIUS, session, happened)
            return
        place = self._place(message)
        if place is None:
            counts[Outcome.WITHOUT_ROOM] += 1
            self._note(message)
        counts[Outcome.WITHOUT_ADDRESS] += not message.addresses
        until = arrived + self._lasts(message.interim or self._rhythms.heard(session, happened))
        yield Heard(Source.RADIUS, session, message.addresses, place, happened, until, sender)

    def _lasts(self, interim: float | None) -> float:
        if interim:
            return min(self._forget_after, max(SHORTEST, INTERIMS * interim))
        return self._forget_after

    def _place(self, message: Accounting) -> Place | None:
        """Find the place: of the access point, or else of the VLAN; staff by their Class."""
        place = self._attached(message)
        if place is not None and not self._staff.isdisjoint(message.groups):
            return replace(place, role=PersonRole.STAFF)
        return place

    def _note(self, message: Accounting) -> None:
        """Note what would have to be in the mapping, in the way that this school maps."""
        if message.access_points and self._attachments.has(AttachmentKind.ACCESS_POINT):
            first, last = message.access_points[0], message.access_points[-1]
            also = "" if last.startswith(first) else last
            self._unmapped.note(AttachmentKind.ACCESS_POINT, first, also)
        if message.vlan and self._attachments.has(AttachmentKind.VLAN):
            self._unmapped.note(AttachmentKind.VLAN, message.vlan)

    def _attached(self, message: Accounting) -> Place | None:
        for name in message.access_points:
            if place := self._attachments.place(AttachmentKind.ACCESS_POINT, name):
                return place
        return self._attachments.place(AttachmentKind.VLAN, message.vlan)
