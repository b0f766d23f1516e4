"""Which history each released figure has, and what is estimated of it from that.

A lesson hour resembles the same one of other weeks, a day and a week resemble those before. A new
school year begins with nothing: pupils, timetable and layers are others.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from math import sqrt
from typing import NamedTuple

from monitor.release.estimates.local_level import CellEstimate, LevelEstimator
from monitor.release.figures import Figure
from monitor.release.tables import Cell, TableName
from schedules.calendar import monday, school_year_start

NEW_WEEK, NEW_HOUR = 0.2, 0.015


class HowCellsVary(NamedTuple):
    """How unlike each other the cells of a table are from slot to slot."""

    new_day: float
    """By which part of itself use may differ from the day before. How many devices are active at
    all changes less than how active they are."""
    spread: float
    """The variance around what is expected, for each device that is."""
    wandering: float
    """By which part of itself a cell's usual height changes: a hundredth a week."""


VARIED: Mapping[TableName, HowCellsVary] = {
    TableName.LESSON_HOURS: HowCellsVary(0.1, 0.8, 0.01),
    TableName.PLATFORMS: HowCellsVary(0.1, 0.7, 0.0045),
    TableName.LAYERS: HowCellsVary(0.05, 0.3, 0.0045),
    TableName.LAYER_PLATFORMS: HowCellsVary(NEW_WEEK, 0.7, 0.01),
}
"""The tables of which cells are estimated."""


class TableLevel:
    """The level of one table, which is followed from slot to slot."""

    def __init__(self, name: TableName) -> None:
        self._name = name
        self._varied = VARIED[name]
        self._last: date | None = None
        self._begin()

    def estimate(self, figures: Iterable[Figure]) -> Mapping[Cell, CellEstimate]:
        """Estimate the cells of a slot that have a history; the others are left out.

        A figure of a week in which days are missing is of something else, and is left out too.
        """
        drawn = {
            figure.cell: float(figure.drawn)
            for figure in figures
            if figure.drawn is not None and not figure.missing
        }
        if not drawn:
            return {}
        day = next(iter(drawn)).day
        noise = max(figure.noise_scale for figure in figures if figure.drawn is not None)
        if self._last and school_year_start(day) != school_year_start(self._last):
            self._begin()
        keys = {cell: _key(cell) for cell in drawn}
        known = {cell for cell, key in keys.items() if self._estimator.knows(key)}
        estimates = self._estimator.estimate(
            {keys[cell]: value for cell, value in drawn.items()},
            self._drift(day),
            sqrt(2) * noise,
            parents={keys[cell]: cell.period for cell in drawn if cell.period},
            groups={keys[cell]: cell.platform for cell in drawn if cell.layer and cell.platform},
        )
        self._last = day
        return {cell: estimates[keys[cell]] for cell in drawn if cell in known}

    def _begin(self) -> None:
        self._estimator = LevelEstimator(self._varied.spread, self._varied.wandering)
        self._last = None

    def _drift(self, day: date) -> float:
        if self._last is None or monday(day) != monday(self._last):
            return NEW_WEEK
        return NEW_HOUR if day == self._last else self._varied.new_day


def _key(cell: Cell) -> str:
    if cell.period:
        return f"{cell.day.weekday()} {cell.period}"
    return f"{cell.layer}/{cell.platform}"
