"""What a school sees of its weeks: draws, intervals and estimates, beside what is true.

The noise is discrete Laplace of numpy's generator, for speed; a release takes OpenDP's. Intervals
and estimates are those of the product.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import product
from math import exp, inf, isnan
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from monitor.release.estimates.figure_estimator import FigureEstimator
from monitor.release.figures import CountInterval, Figure, half_width
from monitor.release.tables import (
    B1,
    B2,
    BEYOND,
    HOURS_A_DAY,
    R1,
    R2,
    R3,
    R4,
    SCHOOL_DAYS,
    W1,
    W2,
    Cell,
    TableSpec,
)
from tests.benchmark.school_weeks import SchoolWeeks

FIRST_MONDAY = date(2026, 8, 3)
"""Of a school year, so that the weeks are in one."""
RELEASED_AT = datetime(2026, 8, 3, tzinfo=UTC)
NAN = float("nan")
DECLARED = R1.epsilon + R2.epsilon + R3.epsilon + R4.epsilon


@dataclass(frozen=True, slots=True)
class Budget:
    """What the tables lose in a day."""

    tables: float = DECLARED
    """R1 to R4 together."""
    hours_beyond: float = 0.01
    platforms_beyond: float = 0.01

    def scale(self, table: TableSpec) -> float:
        """Of the noise in a table's draws."""
        return table.scale * DECLARED / self.tables


class JudgedFigure(NamedTuple):
    """A figure beside the truth."""

    true: float
    drawn: float
    low: float
    high: float
    """The interval of what the caps let through, as it was."""
    true_low: float
    true_high: float
    """The interval of the true count."""
    estimate: float
    estimate_low: float
    estimate_high: float


type JudgedTables = Mapping[str, list[JudgedFigure]]


@dataclass(frozen=True, slots=True)
class DrawnWeeks:
    """What was drawn of a school's weeks."""

    hours: NDArray[np.float64]
    platforms: NDArray[np.float64]
    layers: NDArray[np.float64]
    layer_platforms: NDArray[np.float64]
    hours_beyond: NDArray[np.float64]
    platforms_beyond: NDArray[np.float64]


def draw_weeks(weeks: SchoolWeeks, budget: Budget, chance: np.random.Generator) -> DrawnWeeks:
    """Draw every figure of some weeks."""

    def draw(counts: NDArray[np.int64], scale: float) -> NDArray[np.float64]:
        stop = 1 - exp(-1 / scale)
        noise = chance.geometric(stop, counts.shape) - chance.geometric(stop, counts.shape)
        return (counts + noise).astype(float)

    return DrawnWeeks(
        hours=draw(weeks.hours_within, budget.scale(R1)),
        platforms=draw(weeks.platforms_within, budget.scale(R2)),
        layers=draw(weeks.layers, budget.scale(R3)),
        layer_platforms=draw(weeks.layer_platforms_within, budget.scale(R4)),
        hours_beyond=draw(weeks.hours_beyond, 1 / budget.hours_beyond),
        platforms_beyond=draw(weeks.platforms_beyond, 1 / budget.platforms_beyond),
    )


def judge(weeks: SchoolWeeks, drawn: DrawnWeeks, budget: Budget, *, first: int) -> JudgedTables:
    """Hold what is shown of each week, from the first that counts, against the truth."""
    reader = _Reader(weeks, drawn, budget)
    judged: dict[str, list[JudgedFigure]] = defaultdict(list)
    for week in range(len(drawn.hours)):
        for name, figure in reader.read(week):
            if week >= first:
                judged[name].append(figure)
    return judged


class _Reader:
    """Reads the weeks in the order of their release, and knows no later one."""

    def __init__(self, weeks: SchoolWeeks, drawn: DrawnWeeks, budget: Budget) -> None:
        self._weeks = weeks
        self._drawn = drawn
        self._budget = budget
        self._estimator = FigureEstimator()

    def read(self, week: int) -> Iterator[tuple[str, JudgedFigure]]:
        """Read a week's figures, with the names of their tables."""
        monday = FIRST_MONDAY + timedelta(weeks=week)
        for number in range(SCHOOL_DAYS):
            day = monday + timedelta(days=number)
            for hour in range(HOURS_A_DAY):
                draw, true = (of.hours[week, number, hour] for of in (self._drawn, self._weeks))
                yield from self._release(R1, [(R1.cell(day, (str(hour + 1),)), draw, true)])
            for table, draws, truths in (
                (R2, self._drawn.platforms, self._weeks.platforms),
                (R3, self._drawn.layers, self._weeks.layers),
            ):
                cells = [table.cell(day, (str(name),)) for name in range(draws.shape[-1])]
                counted = zip(cells, draws[week, number], truths[week, number], strict=True)
                yield from self._release(table, counted)
        yield from self._release_week(week, monday)

    def _release(
        self, table: TableSpec, counted: Iterable[tuple[Cell, float, float]]
    ) -> Iterator[tuple[str, JudgedFigure]]:
        scale = self._budget.scale(table)
        figures = {_figure(cell, draw, scale): true for cell, draw, true in counted}
        yield from self._judge(figures)

    def _release_week(self, week: int, monday: date) -> Iterator[tuple[str, JudgedFigure]]:
        drawn, weeks = self._drawn, self._weeks
        figures: dict[Figure, float] = {}
        for key in product(*map(range, drawn.layer_platforms.shape[1:])):
            cell = R4.cell(monday, tuple(map(str, key)))
            figure = _figure(cell, drawn.layer_platforms[week][key], self._budget.scale(R4))
            figures[figure] = float(weeks.layer_platforms[week][key])
        for table, counts, loss in (
            (B1, drawn.hours_beyond, self._budget.hours_beyond),
            (B2, drawn.platforms_beyond, self._budget.platforms_beyond),
        ):
            for beyond, count in zip(BEYOND, counts[week], strict=True):
                figures[_figure(table.cell(monday, (beyond,)), count, 1 / loss)] = NAN
        hours = drawn.hours[week]
        total = _figure(W1.cell(monday, ()), hours.sum(), self._budget.scale(R1), hours.size)
        figures[total] = float(weeks.hours[week].sum())
        for number, draw in enumerate(drawn.platforms[week].sum(axis=0)):
            cell, scale = W2.cell(monday, (str(number),)), self._budget.scale(R2)
            true = float(weeks.platforms[week, :, number].sum())
            figures[_figure(cell, draw, scale, SCHOOL_DAYS)] = true
        yield from self._judge(figures)

    def _judge(self, figures: Mapping[Figure, float]) -> Iterator[tuple[str, JudgedFigure]]:
        estimated = self._estimator.estimate([*figures])
        for figure, true in zip(estimated, figures.values(), strict=True):
            if not isnan(true):
                yield figure.cell.table.value, _judge_figure(figure, true)


def _figure(cell: Cell, drawn: float, scale: float, parts: int = 1) -> Figure:
    return Figure(cell, int(drawn), RELEASED_AT, parts=parts, scale=scale)


def _judge_figure(figure: Figure, true: float) -> JudgedFigure:
    drawn, width = float(figure.drawn or 0), half_width(figure.noise_scale, figure.parts)
    interval, estimate = figure.interval, figure.estimate
    assert interval
    of_estimate = estimate.interval if estimate else interval
    return JudgedFigure(
        true,
        drawn,
        max(0.0, drawn - width),
        max(0.0, drawn + width),
        interval.low,
        _end(interval),
        float(estimate.value if estimate else drawn),
        of_estimate.low,
        _end(of_estimate),
    )


def _end(interval: CountInterval) -> float:
    return inf if interval.high is None else interval.high
