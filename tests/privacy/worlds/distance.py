"""How far two worlds are apart in what is released, with the noise off."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from monitor.release.tables import DRAWN, TableName, TableSpec
from tests.privacy.worlds.play import CellCounts
from tests.privacy.worlds.school import DAYS

type Distances = Mapping[tuple[TableName, date], int]
"""L1, by table and by day or week."""


def distances(whole: CellCounts, less: CellCounts) -> Distances:
    """Return the L1 distance of each table on each day, where it is not zero.

    Raises:
        AssertionError: when which cells have a figure depends on who is there.
    """
    assert {cell for cell, count in whole.items() if count is None} == {
        cell for cell, count in less.items() if count is None
    }
    assert whole.keys() == less.keys()
    apart: dict[tuple[TableName, date], int] = defaultdict(int)
    for cell, counted in whole.items():
        apart[cell.table, cell.day] += abs((counted or 0) - (less[cell] or 0))
    return {key: distance for key, distance in apart.items() if distance}


def largest(apart: Distances) -> dict[TableName, int]:
    """Return the largest distance of each table on any day, or in any week."""
    most: dict[TableName, int] = {}
    for (table, _), distance in apart.items():
        most[table] = max(most.get(table, 0), distance)
    return most


def beyond_caps(
    apart: Distances, days: int, tables: Sequence[TableSpec] = DRAWN
) -> dict[TableName, int]:
    """Return the distances of tables that are more than one unit may cause.

    Args:
        apart: the distances.
        days: on how many days of the week the unit was there.
        tables: as they are promised.
    """
    most = {table.name: table.sensitivity * (days if table.is_weekly else 1) for table in tables}
    return {table: distance for table, distance in largest(apart).items() if distance > most[table]}


def cells_of(
    counts: CellCounts, table: TableName, day: date = DAYS[0]
) -> dict[tuple[str, str, str], int | None]:
    """Return the cells of a table of a day, by lesson hour, layer and platform."""
    return {
        (cell.period, cell.layer, cell.platform): count
        for cell, count in counts.items()
        if cell.table is table and cell.day == day
    }
