"""What somebody learns of one pupil's habits from the figures of many weeks.

The promise is for one device on one day. Who does the same every day is in many draws, and each
tells a little. Here is the strongest attacker: he knows what all others did, and asks whether one
pupil with given habits is in the figures. By how much he does better than a guess follows from the
noise alone: a draw of scale b tells a change of d about (d / b)^2 (Fisher's information of the
Laplace distribution), the draws are independent, and of many the sum is close to normal. So his
advantage, true finds less false ones, is 2 * Phi(sqrt(sum) / 2) - 1.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import erf, sqrt, tanh

from monitor.release.tables import (
    DRAWN,
    HOURS_A_DAY,
    SCHOOL_DAYS,
    Counted,
    Dimension,
    ReleaseInterval,
    TableName,
    TableSpec,
)

TERM, YEAR = 8, 40
"""Weeks."""
WEEKS_A_MONTH = 4


@dataclass(frozen=True, slots=True)
class Habits:
    """What one device does on every school day."""

    hours: int
    """Lesson hours in which it is active."""
    platforms: int


HEAVIEST = Habits(hours=HOURS_A_DAY, platforms=9)
"""More than the caps let through."""
MODERATE = Habits(hours=2, platforms=1)


def advantage_of_a_day(epsilon: float) -> float:
    """Return the most that anybody gains from one day: the bound that epsilon gives."""
    return tanh(epsilon / 2)


def advantage(tables: Iterable[TableSpec], habits: Habits, weeks: float) -> float:
    """Return what an attacker gains who has kept every figure of some weeks.

    Args:
        tables: those that are drawn.
        habits: of the pupil.
        weeks: for how long the habits were the same.
    """
    return _advantage(weeks * sum(information_of_a_week(table, habits) for table in tables))


def advantage_of_kept(tables: Sequence[TableSpec], habits: Habits, weeks: float) -> float:
    """Return what an attacker gains who comes later, when only weekly figures are kept.

    Args:
        tables: those that are drawn.
        habits: of the pupil.
        weeks: how many weeks are kept.
    """
    drawn = sum(information_of_a_week(table, habits) for table in tables if table.is_weekly)
    return _advantage(weeks * (drawn + sum(_total(table, habits) for table in tables)))


def advantage_of_months(tables: Sequence[TableSpec], habits: Habits, weeks: float) -> float:
    """Return what an attacker gains from weekly tables drawn once a month, with four times noise.

    A month is four weeks: of the same habits its cells hold four times as much. With the same
    noise that would tell more than the weeks do; with four times the noise a figure is about as
    precise as that of a week.

    Args:
        tables: those that are drawn.
        habits: of the pupil.
        weeks: for how long the habits were the same.
    """
    drawn = sum(information_of_a_week(table, habits) for table in tables if table.is_weekly)
    return _advantage(weeks / WEEKS_A_MONTH * drawn)


def _advantage(information: float) -> float:
    return erf(sqrt(information) / 2 / sqrt(2))


def information_of_a_week(table: TableSpec, habits: Habits) -> float:
    """Return what the draws of one week tell."""
    if table.counted.has_one_cell:
        # Which all lessons of a week are in: of exempt use, of whom these are known to be allowed.
        return (SCHOOL_DAYS * count_changed_cells(table, habits) / table.scale) ** 2
    if table.is_weekly:
        return count_changed_cells(table, habits) * (SCHOOL_DAYS * table.points / table.scale) ** 2
    return SCHOOL_DAYS * count_changed_cells(table, habits) * (table.points / table.scale) ** 2


def _total(table: TableSpec, habits: Habits) -> float:
    """Return what the week's total of a table of the whole school tells."""
    if table.is_weekly or Dimension.LAYER in table.dimensions:
        return 0.0
    cells = count_changed_cells(table, habits)
    if table.interval is ReleaseInterval.LESSON_HOUR:
        parts, change, totals = HOURS_A_DAY * SCHOOL_DAYS, cells * SCHOOL_DAYS, 1
    else:
        parts, change, totals = SCHOOL_DAYS, SCHOOL_DAYS, cells
    return totals * change**2 / (parts * 2 * table.scale**2)


def count_changed_cells(table: TableSpec, habits: Habits) -> int:
    """Return how many cells of a table one device changes on a day, with all of its addresses."""
    if table.beyond:
        return int(_goes_beyond(table.beyond, habits))
    if table.counted is Counted.STAFF_USE:
        return 0  # of a pupil, who is in more tables than staff are
    cells = min(habits.hours, table.cap) if table.counted.has_one_cell else 1
    if Dimension.PERIOD in table.dimensions:
        cells *= habits.hours
    if Dimension.PLATFORM in table.dimensions:
        cells *= habits.platforms
    return min(cells, table.sensitivity // table.points)


def _goes_beyond(name: TableName, habits: Habits) -> bool:
    """Say whether one device does more on a day than a table counts of it."""
    cap = next(table.cap for table in DRAWN if table.name is name)
    done = habits.hours if name is TableName.LESSON_HOURS else habits.platforms
    return done > cap
