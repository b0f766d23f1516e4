"""Releases the figures of the simulated school's past into its store."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from monitor.configuration import Configuration
from monitor.release.noise import Mechanism, draw_figures
from monitor.runtime import replay
from schedules.calendar import monday
from simulation.feed import feed_days
from simulation.school.bells import OPENS, school_timestamp
from simulation.simulation import Simulation
from simulation.truth import GroundTruth


def release_days(
    settings: Configuration,
    simulation: Simulation,
    days: Sequence[date],
    truth: GroundTruth,
    *,
    progress: Callable[[date], None] = lambda _: None,
    mechanism: Mechanism = draw_figures,
) -> None:
    """Feed days to a core, and release every figure of them, those of the last week too.

    Args:
        settings: the school's; its timetable is imported.
        simulation: the school.
        days: in their order.
        truth: counts the uses.
        progress: called with the day after each of its spans.
        mechanism: how counts become figures; anything but the default is for tests.

    Raises:
        Refused: when the store cannot be used.
    """
    opens = school_timestamp(days[0], OPENS)
    with replay.open_replay(
        settings, days[0], days[-1], started=opens, mechanism=mechanism
    ) as core:
        feed_days(simulation, days, core, truth, progress)
        core.tick(school_timestamp(monday(days[-1]) + timedelta(days=7), OPENS))
