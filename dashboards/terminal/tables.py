"""Released figures as tables in a terminal, of at most its width."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from dashboards.figures.row import Line
from dashboards.figures.wording import Wording
from dashboards.terminal.plot import Scale
from monitor.release.tables import WEEKLY

NARROWEST_PLOT = 12
"""Characters, like what follows."""
PLATFORM_COLUMN = 12
"""With the space beside it."""
OTHER_COLUMNS = 40
"""A figure, its interval and what is true, with the space beside them."""

type Column = tuple[str, Callable[[Line], str], str]


@dataclass(frozen=True, slots=True)
class Tables:
    """Makes tables of figures.

    Args:
        wording: the language.
        titles: how people write each platform.
        width: of the terminal, in characters.
    """

    wording: Wording
    titles: Mapping[str, str]
    width: int

    def listed(self, lines: Sequence[Line]) -> Group:
        """Make a table with a line for each figure of a day or a week, in their order."""
        columns = self._columns(has_truth=any(line.true is not None for line in lines))
        table = self._begun(lines)
        for heading, _, style in columns:
            table.add_column(heading, justify="right", no_wrap=True, style=style)
        table.add_column("", no_wrap=True)
        scale = self._scale(lines)
        for line in lines:
            cells = [write(line) for _, write, _ in columns]
            table.add_row(self._label(line), *cells, _plotted(line, scale))
            if line.is_total:
                table.add_section()
        return self._titled(lines, table)

    def crossed(self, lines: Sequence[Line]) -> Iterator[Group]:
        """Make tables with a line for each layer and a column for each platform, as many as fit."""
        by_cell = {(line.cell.layer, line.cell.platform): line for line in lines}
        layers = tuple(dict.fromkeys(line.cell.layer for line in lines))
        fit = max(1, (self.width - max(map(len, layers))) // PLATFORM_COLUMN)
        for platforms in batched(_most_used_first(lines), fit):
            table = self._begun(lines)
            for platform in platforms:
                table.add_column(self._title(platform), justify="right", no_wrap=True)
            for layer in layers:
                found = (by_cell.get((layer, platform)) for platform in platforms)
                table.add_row(layer, *(self._small(line) if line else "" for line in found))
            yield self._titled(lines, table)

    def _begun(self, lines: Sequence[Line]) -> Table:
        table = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False)
        table.add_column(self.wording.lines[lines[0].cell.table], no_wrap=True)
        return table

    def _titled(self, lines: Sequence[Line], table: Table) -> Group:
        cell = lines[0].cell
        write = self.wording.week if cell.table in WEEKLY else self.wording.day
        title = Text(self.wording.titles[cell.table].format(when=write(cell.day)), "bold")
        unit = Text(self.wording.units[cell.table], "dim")
        left_out = [Text(f"{line}\n") for line in self._incomplete(lines)]
        return Group(title, unit, table, *left_out)

    def _incomplete(self, lines: Sequence[Line]) -> Iterator[str]:
        """Say of which totals a part is missing."""
        for line in lines:
            if line.cell.table in WEEKLY and line.missing:
                yield self.wording.incomplete.format(
                    what=self._label(line), missing=line.missing, parts=line.parts
                )

    def _columns(self, *, has_truth: bool) -> list[Column]:
        """Give heading, contents and style of what stands between a line's label and its plot."""
        wording = self.wording
        columns: list[Column] = [
            (wording.figure, lambda line: line.written(wording), "bold cyan"),
            (wording.interval, lambda line: line.interval(wording), ""),
        ]
        if has_truth:
            columns.append((wording.true, lambda line: line.written_true(wording), "yellow"))
        return columns

    def _scale(self, lines: Sequence[Line]) -> Scale:
        """Give the scale that all plots of a table share; a total has none."""
        compared = [line for line in lines if not line.is_total]
        largest = max((max(line.high or 0, line.true or 0) for line in compared), default=0)
        labels = [self.wording.lines[lines[0].cell.table], *map(self._label, lines)]
        left = self.width - max(map(len, labels)) - OTHER_COLUMNS
        return Scale(largest, max(NARROWEST_PLOT, left))

    def _small(self, line: Line) -> Text:
        text = Text().append(line.written(self.wording), "bold cyan")
        if line.true is not None:
            text.append(f" ({line.written_true(self.wording)})", "yellow")
        return text.append(f"\n{line.interval(self.wording)}", "dim")

    def _label(self, line: Line) -> str:
        if line.is_total:
            return self.wording.together
        return line.cell.period or line.cell.layer or self._title(line.cell.platform)

    def _title(self, platform: str) -> str:
        return self.titles.get(platform, platform)


def _plotted(line: Line, scale: Scale) -> Text:
    if line.is_total or line.low is None or line.high is None:
        return Text()
    return scale.line(line.low, line.high, figure=line.value, true=line.true)


def _most_used_first(lines: Sequence[Line]) -> list[str]:
    totals = {line.cell.platform: 0 for line in lines}
    for line in lines:
        totals[line.cell.platform] += line.value or 0
    return sorted(totals, key=lambda platform: -totals[platform])
