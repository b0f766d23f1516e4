"""Was anything drawn twice? Asked by somebody who lays copies beside each other.

Each draw of a cell tells a little of its exact count, and their mean tells more. So a cell has one
figure, wherever and whenever it is read, and what was 'geen cijfer' never becomes a figure later.
The other way round may be: a backup that was restored has forgotten what was released since.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from monitor.attacks.copies import CopiedFigure
from monitor.release.figures import Figure, ShownFigure
from monitor.release.schedule import slot_key
from monitor.release.tables import (
    B1,
    B2,
    DRAWN,
    EPSILON_A_DAY,
    R5,
    TABLES,
    V1,
    Cell,
    ReleaseInterval,
    TableName,
    TableSpec,
)
from schedules.calendar import monday

OTHERS = {table.name: table.epsilon for table in (R5, V1, B1, B2)}
"""What the tables lose that are not of use itself, and came later."""
FIRST_SHARES = {
    TableName.LESSON_HOURS: 0.4,
    TableName.PLATFORMS: 0.25,
    TableName.LAYERS: 0.1,
    TableName.LAYER_PLATFORMS: 0.25,
}
"""How the tables of use divided their loss before that of exempt use came."""


class CopyComparison(NamedTuple):
    """What a copy has beside the store."""

    compared: int
    """Figures that both have."""
    different: int
    """Of which one is not the other: two draws, or a figure that came later."""
    gone: int
    """Figures of the copy that are 'geen cijfer' in the store, as after a restored backup."""


def compare_copy(figures: Iterable[Figure], copy: Iterable[CopiedFigure]) -> CopyComparison:
    """Lay a copy beside the figures of the store."""
    by_cell = {figure.cell: figure for figure in figures}
    of_any_day: dict[Cell, list[Figure]] = defaultdict(list)
    for figure in by_cell.values():
        of_any_day[_without_day(figure.cell)].append(figure)
    counts = Counter[str]()
    for copied in copy:
        kept = [by_cell[copied.cell]] if copied.cell in by_cell else of_any_day.get(copied.cell, [])
        if not kept or (copied.shown is None and not copied.has_day):
            continue
        counts["compared"] += 1
        if any(_is_same(figure, copied) for figure in kept):
            continue
        is_gone = all(figure.drawn is None for figure in kept)
        counts["gone" if is_gone else "different"] += 1
    return CopyComparison(counts["compared"], counts["different"], counts["gone"])


def count_outside_ledger(figures: Iterable[Figure], keys: Collection[str]) -> int:
    """Count the figures whose release the ledger does not have: they could be drawn again."""
    return sum(_release_key(figure.cell) not in keys for figure in figures)


def count_of_less_noise(figures: Iterable[Figure]) -> int:
    """Count the figures with less noise than a loss of 1 a day needs, whatever the network tells.

    What the school has configured since may promise more. The tables of use may have the share of
    those that a week does not have: so they had in versions that did not release them. And each may
    have the largest part of what all of them lose that it had in any version.
    """
    listed = list(figures)
    of_use = sum(table.epsilon for table in DRAWN if table.name not in OTHERS)
    least = {
        table.name: _least_cap(table) / max(table.epsilon, FIRST_SHARES.get(table.name, 0) * of_use)
        for table in DRAWN
    }
    released: dict[date, set[TableName]] = {}
    for figure in listed:
        if figure.cell.table in OTHERS and figure.drawn is not None:
            released.setdefault(figure.cell.day, set()).add(figure.cell.table)

    def share(figure: Figure) -> float:
        if figure.cell.table in OTHERS:
            return 1.0
        others = sum(OTHERS[name] for name in released.get(monday(figure.cell.day), ()))
        return of_use / (EPSILON_A_DAY - others)

    return sum(
        figure.noise_scale < least[figure.cell.table] * share(figure) * (1 - 1e-9)
        for figure in listed
        if figure.cell.table in least
    )


def _least_cap(table: TableSpec) -> int:
    """Return the least that the addresses of one device add: a cap that they share is rounded down.

    Where there are several, a table of days or weeks has no figures.
    """
    if table.interval is not ReleaseInterval.LESSON_HOUR:
        return table.cap
    shared = (
        table.cap // addresses * addresses for addresses in range(1, table.cap // table.points + 1)
    )
    return min(shared)


def _is_same(figure: Figure, copied: CopiedFigure) -> bool:
    if copied.has_drawn:
        return figure.drawn == copied.drawn
    shown: ShownFigure | None = figure.shown
    if shown and copied.shown and shown.high is None:
        # An earlier version said an upper end where it is not known how much caps cut away.
        return (shown.value, shown.low) == (copied.shown.value, copied.shown.low)
    return shown == copied.shown


def _release_key(cell: Cell) -> str:
    return slot_key(TABLES[cell.table].interval, cell.day, cell.period)


def _without_day(cell: Cell) -> Cell:
    return Cell(
        cell.table, date.min, cell.period, cell.layer, cell.platform, cell.evidence, cell.beyond
    )
