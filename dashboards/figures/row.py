"""One row of the frame, typed: a released figure as it is shown."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from dashboards.figures.frame import TRUE
from dashboards.figures.wording import Wording
from monitor.release.tables import Cell, TableName


@dataclass(frozen=True, slots=True)
class Line:
    """A figure, its interval, and what is true where a simulation knows it."""

    cell: Cell
    figure: str
    """`85`, `<20`, or nothing where there is no figure."""
    low: int | None
    high: int | None
    missing: int
    parts: int
    true: int | None

    @property
    def value(self) -> int | None:
        """The figure as a number; None when it is below 20, or there is none."""
        return int(self.figure) if self.figure.isdecimal() else None

    @property
    def is_total(self) -> bool:
        """Whether it is of all platforms and lesson hours of a week."""
        return self.cell.table is TableName.WEEK

    def written(self, wording: Wording) -> str:
        """Write the figure, or that there is none."""
        if self.value is not None:
            return wording.number(self.value)
        return self.figure or wording.no_figure

    def interval(self, wording: Wording) -> str:
        """Write the interval, if there is one."""
        if self.low is None or self.high is None:
            return ""
        return wording.span(self.low, self.high)

    def written_true(self, wording: Wording) -> str:
        """Write what is true, if that is known."""
        return "" if self.true is None else wording.number(self.true)


def lines(figures: pd.DataFrame) -> list[Line]:
    """Read a frame's rows, in their order."""
    return [_line(row) for row in figures.to_dict("records")]


def _line(row: Mapping[Hashable, Any]) -> Line:
    return Line(
        cell=Cell(
            TableName(row["table"]),
            date.fromisoformat(row["day"]),
            row["period"],
            row["layer"],
            row["platform"],
        ),
        figure=row["figure"],
        low=_number(row["low"]),
        high=_number(row["high"]),
        missing=row["missing"],
        parts=row["parts"],
        true=_number(row.get(TRUE)),
    )


def _number(value: Any) -> int | None:
    return None if value is None or value is pd.NA else int(value)
