"""From accounting messages to bindings: pure, and the same for packets and files."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from monitor.attachment import AttachmentKind, Attachments
from monitor.bindings import Ended, Event, Heard, Restarted, Source
from monitor.feeds.feed import Outcome, SessionNames
from monitor.feeds.radius.message import Accounting, Status
from monitor.place import PersonRole, Place

CLOCKS = 60.0
"""Seconds by which a message's own time may differ."""
OLDEST = 300.0
"""Seconds after which a message is not taken: it may have been sent before, by somebody else."""
INTERIMS = 3
"""Updates that are missed before a session is over: a Stop can be lost."""
SHORTEST = 600.0


@dataclass(frozen=True, slots=True)
class Sessions:
    """Makes bindings of messages, with the school's mapping.

    Args:
        attachments: which room an access point or a VLAN is in.
        staff: values of Class that staff have.
        forget_after: seconds for which a session of which nothing is heard goes on.
    """

    attachments: Attachments
    staff: frozenset[str]
    forget_after: float
    names: SessionNames

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
        sender = self.names.name(message.keeper)
        if message.status in {Status.ACCOUNTING_ON, Status.ACCOUNTING_OFF}:
            yield Restarted(Source.RADIUS, sender, happened)
            return
        session = self.names.name(message.keeper, message.session)
        if message.status is Status.STOP:
            yield Ended(Source.RADIUS, session, happened)
            return
        place = self._place(message)
        counts[Outcome.WITHOUT_ROOM] += place is None
        counts[Outcome.WITHOUT_ADDRESS] += not message.addresses
        until = arrived + self._lasts(message)
        yield Heard(Source.RADIUS, session, message.addresses, place, happened, until, sender)

    def _lasts(self, message: Accounting) -> float:
        if message.interim:
            return min(self.forget_after, max(SHORTEST, INTERIMS * message.interim))
        return self.forget_after

    def _place(self, message: Accounting) -> Place | None:
        """Find the place: of the access point, or else of the VLAN; staff by their Class."""
        place = self._attached(message)
        if place is not None and not self.staff.isdisjoint(message.groups):
            return replace(place, role=PersonRole.STAFF)
        return place

    def _attached(self, message: Accounting) -> Place | None:
        for name in message.access_points:
            if place := self.attachments.place(AttachmentKind.ACCESS_POINT, name):
                return place
        return self.attachments.place(AttachmentKind.VLAN, message.vlan)
