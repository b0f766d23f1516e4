"""What the caps cut away of each released figure, by the weeks that were released before it.

How far device-days go beyond the caps is released by the week, and how much use there is today by
what no cap can cut. Before the first released week nothing is known.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import hypot, sqrt

from monitor.release.estimates.beyond_caps import (
    NOTHING_BEYOND,
    UNEVEN_PLATFORMS,
    UNEVEN_WEEK,
    UNEVENNESS,
    ShareBeyond,
    WeekBeyond,
    add_up_beyond,
    estimate_share,
    weigh_hour,
    weigh_total,
)
from monitor.release.figures import Figure
from monitor.release.tables import BEYOND, SCHOOL_DAYS
from schedules.calendar import monday

WEEKS = 12
"""So many weeks are remembered: the ones before them weigh next to nothing."""

type Weigh = Callable[[int], Sequence[float]]
"""Gives the weights of a histogram by how many lesson hours a day has."""


@dataclass(frozen=True, slots=True)
class _Histogram:
    """How far device-days went beyond a cap in a week, as it was drawn."""

    counts: Sequence[float]
    noise: float
    """Standard deviation of the noise in each count."""


@dataclass(slots=True)
class _Week:
    """The lesson hours of a week that have a figure."""

    days: dict[date, list[float]] = field(default_factory=dict)
    histogram: _Histogram | None = None

    @property
    def hours_a_day(self) -> int:
        return max(map(len, self.days.values()), default=0)

    def add_up_hour(self, hour: int) -> float:
        """Add up an hour over the days that have it, as if each day had it."""
        drawn = [hours[hour - 1] for hours in self.days.values() if len(hours) >= hour]
        return sum(drawn) * len(self.days) / len(drawn) if drawn else 0.0

    def use(self, cap: int) -> float:
        """Add up what the cap cannot cut, of a week of five days."""
        return SCHOOL_DAYS * sum(sum(hours[:cap]) for hours in self.days.values()) / len(self.days)


class HourShares:
    """What the cap of the table of lesson hours cuts away.

    Args:
        cap: of that table, as it is drawn.
    """

    def __init__(self, cap: int) -> None:
        self._cap = cap
        self._weeks: dict[date, _Week] = {}

    def add_hour(self, figure: Figure) -> ShareBeyond | None:
        """Add a lesson hour, and return what is cut away of it; None when that is not known."""
        if figure.drawn is None:
            return None
        week = self._weeks.setdefault(monday(figure.cell.day), _Week())
        today = week.days.setdefault(figure.cell.day, [])
        today.append(float(figure.drawn))
        hour = len(today)
        if hour <= self._cap:
            return NOTHING_BEYOND
        return self._estimate(
            lambda hours: weigh_hour(hour, hours=hours, cap=self._cap) if hour <= hours else (),
            lambda earlier: earlier.add_up_hour(hour),
            SCHOOL_DAYS * sum(today[: self._cap]),
            UNEVENNESS,
        )

    def close_week(self, first: date, beyond: Iterable[Figure]) -> ShareBeyond | None:
        """Add how far device-days of a week went beyond the cap, and return its share.

        Args:
            first: the week's Monday.
            beyond: the figures of it.
        """
        week = self._weeks.get(first)
        if week is None or not week.days:
            return None
        if week.hours_a_day <= self._cap:
            return NOTHING_BEYOND
        week.histogram = _read_histogram(beyond, len(week.days))
        self._weeks = dict(sorted(self._weeks.items())[-WEEKS:])
        return self._estimate(
            lambda hours: weigh_total(hours=hours, cap=self._cap),
            lambda earlier: sum(map(sum, earlier.days.values())),
            week.use(self._cap),
            UNEVEN_WEEK,
        )

    def _estimate(
        self, weigh: Weigh, within: Callable[[_Week], float], use: float, unevenness: float
    ) -> ShareBeyond | None:
        weeks, deviation = [], 0.0
        for week in sorted(self._weeks, reverse=True):
            known = self._weeks[week]
            weights = fold_weights(weigh(known.hours_a_day))
            if known.histogram is None or not any(weights):
                continue
            beyond = add_up_beyond(known.histogram.counts, weights)
            weeks.append(WeekBeyond(beyond, within(known), known.use(self._cap)))
            deviation = max(deviation, known.histogram.noise * hypot(*weights))
        return estimate_share(weeks, deviation, use, unevenness) if weeks else None


class PlatformShares:
    """What the cap of the tables of platforms cuts away."""

    def __init__(self) -> None:
        self._weeks: list[WeekBeyond] = []
        self._deviation = 0.0

    def share_of_day(self, figures: Sequence[Figure]) -> ShareBeyond | None:
        """Return what is cut away on a day; None when that is not known."""
        drawn = [figure.drawn for figure in figures if figure.drawn is not None]
        use = SCHOOL_DAYS * float(sum(drawn)) if len(drawn) == len(figures) else None
        return self._estimate(use)

    def close_week(self, totals: Sequence[Figure], beyond: Iterable[Figure]) -> ShareBeyond | None:
        """Add how far device-days of a week went beyond the cap, and return its share.

        Args:
            totals: of the week, by platform.
            beyond: the figures of how far.
        """
        drawn = [figure for figure in totals if figure.drawn is not None]
        days = max((figure.parts for figure in drawn), default=0)
        within = float(sum(figure.drawn or 0 for figure in drawn))
        use = SCHOOL_DAYS * within / days if days else None
        histogram = _read_histogram(beyond, days)
        if histogram and use:
            weights = weigh_total(hours=len(BEYOND), cap=0)
            week = WeekBeyond(add_up_beyond(histogram.counts, weights), within, use)
            self._weeks = [week, *self._weeks][:WEEKS]
            self._deviation = histogram.noise * hypot(*weights)
        return self._estimate(use)

    def _estimate(self, use: float | None) -> ShareBeyond | None:
        if not self._weeks:
            return None
        return estimate_share(self._weeks, self._deviation, use, UNEVEN_PLATFORMS)


def fold_weights(weights: Sequence[float]) -> list[float]:
    """Return a weight for each count of a histogram, whose last is so far or further."""
    last = len(BEYOND) - 1
    further = weights[last:]
    return [
        *weights[:last],
        *([sum(further) / len(further)] if further else ()),
        *[0.0] * (len(BEYOND) - len(weights)),
    ]


def _read_histogram(figures: Iterable[Figure], days: int) -> _Histogram | None:
    """Read a histogram; None when a part of it has no figure.

    Days that are not in it are taken to be like the others.
    """
    known = {figure.cell.beyond: figure for figure in figures}
    if any(beyond not in known or known[beyond].drawn is None for beyond in BEYOND):
        return None
    left_out = max(figure.missing for figure in known.values())
    grow = days / (days - left_out) if left_out < days else 1.0
    noise = sqrt(2) * max(figure.noise_scale for figure in known.values())
    return _Histogram([grow * float(known[name].drawn or 0) for name in BEYOND], grow * noise)
