"""Adds to each released figure the interval of the true count, and an estimate beside the draw.

It is worked out once, from what was released up to then, and kept with the figure: whoever reads it
later, anywhere, reads the same. The draw itself is never changed, and nothing here costs privacy.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from math import ceil, floor

from monitor.release.estimates.beyond_caps import NOTHING_BEYOND, ShareBeyond
from monitor.release.estimates.cap_shares import HourShares, PlatformShares
from monitor.release.estimates.local_level import CellEstimate
from monitor.release.estimates.table_levels import VARIED, TableLevel
from monitor.release.figures import CountEstimate, CountInterval, Figure, half_width
from monitor.release.tables import DRAWN, R1, TableName, TableSpec

AT_LEAST = frozenset(
    {TableName.LESSON_HOURS, TableName.WEEK, TableName.WEEK_PLATFORMS, TableName.LAYER_PLATFORMS}
)
"""Tables of which a figure says 'at least' where it is not known what the cap cut away."""


class FigureEstimator:
    """Follows the figures of a school in the order of their release.

    Args:
        tables: those that are drawn, as they are drawn.
    """

    def __init__(self, tables: Sequence[TableSpec] = DRAWN) -> None:
        cap = next((table.cap for table in tables if table.name is R1.name), R1.cap)
        self._hours = HourShares(cap)
        self._platforms = PlatformShares()
        self._levels = {name: TableLevel(name) for name in VARIED}

    def follow(self, figures: Iterable[Figure]) -> None:
        """Learn from figures that were released before."""
        ordered = sorted(figures, key=lambda figure: (figure.released_at, figure.cell))
        for _, of_release in groupby(ordered, key=lambda figure: figure.released_at):
            self.estimate(list(of_release))

    def estimate(self, figures: Sequence[Figure]) -> list[Figure]:
        """Add intervals and estimates to the figures of one release, and learn from them."""
        by_table: dict[TableName, list[Figure]] = {}
        for figure in figures:
            by_table.setdefault(figure.cell.table, []).append(figure)
        added = {
            figure.cell: figure
            for table, of_table in self._shares(by_table)
            for figure in self._add(table, by_table[table], of_table)
        }
        return [added.get(figure.cell, figure) for figure in figures]

    def _shares(
        self, by_table: dict[TableName, list[Figure]]
    ) -> Iterator[tuple[TableName, Sequence[ShareBeyond | None]]]:
        """Give the tables of a release with what is cut away of each of their figures."""
        if hours := by_table.get(TableName.LESSON_HOURS):
            yield TableName.LESSON_HOURS, [self._hours.add_hour(figure) for figure in hours]
        if platforms := by_table.get(TableName.PLATFORMS):
            share = self._platforms.share_of_day(platforms)
            yield TableName.PLATFORMS, [share] * len(platforms)
        if layers := by_table.get(TableName.LAYERS):
            yield TableName.LAYERS, [NOTHING_BEYOND] * len(layers)
        if week := by_table.get(TableName.WEEK):
            beyond = by_table.get(TableName.HOURS_BEYOND, ())
            yield TableName.WEEK, [self._hours.close_week(week[0].cell.day, beyond)]
        weekly = [TableName.WEEK_PLATFORMS, TableName.LAYER_PLATFORMS]
        if any(table in by_table for table in weekly):
            share = self._platforms.close_week(
                by_table.get(TableName.WEEK_PLATFORMS, ()),
                by_table.get(TableName.PLATFORMS_BEYOND, ()),
            )
            for table in weekly:
                if table in by_table:
                    yield table, [share] * len(by_table[table])

    def _add(
        self, table: TableName, figures: Sequence[Figure], shares: Sequence[ShareBeyond | None]
    ) -> Iterator[Figure]:
        level = self._levels.get(table)
        estimates = level.estimate(figures) if level else {}
        for figure, share in zip(figures, shares, strict=True):
            if figure.drawn is None:
                continue
            yield replace(
                figure,
                interval=_interval(figure, share),
                estimate=_estimate(estimates.get(figure.cell), share),
            )


def _interval(figure: Figure, share: ShareBeyond | None) -> CountInterval:
    drawn, width = float(figure.drawn or 0), half_width(figure.noise_scale, figure.parts)
    if share is None and figure.cell.table in AT_LEAST:
        return CountInterval(max(0, floor(drawn - width)), None)
    low, high = (share or NOTHING_BEYOND).widen(drawn, width)
    return CountInterval(floor(low), ceil(high))


def _estimate(estimate: CellEstimate | None, share: ShareBeyond | None) -> CountEstimate | None:
    if estimate is None or share is None:
        return None
    low, high = share.widen(estimate.value, estimate.half_width)
    value = max(0.0, estimate.value) * (1 + share.value)
    return CountEstimate(round(value), CountInterval(floor(low), ceil(high)))
