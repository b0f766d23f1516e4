"""What noise does to one figure: an example in words, in a table and in a drawing.

The intervals are made by what makes those of every figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from monitor.release import figures, tables
from monitor.release.figures import Figure
from monitor.release.tables import Cell, TableSpec

FIGURE = 85
"""The figure that is explained."""
WIDTH = 320
"""Of the drawing."""
MARGIN = 20
"""At either side of it."""
STEP = 50
"""Between two numbers on its axis."""


@dataclass(frozen=True, slots=True)
class FigureExample:
    """The figure, when it stands in one of the tables."""

    table: TableSpec
    shown: "ExampleInterval"


@dataclass(frozen=True, slots=True)
class ExampleInterval:
    """Of the noise alone."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class ExampleDrawing:
    """Where things stand from left to right, out of `WIDTH`."""

    low: int
    figure: int
    high: int
    ticks: tuple[tuple[int, int], ...]
    """Numbers on the axis, each with its place."""
    first: int
    last: int
    width: int = WIDTH


def examples(drawn: Sequence[TableSpec] = tables.DRAWN) -> tuple[FigureExample, ...]:
    """Return the figure as it would stand in each table of devices.

    Args:
        drawn: the tables, with the noise that they have here.
    """
    return tuple(FigureExample(table, _shown(table)) for table in drawn if _is_read(table))


def _is_read(table: TableSpec) -> bool:
    """Say whether its figures are numbers of devices that everyone can read about.

    What is one figure of a week is read by the directie alone, and has another noise.
    """
    return table.points == 1 and not table.beyond and not table.counted.has_one_cell


def indistinct_figure(drawn: Sequence[TableSpec] = tables.DRAWN) -> int:
    """Return a figure of another day that does not differ clearly from the example."""
    shown = examples(drawn)[0].shown
    step = figures.ROUNDING_STEP
    return FIGURE + max(step, (shown.high - FIGURE) // 2 // step * step)


def drawing(drawn: Sequence[TableSpec] = tables.DRAWN) -> ExampleDrawing:
    """Place the figure and its interval on a line that begins at nothing."""
    shown = examples(drawn)[0].shown
    top = -(-shown.high // STEP) * STEP

    def place(number: int) -> int:
        return MARGIN + number * (WIDTH - 2 * MARGIN) // top

    return ExampleDrawing(
        low=place(shown.low),
        figure=place(FIGURE),
        high=place(shown.high),
        ticks=tuple((number, place(number)) for number in range(0, top + 1, STEP)),
        first=place(0),
        last=place(top),
    )


def _shown(table: TableSpec) -> ExampleInterval:
    cell, moment = Cell(table.name, date.min), datetime.min.replace(tzinfo=UTC)
    shown = Figure(cell, FIGURE, moment, scale=table.scale).shown
    assert shown is not None  # noqa: S101 (it was drawn)
    assert shown.high is not None  # noqa: S101 (no cap cuts an example)
    return ExampleInterval(shown.low, shown.high)
