"""Released figures as tables in a terminal, of at most its width."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from dashboards.figures.row import FigureRow
from dashboards.terminal.plot import PlotScale
from monitor.release.tables import TABLES, WEEKLY
from schedules.language import gettext, writing

MIN_PLOT_WIDTH = 12
"""Characters, like what follows."""
PLATFORM_COLUMN_WIDTH = 12
"""With the space beside it."""
OTHER_COLUMNS_WIDTH = 40
"""A figure, its interval and what is true, with the space beside them."""
ESTIMATE_WIDTH = 18
"""Of a column with an estimate."""

type Column = tuple[str, Callable[[FigureRow], str], str]


@dataclass(frozen=True, slots=True)
class FigureTables:
    """Makes tables of figures.

    Args:
        titles: how people write each platform.
        width: of the terminal, in characters.
    """

    titles: Mapping[str, str]
    width: int

    def list_table(self, rows: Sequence[FigureRow]) -> Group:
        """Make a table with a row for each figure of a day or a week, in their order."""
        columns = self._columns(
            has_estimate=any(row.estimate for row in rows),
            has_truth=any(row.truth is not None for row in rows),
        )
        table = self._empty_table(rows)
        for heading, _, style in columns:
            table.add_column(heading, justify="right", no_wrap=True, style=style)
        table.add_column("", no_wrap=True)
        scale = self._scale(rows)
        for row in rows:
            cells = [format_cell(row) for _, format_cell, _ in columns]
            table.add_row(self._label(row), *cells, _plot(row, scale))
            if row.is_weekly_total:
                table.add_section()
        return self._with_title(rows, table)

    def cross_tables(self, rows: Sequence[FigureRow]) -> Iterator[Group]:
        """Make tables with a row for each layer and a column for each platform, as many as fit."""
        by_cell = {(row.cell.layer, row.cell.platform): row for row in rows}
        layers = tuple(dict.fromkeys(row.cell.layer for row in rows))
        width = ESTIMATE_WIDTH if any(row.estimate for row in rows) else PLATFORM_COLUMN_WIDTH
        fit = max(1, (self.width - max(map(len, layers))) // width)
        for platforms in batched(_most_used_first(rows), fit):
            table = self._empty_table(rows)
            for platform in platforms:
                table.add_column(self._platform_title(platform), justify="right", no_wrap=True)
            for layer in layers:
                cells = (by_cell.get((layer, platform)) for platform in platforms)
                table.add_row(layer, *(self._cross_cell(row) if row else "" for row in cells))
            yield self._with_title(rows, table)

    def _empty_table(self, rows: Sequence[FigureRow]) -> Table:
        table = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False)
        table.add_column(str(TABLES[rows[0].cell.table].words.row), no_wrap=True)
        return table

    def _with_title(self, rows: Sequence[FigureRow], table: Table) -> Group:
        cell = rows[0].cell
        words = TABLES[cell.table].words
        format_date = writing.week if cell.table in WEEKLY else writing.weekday_and_day
        title = Text(words.title.format(when=format_date(cell.day)), "bold")
        unit = Text(str(words.unit), "dim")
        notes = [Text(f"{note}\n") for note in self._incomplete_notes(rows)]
        return Group(title, unit, table, *notes)

    def _incomplete_notes(self, rows: Sequence[FigureRow]) -> Iterator[str]:
        """Write of which totals a part is missing."""
        left_out: dict[str, int] = {}
        for row in rows:
            left_out[row.cell.layer] = max(row.days_left_out, left_out.get(row.cell.layer, 0))
            if row.cell.table in WEEKLY and row.missing_parts:
                yield gettext(
                    "{what}: {missing} of the {parts} parts have no figure, and are left out.",
                    what=self._label(row),
                    missing=row.missing_parts,
                    parts=row.parts,
                )
        for layer, days in left_out.items():
            if days:
                yield gettext(
                    "{what}: days that are not in it, because too little of them was measured: "
                    "{days}.",
                    what=layer or gettext("The whole school"),
                    days=days,
                )

    def _columns(self, *, has_estimate: bool, has_truth: bool) -> list[Column]:
        """Return heading, contents and style of what stands between a row's label and its plot."""
        columns: list[Column] = [
            (gettext("figure"), FigureRow.format_figure, "bold cyan"),
            (gettext("95% interval"), FigureRow.format_interval, ""),
        ]
        if has_estimate:
            columns.append((gettext("estimate"), _estimate_with_interval, ""))
        if has_truth:
            columns.append((gettext("true"), FigureRow.format_truth, "yellow"))
        return columns

    def _scale(self, rows: Sequence[FigureRow]) -> PlotScale:
        """Return the scale that all plots of a table share; a weekly total has none."""
        plotted = [row for row in rows if not row.is_weekly_total]
        largest = max((max(row.high or 0, row.truth or 0) for row in plotted), default=0)
        labels = [str(TABLES[rows[0].cell.table].words.row), *map(self._label, rows)]
        left = self.width - max(map(len, labels)) - OTHER_COLUMNS_WIDTH
        if any(row.estimate for row in rows):
            left -= ESTIMATE_WIDTH
        return PlotScale(largest, max(MIN_PLOT_WIDTH, left))

    def _cross_cell(self, row: FigureRow) -> Text:
        text = Text().append(row.format_figure(), "bold cyan")
        if row.truth is not None:
            text.append(f" ({row.format_truth()})", "yellow")
        text.append(f"\n{row.format_interval()}", "dim")
        if row.estimate:
            text.append(f"\n{gettext('estimate {number}', number=row.format_estimate())}")
            text.append(f"\n{row.format_estimate_interval()}", "dim")
        return text

    def _label(self, row: FigureRow) -> str:
        return row.label(self.titles) or gettext("together")

    def _platform_title(self, platform: str) -> str:
        return self.titles.get(platform, platform)


def _plot(row: FigureRow, scale: PlotScale) -> Text:
    if row.is_weekly_total or row.low is None:
        return Text()
    # Where it may be more and nobody knows how much, the line ends at the figure.
    high = row.high if row.high is not None else max(row.low, row.value or 0)
    return scale.draw(row.low, high, figure=row.value, truth=row.truth)


def _estimate_with_interval(row: FigureRow) -> str:
    interval = row.format_estimate_interval()
    return f"{row.format_estimate()} ({interval})" if interval else ""


def _most_used_first(rows: Sequence[FigureRow]) -> list[str]:
    totals = {row.cell.platform: 0 for row in rows}
    for row in rows:
        totals[row.cell.platform] += row.value or 0
    return sorted(totals, key=lambda platform: -totals[platform])
