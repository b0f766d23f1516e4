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
from monitor.release.tables import DRAWN, TABLES, V1, Cell, TableSpec
from schedules.calendar import monday


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

    What the school has configured since may promise more. Figures of a week without visibility may
    have its share of the loss: so were those of versions that did not release it.
    """
    listed = list(figures)
    least = {table.name: _least_scale(table) for table in DRAWN}
    has_visibility = {
        figure.cell.day
        for figure in listed
        if figure.cell.table is V1.name and figure.drawn is not None
    }
    return sum(
        figure.noise_scale
        < least[figure.cell.table]
        * (1 if monday(figure.cell.day) in has_visibility else 1 - V1.epsilon)
        * (1 - 1e-9)
        for figure in listed
        if figure.cell.table in least
    )


def _least_scale(table: TableSpec) -> float:
    """Return the least noise: a cap that several addresses share is rounded down."""
    shared = (
        table.cap // addresses * addresses for addresses in range(1, table.cap // table.points + 1)
    )
    return min(shared) / table.epsilon


def _is_same(figure: Figure, copied: CopiedFigure) -> bool:
    if copied.has_drawn:
        return figure.drawn == copied.drawn
    shown: ShownFigure | None = figure.shown
    return shown == copied.shown


def _release_key(cell: Cell) -> str:
    return slot_key(TABLES[cell.table].interval, cell.day, cell.period)


def _without_day(cell: Cell) -> Cell:
    return Cell(cell.table, date.min, cell.period, cell.layer, cell.platform, cell.evidence)
