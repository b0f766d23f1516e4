"""The simulated school's past: its days through the core, and their figures into its store."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from monitor.configuration import Configuration
from monitor.release.noise import Mechanism, draw_figures
from monitor.runtime import replay
from schedules.calendar import monday
from simulation.bells import OPENS, at
from simulation.feed import feed
from simulation.school_days import Simulated
from simulation.truth import Truth


def release(
    settings: Configuration,
    simulated: Simulated,
    days: Sequence[date],
    truth: Truth,
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
    opens = at(days[0], OPENS)
    with replay.open_replay(
        settings, days[0], days[-1], started=opens, mechanism=mechanism
    ) as through:
        feed(simulated, days, through, truth, progress)
        through.tick(at(monday(days[-1]) + timedelta(days=7), OPENS))
