"""An estimate of each cell from its draw and from the school's own released history.

Of every cell its usual height is known from the draws of earlier weeks, and of the whole table how
high it stands now, its level: a local level model, filtered with each slot that is released. The
estimate lies between the draw and what was expected, nearer to the one that is known better. Where
a draw contradicts what was expected, the expectation is dropped and the draw stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log, sqrt
from typing import NamedTuple

OUTLIER = 5.0
"""So many standard deviations away, a draw tells nothing of how far cells usually are."""
LAPLACE_95 = log(20) / sqrt(2)
"""Standard deviations that hold 95 % of the noise: more than of a normal distribution."""
RETURN = 0.98
"""How much of a level's distance from the usual one is left after a slot."""
CONTRADICTION = 2.5
"""So many standard deviations away, a draw contradicts what was expected."""
CELL_CONTRADICTION = 3.25
"""The same of one cell: the noise alone often comes to less."""
LASTING = 0.7
"""How much of a slot's surprise still counts in the next: several on one side are a contradiction
too."""
ABRUPT = 0.3
"""How far a level may be away once it was contradicted."""
UNLIKE_PARENT = 0.12
"""By which part of itself a new cell differs from the one that it resembles."""
SPREAD_WEIGHT = 20_000.0
"""How many expected devices what is assumed of the spread is worth."""
MIN_SPREAD, MAX_SPREAD = 0.7, 10.0
"""Of what is assumed of it."""


class CellEstimate(NamedTuple):
    """What is estimated of a cell."""

    value: float
    deviation: float
    """Its standard deviation."""
    is_gated: bool
    """Whether it is the draw, because that contradicted what was expected."""

    @property
    def half_width(self) -> float:
        """Of the interval that holds the count in 95 % of cases."""
        return LAPLACE_95 * self.deviation


@dataclass(slots=True)
class _Followed:
    """A mean that is followed from draw to draw, and how sure it is."""

    mean: float
    variance: float
    surprise: float = 0.0

    def notice(self, away: float, deviation: float, limit: float) -> None:
        """Give up being sure where draws contradict the mean, at once or one after another.

        Args:
            away: of what was expected.
            deviation: how far it is away as a rule.
            limit: so many deviations are a contradiction.
        """
        self.surprise = LASTING * self.surprise + away / deviation
        if self.surprise**2 * (1 - LASTING**2) > limit**2:
            self.variance += (ABRUPT * self.mean) ** 2
            self.surprise = 0.0

    def learn(self, drawn: float, variance: float) -> None:
        """Learn from a draw with some variance."""
        gain = self.variance / (self.variance + variance)
        self.mean = max(0.0, self.mean + gain * (drawn - self.mean))
        self.variance *= 1 - gain


