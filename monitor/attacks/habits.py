"""Is one pupil with given habits in the figures of many weeks? Attacked on real draws.

What `monitor.release.longitudinal` says by a formula is tried here, so that what a school is told
before anything is switched on is no less than what an attacker then gains.
"""

from collections.abc import Sequence

from monitor.attacks.membership import Change, MeasuredGain, measure_gain
from monitor.release.longitudinal import Habits, count_changed_cells
from monitor.release.tables import SCHOOL_DAYS, TableSpec


def measure_gain_of_habits(tables: Sequence[TableSpec], habits: Habits, weeks: int) -> MeasuredGain:
    """Measure what an attacker gains who has kept every figure of some weeks.

    Args:
        tables: those that are drawn.
        habits: of the pupil, on every school day.
        weeks: for how long they were the same.
    """
    changes = list[Change]()
    for table in tables:
        cells = count_changed_cells(table, habits)
        if table.is_weekly:
            changes.append(Change(table, cells * weeks, table.points * SCHOOL_DAYS))
        else:
            changes.append(Change(table, cells * weeks * SCHOOL_DAYS, table.points))
    return measure_gain(changes)
