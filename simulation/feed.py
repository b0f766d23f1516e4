"""Lets the simulated school's days go through a core, faster than they would."""

from collections.abc import Callable, Iterable
from datetime import date
from operator import attrgetter
from random import Random
from typing import Protocol

from monitor.sighting import Sighting
from simulation.bells import CLOSES, OPENS, at
from simulation.chance import chance
from simulation.contact import Contact, sightings
from simulation.school_days import Simulated
from simulation.truth import Truth

BETWEEN_TICKS = 60.0
"""Seconds."""
_by_moment = attrgetter("moment")


class Fed(Protocol):
    """What takes in sightings, and is told how far time has gone."""

    def receive_sighting(self, sighting: Sighting) -> None:
        """Take in one."""

    def tick(self, moment: float) -> None:
        """Go on."""


def feed(
    simulated: Simulated,
    days: Iterable[date],
    into: Fed,
    truth: Truth,
    progress: Callable[[date], None] = lambda _: None,
) -> None:
    """Feed days, each from before the first bell to after its last release.

    Args:
        simulated: the school.
        days: in their order.
        into: what sees it.
        truth: is told what is true.
        progress: told of each span of a day that is done.
    """
    for day in days:
        now = at(day, OPENS)
        into.tick(now)
        for span, contacts in simulated.live(day, truth):
            sampling = chance(simulated.seed, "sampled", span.start)
            now = _feed_until(span.end, now, contacts, into, sampling)
            progress(day)
        _feed_until(at(day, CLOSES), now, (), into)


def _feed_until(
    until: float,
    now: float,
    contacts: Iterable[Contact],
    into: Fed,
    sampling: Random | None = None,
) -> float:
    seen = sorted(
        (sighting for contact in contacts for sighting in sightings(contact, sampling)),
        key=_by_moment,
    )
    at_hand = iter(seen)
    sighting = next(at_hand, None)
    while now < until:
        now = min(now + BETWEEN_TICKS, until)
        while sighting is not None and sighting.timestamp < now:
            into.receive_sighting(sighting)
            sighting = next(at_hand, None)
        into.tick(now)
    return now
