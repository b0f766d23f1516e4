"""What must be true between the exact counts of different tables, whatever the noise.

Tables overlap: a device that is counted for its year layer is counted for the school as well.
Whoever wants to take the noise off begins here.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from monitor.release.tables import R4, Cell, TableName
from schedules.calendar import monday


@dataclass(frozen=True, slots=True)
class Margin:
    """Counts that together are no more than others together."""

    less: tuple[Cell, ...]
    more: tuple[Cell, ...]
    factor: int = 1
    """How many times the second may be taken."""
    is_exact: bool = False
    """Whether both are the same where every device has a layer and no staff is counted."""


def find_margins(cells: Collection[Cell]) -> Iterator[Margin]:
    """Find every margin that lies whole within some cells; weeks are named by their Monday."""
    by_table: dict[TableName, dict[date, list[Cell]]] = {}
    for cell in cells:
        by_table.setdefault(cell.table, {}).setdefault(monday(cell.day), []).append(cell)
    weeks = {week for of_table in by_table.values() for week in of_table}
    for week in sorted(weeks):
        of_week = {name: of_table.get(week, []) for name, of_table in by_table.items()}
        yield from _of_platforms(of_week)
        yield from _of_layers(of_week)


def _of_platforms(of_week: Mapping[TableName, list[Cell]]) -> Iterator[Margin]:
    """A platform's device-days in all layers are among those of the school."""
    weekly = of_week.get(TableName.LAYER_PLATFORMS, [])
    daily = of_week.get(TableName.PLATFORMS, [])
    for platform in sorted({cell.platform for cell in weekly}):
        yield from _margin(
            [cell for cell in weekly if cell.platform == platform],
            [cell for cell in daily if cell.platform == platform],
            is_exact=True,
        )


def _of_layers(of_week: Mapping[TableName, list[Cell]]) -> Iterator[Margin]:
    """A layer's device-days on all platforms are its active ones, each so many times at most."""
    weekly = of_week.get(TableName.LAYER_PLATFORMS, [])
    layers = of_week.get(TableName.LAYERS, [])
    platforms = of_week.get(TableName.PLATFORMS, [])
    for layer in sorted({cell.layer for cell in weekly}):
        on_platforms = [cell for cell in weekly if cell.layer == layer]
        active = [cell for cell in layers if cell.layer == layer]
        yield from _margin(active, on_platforms)
        yield from _margin(on_platforms, active, factor=R4.cap)
        for cell in on_platforms:
            yield from _margin([cell], active)
    for day in sorted({cell.day for cell in layers}):
        yield from _margin(
            [cell for cell in layers if cell.day == day],
            [cell for cell in platforms if cell.day == day],
        )


def _margin(
    less: list[Cell], more: list[Cell], *, factor: int = 1, is_exact: bool = False
) -> Iterator[Margin]:
    if less and more:
        yield Margin(tuple(less), tuple(more), factor, is_exact)
