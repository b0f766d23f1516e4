"""What noise does to one figure: an example in words, in a table and in a drawing.

The intervals are made by what makes those of every figure.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from monitor.release import figures, tables
from monitor.release.figures import Figure, ShownFigure
from monitor.release.tables import Cell, TableName, TableSpec

DRAWN = 85
"""The figure that is explained."""
WIDTH = 320
"""Of the drawing."""
MARGIN = 20
"""At either side of it."""
STEP = 50
"""Between two numbers on its axis."""


@dataclass(frozen=True, slots=True)
class Example:
    """The figure, when it stands in one of the tables."""

    table: TableSpec
    shown: ShownFigure


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where things stand from left to right, out of `WIDTH`."""

    low: int
    figure: int
    high: int
    ticks: tuple[tuple[int, int], ...]
    """Numbers on the axis, each with its place."""
    first: int
    last: int
    width: int = WIDTH


def examples() -> tuple[Example, ...]:
    """Give the figure as it would stand in each table that is drawn."""
    return tuple(Example(table, _shown(table.name)) for table in tables.DRAWN)


def no_clear_difference() -> int:
    """Give a figure of another day that says nothing else than the example does."""
    shown = _shown(TableName.LESSON_HOURS)
    step = figures.ROUNDING_STEP
    return DRAWN + max(step, (shown.high - DRAWN) // 2 // step * step)


def drawing() -> Drawing:
    """Place the figure and its interval on a line that begins at nothing."""
    shown = _shown(TableName.LESSON_HOURS)
    top = -(-shown.high // STEP) * STEP

    def place(number: int) -> int:
        return MARGIN + number * (WIDTH - 2 * MARGIN) // top

    return Drawing(
        low=place(shown.low),
        figure=place(DRAWN),
        high=place(shown.high),
        ticks=tuple((number, place(number)) for number in range(0, top + 1, STEP)),
        first=place(0),
        last=place(top),
    )


def _shown(table: TableName) -> ShownFigure:
    figure = Figure(Cell(table, date.min), DRAWN, datetime.min.replace(tzinfo=UTC))
    shown = figure.shown
    assert shown is not None  # noqa: S101 (it was drawn)
    return shown
