"""Checks for which figures enough is measured, by the timetable, the places and the groups."""

from collections.abc import Iterator

from monitor.diagnostics.finding import Finding, FindingKind, findings_about
from monitor.release.layers import Layers
from monitor.release.measured.measured_day import MeasuredDay
from monitor.release.measured.measured_hour import MeasuredHour, PlacedRooms, measure_hour
from monitor.release.measured.pupils import SMALLEST_CLASS
from schedules.exemption import Exemptions
from schedules.importers.group_sizes.loading import LoadedSizes
from schedules.timetable import DatedPeriod, Timetable

DAYS = 5
"""School days that are looked at: a week has every lesson hour."""
_ANY = "any"
"""Stands for every platform: nothing is exempted here."""


def check_floors(
    timetable: Timetable, measured: PlacedRooms, layers: Layers, sizes: LoadedSizes | None
) -> Iterator[Finding]:
    """Check that enough is measured in the lessons of some days, where nothing is allowed.

    Args:
        timetable: the lessons of today and the days to come.
        measured: the rooms in which pupils are counted.
        layers: the year layers of the roster.
        sizes: how many pupils each group has; None: the school does not say it.
    """
    yield from _check_sizes(timetable, layers, sizes)
    if not layers.has_figures or not timetable.days:
        return
    days, large = [], set[str]()
    for day in timetable.days[:DAYS]:
        days.append(MeasuredDay(layers))
        for hour in timetable.periods_on(day):
            found = measure_undisturbed(hour, timetable, measured, layers, sizes)
            days[-1].add(hour.period, found)
            large |= {hour.period} if found.is_enough else set()
    if not any(day.is_enough() for day in days):
        yield Finding(FindingKind.SCHOOL_UNMEASURED)
        return
    yield from findings_about(
        FindingKind.LAYER_UNMEASURED,
        [layer for layer in layers.released if not any(day.is_enough(layer) for day in days)],
    )
    if layers.has_daily_figures:
        hours = {hour.period for day in timetable.days for hour in timetable.periods_on(day)}
        yield from findings_about(FindingKind.HOUR_TOO_SMALL, hours - large)


def measure_undisturbed(
    hour: DatedPeriod,
    timetable: Timetable,
    measured: PlacedRooms,
    layers: Layers,
    sizes: LoadedSizes | None,
) -> MeasuredHour:
    """Find what is measured of a lesson hour in which nothing is allowed."""
    return measure_hour(
        hour,
        timetable,
        Exemptions(),
        placed=measured,
        layers=layers,
        platforms=(_ANY,),
        sizes=None if sizes is None else sizes.sizes,
    )


def _check_sizes(
    timetable: Timetable, layers: Layers, sizes: LoadedSizes | None
) -> Iterator[Finding]:
    """Check that every group of a layer has a size: one without counts for nobody."""
    if sizes is None:
        yield Finding(FindingKind.NO_GROUP_SIZES, count=SMALLEST_CLASS)
        return
    if sizes.problems:
        yield Finding(FindingKind.GROUP_SIZES, tuple(map(str, sizes.problems)), len(sizes.problems))
    groups = {group for lesson in timetable.lessons if lesson.is_held for group in lesson.groups}
    without = {group for group in groups if layers.layer_of_groups([group])} - sizes.sizes.keys()
    yield from findings_about(FindingKind.GROUPS_WITHOUT_SIZE, without)
