"""A released figure as it may be shown: rounded, with its interval, and not as it was drawn.

One type carries a figure from the store to every page, file, report and terminal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import sqrt

from monitor.release.figures import Figure, ShownFigure, half_width
from monitor.release.tables import TABLES, Cell, TableSpec
from schedules.language import gettext, writing


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure, its interval, and what is true where a simulation knows it."""

    cell: Cell
    text: str
    """`85`, `<20`, or nothing where there is no figure."""
    value: int | None
    """None when it is below 20, or there is no figure."""
    low: int | None
    """Of the interval; None where there is no figure."""
    high: int | None
    """None beside a `low`: it may be more, and how much more is not known."""
    missing: int
    """How many of its parts had no figure; of a table that is drawn by the week, how many days are
    not in it."""
    parts: int
    released_at: datetime
    truth: int | None = None
    scale: float | None = None
    """Of the noise in each part, where it is not the one that its table declares."""
    estimate: ShownFigure | None = None
    """From the school's own history; None where there is none."""

    @classmethod
    def from_figure(cls, figure: Figure) -> "FigureRow":
        """Keep of a released figure what may be shown."""
        shown = figure.shown
        missing = 0 if _is_drawn(figure.cell) else figure.missing
        return cls(
            cell=figure.cell,
            text=shown.text if shown else "",
            value=shown.value if shown else None,
            low=shown.low if shown else None,
            high=shown.high if shown else None,
            missing=figure.missing,
            parts=figure.parts + missing if shown else missing,
            released_at=figure.released_at,
            scale=figure.scale,
            estimate=figure.shown_estimate,
        )

    @property
    def is_weekly_total(self) -> bool:
        """Whether it is of everything in a week, and no part of it."""
        table = TABLES[self.cell.table]
        return table.is_weekly and not table.dimensions

    @property
    def noise(self) -> float:
        """How far it can be from the exact count by its noise, in 95 % of cases."""
        table = TABLES[self.cell.table]
        scale = table.scale if self.scale is None else self.scale
        return half_width(scale, self.measured_parts) / table.points

    @property
    def noise_deviation(self) -> float:
        """The standard deviation of the noise in it."""
        table = TABLES[self.cell.table]
        scale = table.scale if self.scale is None else self.scale
        return sqrt(2 * self.measured_parts) * scale / table.points

    @property
    def measured_parts(self) -> int:
        """How many of its parts had a figure."""
        return self.parts - (0 if _is_drawn(self.cell) else self.missing)

    @property
    def days_left_out(self) -> int:
        """How many days of a week that is drawn as a whole are not in it."""
        return self.missing if _is_drawn(self.cell) else 0

    @property
    def missing_parts(self) -> int:
        """How many parts of a sum had no figure."""
        return self.missing - self.days_left_out

    def label(self, platform_titles: Mapping[str, str]) -> str:
        """Write what the figure is of, besides its day; nothing for a table without dimensions.

        Args:
            platform_titles: how people write each platform.
        """
        cell = self.cell
        platform = platform_titles.get(cell.platform, cell.platform)
        return ", ".join(filter(None, (cell.period, cell.layer, platform)))

    def format_figure(self) -> str:
        """Write the figure, or that there is none."""
        if self.value is not None:
            return writing.number(self.value)
        return self.text or gettext("no figure")

    def format_interval(self) -> str:
        """Write the interval, if there is one."""
        if self.low is None:
            return ""
        if self.high is None:
            return gettext("at least {count}", count=writing.number(self.low))
        return writing.interval(self.low, self.high)

    def format_estimate(self) -> str:
        """Write the estimate, if there is one."""
        if self.estimate is None:
            return ""
        value = self.estimate.value
        return self.estimate.text if value is None else writing.number(value)

    def format_estimate_interval(self) -> str:
        """Write the interval of the estimate, if there is one."""
        if self.estimate is None or self.estimate.high is None:
            return ""
        return writing.interval(self.estimate.low, self.estimate.high)

    def format_truth(self) -> str:
        """Write what is true, if that is known."""
        return "" if self.truth is None else writing.number(self.truth)


def _is_drawn(cell: Cell) -> bool:
    """Say whether a figure is one draw, and no sum of others."""
    return isinstance(TABLES[cell.table], TableSpec)


def figure_rows(figures: Iterable[Figure]) -> list[FigureRow]:
    """Keep of released figures what may be shown, in their order."""
    return [FigureRow.from_figure(figure) for figure in figures]
