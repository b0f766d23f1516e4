"""Is a figure of so few that it is one class's? Asked of the timetable and the exemptions.

Whoever exempts all rooms but one, or gives one room a place, would get the figures of one class. So
what is released is laid beside what was measured of its lesson hours.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from monitor.release.figures import Figure
from monitor.release.layers import Layers
from monitor.release.measured.measured_day import MeasuredDay
from monitor.release.measured.measured_hour import MeasuredHour
from monitor.release.retention import DAILY_RETENTION
from monitor.release.tables import R5, TABLES, Cell, ReleaseInterval
from schedules.calendar import monday

type MeasuredHours = Mapping[tuple[date, str], MeasuredHour]
"""What is measured of each lesson hour, by its day and period."""


class GroupAudit(NamedTuple):
    """What released figures are of."""

    judged: int
    """Figures of days that the timetable still has."""
    small: tuple[Cell, ...]
    """Those that are of too little."""
    fewest_rooms: int | None
    """Of any lesson hour that has a figure."""


def audit_groups(figures: Iterable[Figure], hours: MeasuredHours, layers: Layers) -> GroupAudit:
    """Lay figures beside what was measured.

    Args:
        figures: what was released; 'geen cijfer' is of nobody.
        hours: by the timetable, places and exemptions as they are now.
        layers: the roster's.
    """
    days: dict[date, MeasuredDay] = {}
    weeks: dict[date, list[date]] = defaultdict(list)
    for (day, period), hour in hours.items():
        if day not in days:
            days[day] = MeasuredDay(layers)
            weeks[monday(day)].append(day)
        days[day].add(period, hour)
    # A layer that had another name when it was released is not judged.
    known_layers = {"", *layers.released, *(layer.name for layer in layers.roster)}
    judged, small, rooms = 0, list[Cell](), list[int]()
    for figure in figures:
        cell = figure.cell
        interval = TABLES[cell.table].interval
        hour_of_cell = hours.get((cell.day, cell.period))
        of_days = weeks.get(cell.day, []) if interval is ReleaseInterval.WEEK else [cell.day]
        measured = [days[day] for day in of_days if day in days]
        if figure.drawn is None or not measured or cell.layer not in known_layers:
            continue
        if interval is ReleaseInterval.LESSON_HOUR:
            if hour_of_cell is None:
                continue
            rooms.append(len(hour_of_cell.rooms))
            is_enough = hour_of_cell.is_enough
        else:
            is_enough = any(_is_enough(day, cell) for day in measured)
        judged += 1
        if not is_enough:
            small.append(cell)
    return GroupAudit(judged, tuple(small), min(rooms, default=None))


def _is_enough(day: MeasuredDay, cell: Cell) -> bool:
    """Say whether a day is of enough pupils for a cell: what is exempt has rooms of its own."""
    if TABLES[cell.table] is R5:
        return day.placed_hours().is_enough
    return day.is_enough(cell.layer, cell.platform)


def first_day_of(figures: Iterable[Figure], today: date) -> date:
    """Return the Monday of the first figure that is no older than daily figures are kept."""
    oldest = today - DAILY_RETENTION
    return monday(max(oldest, min((figure.cell.day for figure in figures), default=today)))
