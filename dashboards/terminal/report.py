"""All that is shown of a selection of figures, from the sentence at its head to its legend."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from dashboards.figures.frame import TRUE
from dashboards.figures.row import Line, lines
from dashboards.figures.selection import latest
from dashboards.figures.summary import summary
from dashboards.figures.wording import Wording
from dashboards.terminal.tables import Tables
from monitor import catalogue
from monitor.configuration import Configuration
from monitor.release.layers import Layer, Layers
from monitor.release.tables import TableName

WIDEST = 100
"""Characters: a longer line is hard to read."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is shown, in one language.

    Args:
        figures: what may be shown.
        school: its configuration.
        wording: the language.
        width: of the terminal, in characters.
    """

    figures: pd.DataFrame
    school: Configuration
    wording: Wording
    width: int

    def parts(self) -> Iterator[RenderableType]:
        """Give what is shown, one thing below the other."""
        titles = {platform.name: platform.title for platform in catalogue.load().platforms}
        pupils = sum(layer.pupils for layer in self.school.layers)
        said = summary(self.figures, pupils=pupils, titles=titles, wording=self.wording)
        yield Padding(Text(said, "bold"), (1, 0))
        if not self.figures.empty:
            yield from self._tables(Tables(self.wording, titles, min(self.width, WIDEST)))
            legend = self.wording.legend
            if TRUE in self.figures:
                legend += self.wording.legend_true
            yield Padding(Text(legend, "dim"), (0, 0, 1, 0))

    def _tables(self, tables: Tables) -> Iterator[RenderableType]:
        for together in LISTED:
            if found := [line for table in together for line in self._ordered(table)]:
                yield tables.listed(found)
        if found := self._ordered(TableName.LAYER_PLATFORMS):
            yield from tables.crossed(found)

    def _ordered(self, table: TableName) -> list[Line]:
        """Give a table's latest figures: hours as they fell, layers as on the roster."""
        found = latest(self.figures, table).sort_values("released_at", kind="stable")
        roster = tuple(Layer(one.name, one.pupils) for one in self.school.layers)
        place = {name: number for number, name in enumerate(Layers(roster).released)}
        return sorted(
            lines(found),
            key=lambda line: (place.get(line.cell.layer, len(place)), -_size(line)),
        )


def _size(line: Line) -> int:
    """Say how large a platform's figure is; other lines stand in an order of their own."""
    return (line.value or 0) if line.cell.platform else 0


LISTED = (
    (TableName.LESSON_HOURS,),
    (TableName.PLATFORMS,),
    (TableName.LAYERS,),
    (TableName.WEEK, TableName.WEEK_PLATFORMS),
)
"""Which tables stand together."""
