"""The truth about the simulated school, cell by cell, counted from what its devices do.

It is what Lesrust would release without noise: with the same tables, and the same caps for each
device. It is counted here independently of the core.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from monitor.release.tables import R1, R2, R4, Cell, TableName
from schedules.calendar import monday
from simulation.school.school import SimulatedDevice
from simulation.traffic.behaviour import SimulatedUse
from simulation.traffic.hostnames import PLATFORMS

HEADER = "table,day,period,layer,platform,true"


class GroundTruth:
    """Counts of device-lessons by cell.

    Args:
        layers: the released layer of each layer of the roster; empty when it has none.
    """

    def __init__(self, layers: Mapping[str, str]) -> None:
        self._layers = layers
        self._cells = Counter[Cell]()

    @property
    def cells(self) -> Mapping[Cell, int]:
        """Every cell of the days that were added, also the empty ones."""
        return self._cells

    def add_day(self, day: date, hours: Mapping[int, Iterable[SimulatedUse]]) -> None:
        """Add a day: for each lesson hour, the uses in a lesson that no exemption allows."""
        used: dict[SimulatedDevice, list[str]] = {}
        hours_used = Counter[SimulatedDevice]()
        for hour, uses in sorted(hours.items()):
            by_device = _platforms_by_device(uses)
            counted = [device for device in by_device if hours_used[device] < R1.cap]
            hours_used.update(counted)
            self._add(Cell(TableName.LESSON_HOURS, day, period=str(hour)), len(counted))
            for device, platforms in by_device.items():
                known = used.setdefault(device, [])
                known += [platform for platform in platforms if platform not in known]
        self._add_totals(day, used)

    def _add_totals(self, day: date, used: Mapping[SimulatedDevice, list[str]]) -> None:
        week = monday(day)
        for cell in self._make_empty_cells(day, week):
            self._add(cell, 0)
        for device, platforms in used.items():
            layer = self._layers.get(device.group.layer, "") if device.group else ""
            if layer:
                self._add(Cell(TableName.LAYERS, day, layer=layer))
            for platform in platforms[: R2.cap]:
                self._add(Cell(TableName.PLATFORMS, day, platform=platform))
            for platform in platforms[: R4.cap] if layer else ():
                self._add(Cell(TableName.LAYER_PLATFORMS, week, layer=layer, platform=platform))

    def _make_empty_cells(self, day: date, week: date) -> Iterator[Cell]:
        for hosts in PLATFORMS:
            yield Cell(TableName.PLATFORMS, day, platform=hosts.platform)
            for layer in {*self._layers.values()} - {""}:
                yield Cell(TableName.LAYER_PLATFORMS, week, "", layer, hosts.platform)
        for layer in {*self._layers.values()} - {""}:
            yield Cell(TableName.LAYERS, day, layer=layer)

    def _add(self, cell: Cell, count: int = 1) -> None:
        self._cells[cell] += count
        week = monday(cell.day)
        if cell.table is TableName.LESSON_HOURS:
            self._cells[Cell(TableName.WEEK, week)] += count
        elif cell.table is TableName.PLATFORMS:
            total = Cell(TableName.WEEK_PLATFORMS, week, platform=cell.platform)
            self._cells[total] += count

    def format_csv(self) -> str:
        """Format the counts as CSV; only a simulation has such a file."""
        rows = (
            f"{cell.table},{cell.day},{cell.period},{cell.layer},{cell.platform},{count}"
            for cell, count in sorted(self._cells.items())
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
