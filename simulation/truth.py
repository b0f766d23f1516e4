"""What is true of the simulated school, cell by cell: counted from what its devices do.

It is what Lesrust would release if it added no noise: with the same tables, and the same bounds on
what one device can add. It is counted here anew, and the core is not asked.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from monitor.release.tables import R1, R2, R4, Cell, TableName
from schedules.calendar import monday
from simulation.school.school import SimulatedDevice
from simulation.traffic.behaviour import PlatformUse
from simulation.traffic.hostnames import PLATFORMS

HEADER = "table,day,period,layer,platform,true"


class GroundTruth:
    """Counts by cell.

    Args:
        layers: the released layer of each layer of the roster; a layer may have none.
    """

    def __init__(self, layers: Mapping[str, str]) -> None:
        self._layers = layers
        self._cells = Counter[Cell]()

    @property
    def cells(self) -> Mapping[Cell, int]:
        """Every cell of the days that were added, also those with nothing in them."""
        return self._cells

    def add_day(self, day: date, hours: Mapping[int, Iterable[PlatformUse]]) -> None:
        """Add a day: for each lesson hour, what was use in a lesson and not allowed."""
        used: dict[SimulatedDevice, list[str]] = {}
        hours_used = Counter[SimulatedDevice]()
        for hour, acts in sorted(hours.items()):
            by_device = _by_device(acts)
            counted = [device for device in by_device if hours_used[device] < R1.cap]
            hours_used.update(counted)
            self._add(Cell(TableName.LESSON_HOURS, day, period=str(hour)), len(counted))
            for device, platforms in by_device.items():
                known = used.setdefault(device, [])
                known += [platform for platform in platforms if platform not in known]
        self._add_totals(day, used)

    def _add_totals(self, day: date, used: Mapping[SimulatedDevice, list[str]]) -> None:
        week = monday(day)
        for cell in self._empty(day, week):
            self._add(cell, 0)
        for device, platforms in used.items():
            layer = self._layers.get(device.group.layer, "") if device.group else ""
            if layer:
                self._add(Cell(TableName.LAYERS, day, layer=layer))
            for platform in platforms[: R2.cap]:
                self._add(Cell(TableName.PLATFORMS, day, platform=platform))
            for platform in platforms[: R4.cap] if layer else ():
                self._add(Cell(TableName.LAYER_PLATFORMS, week, layer=layer, platform=platform))

    def _empty(self, day: date, week: date) -> Iterator[Cell]:
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

    def csv(self) -> str:
        """Write it as a table; only a simulation has such a file."""
        rows = (
            f"{cell.table},{cell.day},{cell.period},{cell.layer},{cell.platform},{count}"
            for cell, count in sorted(self._cells.items())
        )
        return "\n".join([HEADER, *rows, ""])


def _by_device(acts: Iterable[PlatformUse]) -> dict[SimulatedDevice, list[str]]:
    """Give each device's platforms, in the order in which it began to use them."""
    found: dict[SimulatedDevice, list[str]] = {}
    for act in acts:
        platforms = found.setdefault(act.device, [])
        if act.platform not in platforms:
            platforms.append(act.platform)
    return found
