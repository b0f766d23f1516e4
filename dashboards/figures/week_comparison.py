"""Holds the weeks of a period against those before it, all figures of a table at once.

A week of four days is held against others as if it had five; one of which a day is not in the
figures is left out.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from math import hypot
from statistics import fmean

from dashboards.figures.differences import MIN_WEEKS, WeekDifference, compare_weeks
from dashboards.figures.estimate import SMALL_FIGURE
from dashboards.figures.row import FigureRow
from monitor.release.tables import Cell, TableName

type Key = tuple[str, str]
"""The layer and the platform, of each as far as a figure has one."""
type Size = Callable[[FigureRow], float]
"""Gives by how much a figure is divided to be of one part."""
type _Weeks = Mapping[date, Mapping[Key, float]]


def compare_by_part(
    now: Iterable[FigureRow], before: Iterable[FigureRow]
) -> Mapping[Key, WeekDifference]:
    """Compare totals of weeks by lesson hour, or by day; what cannot be compared is left out."""
    return _compare(now, before, lambda row: row.measured_parts)


def compare_by_week(
    now: Iterable[FigureRow], before: Iterable[FigureRow], days: Mapping[date, float]
) -> Mapping[Key, WeekDifference]:
    """Compare figures of weeks, as if each had as many days; what cannot be compared is left out.

    Args:
        now: of the period.
        before: of the weeks before it.
        days: how many school days each week has, as a part of five.
    """
    return _compare(now, before, lambda row: days.get(row.cell.day, 1.0))


def days_by_week(totals: Iterable[FigureRow], school_days: int) -> Mapping[date, float]:
    """Return which part of a whole week each week has days, by the totals of its days."""
    return {
        row.cell.day: row.parts / school_days
        for row in totals
        if row.cell.table is TableName.WEEK_PLATFORMS
    }


def key_of(cell: Cell) -> Key:
    """Return what a figure of a week is of."""
    return cell.layer, cell.platform


def _compare(
    now: Iterable[FigureRow], before: Iterable[FigureRow], size: Size
) -> Mapping[Key, WeekDifference]:
    rows = [row for row in now if _is_whole(row)]
    weeks, earlier = _by_week(rows, size), _by_week(filter(_is_whole, before), size)
    keys = [
        key
        for key in dict.fromkeys(key_of(row.cell) for row in rows)
        if sum(key in week for week in earlier.values()) >= MIN_WEEKS
    ]
    history = [[week[key] for key in keys] for week in earlier.values() if {*keys} <= week.keys()]
    noise = defaultdict[Key, list[float]](list)
    for row in rows:
        noise[key_of(row.cell)].append(row.noise_deviation / size(row))
    numbers: Sequence[float] = [
        fmean(week[key] for week in weeks.values() if key in week) for key in keys
    ]
    differences = compare_weeks(
        numbers,
        history,
        [hypot(*noise[key]) / len(noise[key]) ** 0.5 for key in keys],
        count=len(weeks),
    )
    return dict(zip(keys, differences or (), strict=False))


def _is_whole(row: FigureRow) -> bool:
    return row.low is not None and not row.days_left_out and row.measured_parts > 0


def _by_week(rows: Iterable[FigureRow], size: Size) -> _Weeks:
    weeks = defaultdict[date, dict[Key, float]](dict)
    for row in rows:
        value = SMALL_FIGURE if row.value is None else row.value
        weeks[row.cell.day][key_of(row.cell)] = value / size(row)
    return weeks
