"""All that a terminal shows of released figures, from the sentence at its head to its legend."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from dashboards.figures.row import FigureRow
from dashboards.figures.selection import latest_rows
from dashboards.figures.summary import summarise_latest_week
from dashboards.terminal.tables import FigureTables
from dashboards.terminal.visibility import WeekVisibility, visibility_table
from monitor import catalogue
from monitor.configuration import Configuration
from monitor.release.layers import Layer, Layers
from monitor.release.tables import TABLES, Dimension, Face, TableName
from schedules.language import gettext

MAX_WIDTH = 100
"""Characters: a longer line is hard to read."""
CROSSED = (Dimension.LAYER, Dimension.PLATFORM)
"""The dimensions of a table that has a row for each of the first, and a column for the second."""


@dataclass(frozen=True, slots=True)
class TerminalFigures:
    """What is shown, in the active language.

    Args:
        rows: what may be shown.
        has_truth: whether it is also shown what is true.
        school: its configuration.
        width: of the terminal, in characters.
        visibility: of the latest week, if it is known.
    """

    rows: Sequence[FigureRow]
    has_truth: bool
    school: Configuration
    width: int
    visibility: WeekVisibility | None = None

    def renderables(self) -> Iterator[RenderableType]:
        """Yield what is shown, from top to bottom."""
        titles = {
            platform.name: platform.title for platform in catalogue.load_catalogue().platforms
        }
        pupils = sum(layer.pupils for layer in self.school.layers)
        summary = summarise_latest_week(self.rows, pupils=pupils, titles=titles)
        if self.school.is_on_trial:
            trial = gettext("On trial: at the moment nothing is counted and nothing is released.")
            yield Padding(Text(trial, "yellow"), (1, 0, 0, 0))
        yield Padding(Text(summary, "bold"), (1, 0))
        if self.rows:
            yield from self._tables(FigureTables(titles, min(self.width, MAX_WIDTH)))
            legend = gettext(
                "Each figure was released with random noise and rounded to 5: the line is the "
                "interval that holds the true number in 95 of 100 cases, the dot is the figure."
            )
            if any(row.estimate for row in self.rows):
                legend += gettext(
                    " The estimate is worked out from the figure and those of the weeks before: it "
                    "is mostly nearer to the truth, and it is no count."
                )
            if self.has_truth:
                legend += gettext(
                    " The diamond (and what is in brackets) is true: only a simulation knows it."
                )
            yield Padding(Text(legend, "dim"), (0, 0, 1, 0))

    def _tables(self, tables: FigureTables) -> Iterator[RenderableType]:
        shown = [table for table in TABLES.values() if Face.TERMINAL in table.faces]
        listed = [table for table in shown if table.dimensions != CROSSED]
        for _, together in groupby(listed, key=lambda table: table.words.title):
            if rows := [row for table in together for row in self._rows_in_order(table.name)]:
                yield tables.list_table(rows)
        for table in shown:
            rows = self._rows_in_order(table.name)
            if rows and table.dimensions == CROSSED:
                yield from tables.cross_tables(rows)
        if self.visibility:
            yield visibility_table(self.visibility)

    def _rows_in_order(self, table: TableName) -> list[FigureRow]:
        """Return a table's latest figures: hours as they fell, layers as on the roster."""
        roster = tuple(Layer(layer.name, layer.pupils) for layer in self.school.layers)
        place = {name: number for number, name in enumerate(Layers(roster).released)}
        as_they_fell = sorted(latest_rows(self.rows, table), key=lambda row: row.released_at)
        return sorted(
            as_they_fell,
            key=lambda row: (place.get(row.cell.layer, len(place)), -_platform_size(row)),
        )


def _platform_size(row: FigureRow) -> int:
    """Return how large a platform's figure is; other rows stand in an order of their own."""
    return (row.value or 0) if row.cell.platform else 0
