"""Lets the simulated school's days go through a core, faster than they would."""

from collections.abc import Callable, Iterable
from datetime import date
from operator import attrgetter
from random import Random
from typing import Protocol

from monitor.sighting import Sighting
from simulation.randomness import seeded_random
from simulation.school.bells import CLOSES, OPENS, school_timestamp
from simulation.simulation import Simulation
from simulation.traffic.connection import SimulatedConnection, make_sightings
from simulation.truth import GroundTruth

BETWEEN_TICKS = 60.0
"""Seconds."""
_by_timestamp = attrgetter("timestamp")


class FeedTarget(Protocol):
    """What takes in sightings, and is told how far time has gone."""

    def receive_sighting(self, sighting: Sighting) -> None:
        """Take in one."""

    def tick(self, moment: float) -> None:
        """Go on."""


def feed_days(
    simulated: Simulation,
    days: Iterable[date],
    into: FeedTarget,
    truth: GroundTruth,
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
        now = school_timestamp(day, OPENS)
        into.tick(now)
        for span, contacts in simulated.live(day, truth):
            sampling = seeded_random(simulated.seed, "sampled", span.start)
            now = _feed_until(span.end, now, contacts, into, sampling)
            progress(day)
        _feed_until(school_timestamp(day, CLOSES), now, (), into)


def _feed_until(
    until: float,
    now: float,
    contacts: Iterable[SimulatedConnection],
    into: FeedTarget,
    sampling: Random | None = None,
) -> float:
    seen = sorted(
        (sighting for contact in contacts for sighting in make_sightings(contact, sampling)),
        key=_by_timestamp,
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
