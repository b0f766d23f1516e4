"""The simulated school's past: its days through the core, and their figures into its store."""

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
    simulated: Simulation,
    days: Sequence[date],
    truth: GroundTruth,
    *,
    progress: Callable[[date], None] = lambda _: None,
    mechanism: Mechanism = draw_figures,
) -> None:
    """Feed days, and release all that follows from them, the last week too.

    Args:
        settings: of the school; its timetable is imported.
        simulated: the school.
        days: in their order.
        truth: is told what is true.
        progress: told of each span of a day that is done.
        mechanism: how counts become figures; anything but the default is for tests.

    Raises:
        Refused: when the store cannot be used.
    """
    opens = school_timestamp(days[0], OPENS)
    with replay.open_replay(
        settings, days[0], days[-1], started=opens, mechanism=mechanism
    ) as through:
        feed_days(simulated, days, through, truth, progress)
        through.tick(school_timestamp(monday(days[-1]) + timedelta(days=7), OPENS))
