"""Finds when the next figure that is whole can come: the first one, where there is none yet."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from monitor.diagnostics.checks.floors import measure_undisturbed
from monitor.release.layers import Layers
from monitor.release.measured.measured_day import MeasuredDay
from monitor.release.measured.measured_hour import MeasuredHour, PlacedRooms
from monitor.release.schedule import ReleaseSlot, release_schedule
from monitor.release.tables import ReleaseInterval
from schedules.importers.group_sizes.loading import LoadedSizes
from schedules.timetable import DatedPeriod, Timetable


def find_first_figure(
    timetable: Timetable,
    measured: PlacedRooms,
    layers: Layers,
    sizes: LoadedSizes | None,
    *,
    zone: ZoneInfo,
    now: float,
) -> float | None:
    """Find when a figure comes of which every lesson hour is still to begin.

    Args:
        timetable: the lessons of the days to come.
        measured: the rooms in which pupils are counted.
        layers: the year layers of the roster.
        sizes: how many pupils each group has; None: the school does not say it.
        zone: the school's.
        now: seconds since 1970-01-01 UTC.

    Returns:
        When it is released, in seconds since 1970-01-01 UTC; None where none of these lessons
        leads to one.
    """
    today = datetime.fromtimestamp(now, zone).date()
    intervals = _intervals(layers)
    hours: dict[DatedPeriod, MeasuredHour] = {}
    for slot in release_schedule(timetable, zone):
        # Of a week that is under way, the timetable has the rest alone.
        is_whole = slot.day >= today and min(hour.start for hour in slot.hours) >= now
        if slot.interval not in intervals or not slot.is_released or not is_whole:
            continue
        for hour in slot.hours:
            hours[hour] = hours.get(hour) or measure_undisturbed(
                hour, timetable, measured, layers, sizes
            )
        if _is_enough(slot, hours, layers):
            return slot.timestamp
    return None


def _intervals(layers: Layers) -> frozenset[ReleaseInterval]:
    if layers.has_daily_figures:
        return frozenset(ReleaseInterval)
    return frozenset({ReleaseInterval.WEEK} if layers.has_figures else ())


def _is_enough(
    slot: ReleaseSlot, hours: Mapping[DatedPeriod, MeasuredHour], layers: Layers
) -> bool:
    if slot.interval is ReleaseInterval.LESSON_HOUR:
        return hours[slot.hours[0]].is_enough
    days: dict[date, MeasuredDay] = {}
    for hour in slot.hours:
        days.setdefault(hour.day, MeasuredDay(layers)).add(hour.period, hours[hour])
    return any(day.is_enough() for day in days.values())