class LevelEstimator:
    """Estimates the cells of one table, slot after slot in the order of their release.

    Args:
        spread: what is assumed of how far cells are from what is expected: the variance for each
            expected device. The history corrects it, slowly.
        wandering: by which part of itself a cell's usual height changes from one of its draws to
            the next.
    """

    def __init__(self, spread: float, wandering: float) -> None:
        self._noise = 0.0
        self._assumed_spread = spread
        self._wandering = wandering
        self._level = _Followed(1.0, 0.0)
        self._usual: dict[str, _Followed] = {}
        self._squares = spread * SPREAD_WEIGHT
        self._means = SPREAD_WEIGHT

    @property
    def spread(self) -> float:
        """Variance of a cell around what is expected of it, for each device that is expected."""
        learned = self._squares / self._means / self._assumed_spread
        return self._assumed_spread * min(MAX_SPREAD, max(MIN_SPREAD, learned))

    def knows(self, key: str) -> bool:
        """Whether a cell has a history."""
        return key in self._usual

    def estimate(
        self,
        drawn: Mapping[str, float],
        drift: float,
        noise: float,
        parents: Mapping[str, str] | None = None,
        groups: Mapping[str, str] | None = None,
    ) -> Mapping[str, CellEstimate]:
        """Estimate the cells of a slot, and learn from them.

        Args:
            drawn: the figures by cell.
            drift: by which part of itself the level may have changed since the slot before, as a
                standard deviation.
            noise: standard deviation of the noise in a draw.
            parents: the cell that a new one resembles, where there is such a cell; only its draws
                of other slots are learned from.
            groups: of cells that may change together, such as those of a platform; without them
                each cell is one.
        """
        self._noise = noise**2
        self._level.mean = 1 + RETURN * (self._level.mean - 1)
        self._level.variance += drift**2
        self._follow_level(drawn)
        for key, value in drawn.items():
            if usual := self._usual.get(key):
                self._learn_spread(usual, value)
        contradicted = self._find_contradicted(drawn, groups or {})
        estimates = {
            key: self._estimate_cell(key, value, is_contradicted=key in contradicted)
            for key, value in drawn.items()
        }
        for key, value in drawn.items():
            self._learn(key, value, (parents or {}).get(key, ""))
        return estimates

    def _follow_level(self, drawn: Mapping[str, float]) -> None:
        level = self._level
        known = {key: usual for key in drawn if (usual := self._usual.get(key))}
        height = sum(max(0.0, usual.mean) for usual in known.values())
        if height < 1:
            return
        own = (
            len(known) * self._noise
            + self.spread * level.mean * height
            + level.mean**2 * sum(usual.variance for usual in known.values())
        )
        away = sum(drawn[key] for key in known) - level.mean * height
        level.notice(away, sqrt(own + height**2 * level.variance), CONTRADICTION)
        level.learn(level.mean + away / height, own / height**2)

    def _find_contradicted(
        self, drawn: Mapping[str, float], groups: Mapping[str, str]
    ) -> frozenset[str]:
        """Find the cells whose draws, added up over their group, contradict what was expected."""
        known = [key for key in drawn if key in self._usual]
        cells: dict[str, list[str]] = {}
        for key in known:
            cells.setdefault(groups.get(key, key), []).append(key)
        alone = [[key] for key in known]
        several = [keys for keys in cells.values() if len(keys) > 1]
        contradicted: set[str] = set()
        for keys, limit in (
            *((keys, CELL_CONTRADICTION) for keys in alone),
            *((keys, CONTRADICTION) for keys in several),
        ):
            expected = [self._expect(self._usual[key]) for key in keys]
            away = sum(drawn[key] for key in keys) - sum(mean for mean, _ in expected)
            height = sum(self._usual[key].mean for key in keys)
            variance = sum(own + self._noise for _, own in expected)
            variance += height**2 * self._level.variance
            if away**2 > limit**2 * variance:
                contradicted.update(keys)
        return frozenset(contradicted)

    def _estimate_cell(self, key: str, drawn: float, *, is_contradicted: bool) -> CellEstimate:
        usual = self._usual.get(key)
        if usual is None or is_contradicted:
            return CellEstimate(drawn, sqrt(self._noise), is_gated=is_contradicted)
        expected, own = self._expect(usual)
        weight = own / (own + self._noise)
        of_level = usual.mean**2 * self._level.variance
        variance = weight * self._noise + (1 - weight) ** 2 * of_level
        return CellEstimate(expected + weight * (drawn - expected), sqrt(variance), is_gated=False)

    def _expect(self, usual: _Followed) -> tuple[float, float]:
        """Return what is expected of a cell at today's level, and its variance at that level."""
        expected = max(0.0, self._level.mean * usual.mean)
        return expected, self.spread * max(1.0, expected) + self._level.mean**2 * usual.variance

    def _learn(self, key: str, drawn: float, parent: str) -> None:
        level = max(0.2, self._level.mean)
        usual = self._usual.get(key)
        if usual is None:
            usual = self._usual[key] = self._begin(key, parent)
        usual.variance += (self._wandering * usual.mean) ** 2
        noise = (self._noise + self.spread * max(1.0, usual.mean * level)) / level**2
        noise += (usual.mean / level) ** 2 * self._level.variance
        usual.notice(drawn / level - usual.mean, sqrt(usual.variance + noise), CELL_CONTRADICTION)
        usual.learn(drawn / level, noise)
        if parent:
            self._learn(parent, drawn, "")

    def _learn_spread(self, usual: _Followed, drawn: float) -> None:
        expected, own = self._expect(usual)
        total = own + self._noise
        # The level was moved towards this draw, so what is left of the distance is that much less.
        of_level = usual.mean**2 * self._level.variance
        square = (drawn - expected) ** 2 + of_level
        if of_level <= total / 4 and square <= OUTLIER**2 * total:
            devices = max(1.0, expected)
            self._squares += square - (total - self.spread * devices)
            self._means += devices

    def _begin(self, key: str, parent: str) -> _Followed:
        like = self._usual.get(parent)
        if like is None:
            return _Followed(0.0, 1e12)
        return _Followed(like.mean, like.variance + (UNLIKE_PARENT * like.mean) ** 2)
