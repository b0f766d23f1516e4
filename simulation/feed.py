"""Feeds the simulated school's days to a core, faster than real time."""

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
    """A core that receives sightings, and is told how far time has gone."""

    def receive_sighting(self, sighting: Sighting) -> None:
        """Receive one sighting."""

    def tick(self, timestamp: float) -> None:
        """Say that every sighting up to a timestamp was received."""


def feed_days(
    simulation: Simulation,
    days: Iterable[date],
    target: FeedTarget,
    truth: GroundTruth,
    progress: Callable[[date], None] = lambda _: None,
) -> None:
    """Feed days, each from before the first bell to after its last release.

    Args:
        simulation: the school.
        days: in their order.
        target: receives the sightings.
        truth: counts the uses.
        progress: called with the day after each of its spans.
    """
    for day in days:
        now = school_timestamp(day, OPENS)
        target.tick(now)
        for span, connections in simulation.simulate_day(day, truth):
            sampling = seeded_random(simulation.seed, "sampled", span.start)
            now = _feed_until(span.end, now, connections, target, sampling)
            progress(day)
        _feed_until(school_timestamp(day, CLOSES), now, (), target)


def _feed_until(
    until: float,
    now: float,
    connections: Iterable[SimulatedConnection],
    target: FeedTarget,
    sampling: Random | None = None,
) -> float:
    sightings = (
        sighting for connection in connections for sighting in make_sightings(connection, sampling)
    )
    pending = iter(sorted(sightings, key=_by_timestamp))
    sighting = next(pending, None)
    while now < until:
        now = min(now + BETWEEN_TICKS, until)
        while sighting is not None and sighting.timestamp < now:
            target.receive_sighting(sighting)
            sighting = next(pending, None)
        target.tick(now)
    return now
