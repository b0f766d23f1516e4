"""The labels of WebUntis's lesson hours, from the answer of `getTimegridUnits`.

In a grid the days begin at Sunday, as 1. A recorded grid calls every hour `0`, so names are used
only where they tell the hours of a day apart.
"""

from collections.abc import Mapping
from datetime import time

from schedules.importers.shared.limits import MAX_PERIOD_LENGTH
from schedules.importers.webuntis.values import parse_name, parse_time
from schedules.problem import InvalidValue

DAYS = 7


def period_labels(grid: object) -> dict[tuple[int, time], str]:
    """Return the labels of lesson hours by ISO weekday and start.

    A period of more than one hour has the label of its first. Of an invalid grid nothing is used.
    """
    labels: dict[tuple[int, time], str] = {}
    for row in grid if isinstance(grid, list) else ():
        day = row.get("day") if isinstance(row, Mapping) else None
        units = row.get("timeUnits") if isinstance(row, Mapping) else None
        if type(day) is int and 1 <= day <= DAYS and isinstance(units, list):
            weekday = (day - 2) % DAYS + 1
            labels.update(
                {(weekday, start): label for start, label in _labels_of_day(units).items()}
            )
    return labels


def _labels_of_day(units: list[object]) -> dict[time, str]:
    labels: dict[time, str] = {}
    for unit in units:
        label = parse_name(unit.get("name")) if isinstance(unit, Mapping) else ""
        if isinstance(unit, Mapping) and 0 < len(label) <= MAX_PERIOD_LENGTH:
            try:
                labels[parse_time(unit, "startTime")] = label
            except InvalidValue:
                continue
    return labels if len({*labels.values()}) == len(labels) else {}
