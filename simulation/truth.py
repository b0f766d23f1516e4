"""The truth about the simulated school, cell by cell, counted from what its devices do.

What Lesrust would release without noise is counted with the same tables and the same caps for each
device; what is written down is what is true, without caps. Both are counted independently of the
core.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import product

from monitor.release.tables import (
    B1,
    B2,
    BEYOND,
    DRAWN,
    TOTALS,
    Cell,
    CellValues,
    Dimension,
    ReleaseInterval,
    TableName,
    TableSpec,
)
from schedules.calendar import monday
from simulation.school.school import SimulatedDevice
from simulation.traffic.behaviour import SimulatedUse
from simulation.traffic.hostnames import PLATFORMS

HEADER = "table,day,period,layer,platform,evidence,beyond,true"
COUNTED = tuple(table for table in DRAWN if table.points == 1 and not table.counted.has_one_cell)
"""The tables of devices: of what their connections show, it is not known what is true. Too few
people grant here for a figure of what is exempt."""


class GroundTruth:
    """Counts by cell, of every table that is released.

    Args:
        layers: the released layer of each layer of the roster; empty when it has none.
    """

    def __init__(self, layers: Mapping[str, str]) -> None:
        self._layers = layers
        self._cells = Counter[Cell]()
        self._true_cells = Counter[Cell]()
        self._hours_used = Counter[tuple[TableName, date, SimulatedDevice]]()

    @property
    def cells(self) -> Mapping[Cell, int]:
        """Every cell of the days that were added, also the empty ones, within the caps."""
        return self._cells

    @property
    def true_cells(self) -> Mapping[Cell, int]:
        """The same, whatever the caps would cut away."""
        return self._true_cells

    def add_day(self, day: date, hours: Mapping[int, Iterable[SimulatedUse]]) -> None:
        """Add a day: for each lesson hour, the uses in a lesson that no exemption allows."""
        used: dict[SimulatedDevice, list[str]] = {}
        hours_active = Counter[SimulatedDevice]()
        for hour, uses in sorted(hours.items()):
            by_device = _platforms_by_device(uses)
            self._add_hour(day, str(hour), by_device)
            hours_active.update(by_device.keys())
            for device, platforms in by_device.items():
                known = used.setdefault(device, [])
                known += [platform for platform in platforms if platform not in known]
        self._add_beyond(B1, day, hours_active)
        self._add_beyond(B2, day, {device: len(platforms) for device, platforms in used.items()})
        for table in COUNTED:
            if table.interval is not ReleaseInterval.LESSON_HOUR and not table.beyond:
                self._add_empty_cells(table, day)
                for device, platforms in used.items():
                    for place, values in enumerate(self._values(table, device, platforms)):
                        self._add(table, day, values, is_within=place < table.cap)

    def _add_hour(
        self, day: date, hour: str, by_device: Mapping[SimulatedDevice, Sequence[str]]
    ) -> None:
        for table in COUNTED:
            if table.interval is ReleaseInterval.LESSON_HOUR:
                self._add_empty_cells(table, day, hour)
                for device, platforms in by_device.items():
                    spent = table.name, day, device
                    values = self._values(table, device, platforms, hour)
                    if values:
                        self._hours_used[spent] += 1
                        is_within = self._hours_used[spent] <= table.cap
                        self._add(table, day, values[0], is_within=is_within)

    def _add_beyond(self, table: TableSpec, day: date, done: Mapping[SimulatedDevice, int]) -> None:
        """Add how far devices went beyond a cap."""
        (cap,) = (other.cap for other in DRAWN if other.name is table.beyond)
        self._add_empty_cells(table, day)
        for number in done.values():
            if number > cap:
                self._add(table, day, (BEYOND[min(number - cap, len(BEYOND)) - 1],))

    def _values(
        self, table: TableSpec, device: SimulatedDevice, platforms: Sequence[str], hour: str = ""
    ) -> list[CellValues]:
        """List what a device is counted by: nothing in a table of layers when it has none."""
        layer = self._layers.get(device.group.layer, "") if device.group else ""
        values: dict[Dimension, Sequence[str]] = {
            Dimension.PERIOD: [hour],
            Dimension.LAYER: [layer] if layer else [],
            Dimension.PLATFORM: platforms,
        }
        return list(product(*(values[dimension] for dimension in table.dimensions)))

    def _add_empty_cells(self, table: TableSpec, day: date, hour: str = "") -> None:
        every_value: dict[Dimension, Collection[str]] = {
            Dimension.PERIOD: [hour],
            Dimension.LAYER: {*self._layers.values()} - {""},
            Dimension.PLATFORM: [hosts.platform for hosts in PLATFORMS],
            Dimension.BEYOND: BEYOND,
        }
        for values in product(*(every_value[dimension] for dimension in table.dimensions)):
            self._add(table, day, values, 0)

    def _add(
        self,
        table: TableSpec,
        day: date,
        values: CellValues,
        count: int = 1,
        *,
        is_within: bool = True,
    ) -> None:
        cell = table.cell(monday(day) if table.is_weekly else day, values)
        totals = [
            total.cell(monday(day), total.values_of(cell)) for total in TOTALS if total.of is table
        ]
        for counted in (cell, *totals):
            self._true_cells[counted] += count
            if is_within:
                self._cells[counted] += count

    def format_csv(self) -> str:
        """Format what is true as CSV; only a simulation has such a file."""
        rows = (
            f"{cell.table},{cell.day},{cell.period},{cell.layer},{cell.platform},{cell.evidence},{cell.beyond},{count}"
            for cell, count in sorted(self._true_cells.items())
        )
        return "\n".join([HEADER, *rows, ""])


def _platforms_by_device(uses: Iterable[SimulatedUse]) -> dict[SimulatedDevice, list[str]]:
    """Return each device's platforms, in the order of first use."""
    platforms: dict[SimulatedDevice, list[str]] = {}
    for use in uses:
        of_device = platforms.setdefault(use.device, [])
        if use.platform not in of_device:
            of_device.append(use.platform)
    return platforms
