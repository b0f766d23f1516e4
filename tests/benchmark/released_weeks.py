"""What a school sees of its weeks: draws, intervals and estimates, beside what is true.

The noise is discrete Laplace of numpy's generator, for speed; a release takes OpenDP's. Intervals
and estimates are those of the product.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import exp, hypot, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from monitor.release.estimates.beyond_caps import (
    NOTHING_BEYOND,
    UNEVEN_PLATFORMS,
    ShareBeyond,
    WeekBeyond,
    add_up_beyond,
    estimate_share,
    weigh_hour,
    weigh_total,
)
from monitor.release.estimates.local_level import CellEstimate, LevelEstimator
from monitor.release.figures import half_width
from monitor.release.tables import HOURS_A_DAY, R1, R2, R3, R4, SCHOOL_DAYS, TableSpec
from tests.benchmark.school_weeks import MAX_HISTOGRAM, SchoolWeeks

NEW_WEEK, NEW_HOUR = 0.2, 0.015
NEW_DAY = {"R1": 0.1, "R2": 0.1, "R3": 0.05}
"""By which part of itself use may differ from the slot before. How many devices are active at all
changes less than how active they are."""
SPREADS = {"R1": 0.8, "R2": 0.7, "R3": 0.3, "R4": 0.7}
WANDERINGS = {"R1": 0.01, "R2": 0.0045, "R3": 0.0045, "R4": 0.01}
"""A hundredth a week."""
HOURS = range(1, HOURS_A_DAY + 1)
HOUR_WEIGHTS = {hour: weigh_hour(hour, hours=HOURS_A_DAY, cap=R1.cap) for hour in HOURS}
TOTAL_WEIGHTS = weigh_total(hours=HOURS_A_DAY, cap=R1.cap)
PLATFORM_WEIGHTS = [float(number) for number in range(1, MAX_HISTOGRAM + 1)]
DECLARED = R1.epsilon + R2.epsilon + R3.epsilon + R4.epsilon


@dataclass(frozen=True, slots=True)
class Budget:
    """What the tables lose in a day."""

    tables: float = 0.91
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
        self._scales = {table.name.value: budget.scale(table) for table in (R1, R2, R3, R4)}
        self._estimators = {
            name: LevelEstimator(sqrt(2) * scale, SPREADS[name], WANDERINGS[name])
            for name, scale in self._scales.items()
        }
        self._hour_noise = sqrt(2) / budget.hours_beyond
        self._platform_noise = sqrt(2) / budget.platforms_beyond
        self._hour_history: dict[int, list[WeekBeyond]] = {hour: [] for hour in HOURS}
        self._total_history: list[WeekBeyond] = []
        self._platform_history: list[WeekBeyond] = []

    def read(self, week: int) -> Iterator[tuple[str, JudgedFigure]]:
        """Read a week's figures, with the names of their tables."""
        for day in range(SCHOOL_DAYS):
            yield from self._read_hours(week, day)
            yield from self._read_day(week, day)
        self._learn(week)
        of_platforms = self._platform_share(float(self._drawn.platforms[week].sum()))
        keys = list(product(*map(range, self._drawn.layer_platforms.shape[1:])))
        yield from self._read_slot(
            "R4",
            {str(key): float(self._drawn.layer_platforms[week][key]) for key in keys},
            [float(self._weeks.layer_platforms[week][key]) for key in keys],
            NEW_WEEK,
            of_platforms,
            groups={str(key): str(key[-1]) for key in keys},
        )
        true, drawn = (counts.hours[week] for counts in (self._weeks, self._drawn))
        width = half_width(self._scales["R1"], drawn.size)
        noise = self._hour_noise * hypot(*TOTAL_WEIGHTS)
        total = estimate_share(self._total_history, noise, _use(drawn))
        yield "W1", _judge_draw(float(true.sum()), float(drawn.sum()), width, total)
        width = half_width(self._scales["R2"], SCHOOL_DAYS)
        true, drawn = (counts.platforms[week].sum(axis=0) for counts in (self._weeks, self._drawn))
        for count, value in zip(true, drawn, strict=True):
            yield "W2", _judge_draw(float(count), float(value), width, of_platforms)

    def _read_hours(self, week: int, day: int) -> Iterator[tuple[str, JudgedFigure]]:
        drawn = self._drawn.hours[week, day]
        for hour in HOURS:
            # What is cut away begins after the hours that no cap can cut, and those are known then.
            share = self._hour_share(hour, SCHOOL_DAYS * _use(drawn))
            key = f"{day} {hour}"
            yield from self._read_slot(
                "R1",
                {key: float(drawn[hour - 1])},
                [float(self._weeks.hours[week, day, hour - 1])],
                NEW_HOUR if hour > 1 else NEW_DAY["R1"] if day else NEW_WEEK,
                share if hour > R1.cap else NOTHING_BEYOND,
                parents={key: str(hour)},
            )

    def _read_day(self, week: int, day: int) -> Iterator[tuple[str, JudgedFigure]]:
        of_platforms = self._platform_share(
            SCHOOL_DAYS * float(self._drawn.platforms[week, day].sum())
        )
        for name, counts, truth, share in (
            ("R2", self._drawn.platforms, self._weeks.platforms, of_platforms),
            ("R3", self._drawn.layers, self._weeks.layers, NOTHING_BEYOND),
        ):
            cells = {str(key): float(count) for key, count in enumerate(counts[week, day])}
            true = [float(count) for count in truth[week, day]]
            yield from self._read_slot(name, cells, true, NEW_DAY[name] if day else NEW_WEEK, share)

    def _read_slot(
        self,
        name: str,
        drawn: Mapping[str, float],
        true: list[float],
        drift: float,
        share: ShareBeyond,
        *,
        parents: Mapping[str, str] | None = None,
        groups: Mapping[str, str] | None = None,
    ) -> Iterator[tuple[str, JudgedFigure]]:
        estimates = self._estimators[name].estimate(drawn, drift, parents, groups)
        width = half_width(self._scales[name])
        for (key, value), count in zip(drawn.items(), true, strict=True):
            yield name, _judge_draw(count, value, width, share, estimates[key])

    def _learn(self, week: int) -> None:
        of_hours = self._drawn.hours_beyond[week]
        drawn = self._drawn.hours[week]
        for hour, history in self._hour_history.items():
            beyond = add_up_beyond(of_hours, HOUR_WEIGHTS[hour])
            history.insert(0, WeekBeyond(beyond, float(drawn[:, hour - 1].sum()), _use(drawn)))
        beyond = add_up_beyond(of_hours, TOTAL_WEIGHTS)
        self._total_history.insert(0, WeekBeyond(beyond, float(drawn.sum()), _use(drawn)))
        beyond = add_up_beyond(self._drawn.platforms_beyond[week], PLATFORM_WEIGHTS)
        within = float(self._drawn.platforms[week].sum())
        self._platform_history.insert(0, WeekBeyond(beyond, within, within))

    def _hour_share(self, hour: int, use: float) -> ShareBeyond:
        noise = self._hour_noise * hypot(*HOUR_WEIGHTS[hour])
        return estimate_share(self._hour_history[hour], noise, use)

    def _platform_share(self, use: float) -> ShareBeyond:
        noise = self._platform_noise * hypot(*PLATFORM_WEIGHTS)
        return estimate_share(self._platform_history, noise, use, UNEVEN_PLATFORMS)


def _use(hours: NDArray[np.float64]) -> float:
    """Add up the hours that no cap can cut."""
    return float(hours[..., : R1.cap].sum())


def _judge_draw(
    true: float,
    drawn: float,
    width: float,
    share: ShareBeyond,
    estimate: CellEstimate | None = None,
) -> JudgedFigure:
    own = estimate or CellEstimate(drawn, 0.0, is_gated=True)
    return JudgedFigure(
        true,
        drawn,
        max(0.0, drawn - width),
        max(0.0, drawn + width),
        *share.widen(drawn, width),
        own.value * (1 + share.value),
        *share.widen(own.value, own.half_width if estimate else width),
    )
