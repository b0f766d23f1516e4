"""Whether use grows or shrinks over months and years, and by how much.

A straight line through the weeks takes each week for a new throw of the dice, and sees a trend in
nearly every school: a high week is followed by high weeks. So the level wanders here, as far as the
weeks themselves show, with a drift that is the trend; beside it each week has its noise and its own
chance, and each year its seasons. Drift and interval are those of generalised least squares.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import pi

import numpy as np
from numpy.typing import NDArray

MIN_WEEKS_OF_TREND = 16
WEEKS_A_YEAR = 52.18
SEASONED = 1.5 * WEEKS_A_YEAR
"""Over fewer weeks seasons and trend cannot be told apart, and the seasons are left out."""
WEEK_VARIATIONS = (0.02, 0.04, 0.06, 0.08, 0.12, 0.2)
"""By which part of itself a week may differ by chance."""
WANDERINGS = (0.002, 0.004, 0.007, 0.01, 0.015, 0.02, 0.03, 0.05)
"""By which part of itself the level may wander in a week."""
QUANTILE = 2.4
"""Above the normal distribution's 2.0: how much a level wanders is known roughly."""

type Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trend:
    """By which part of its mean use grows in a year, or shrinks, below 0."""

    a_year: float
    half_width: float
    """Of its interval of 95 %."""

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out that nothing changes."""
        return abs(self.a_year) > self.half_width


def estimate_trend(weeks: Sequence[int], figures: Sequence[float], noise: float) -> Trend | None:
    """Estimate the trend of a weekly figure; None over too few weeks.

    Args:
        weeks: the number of each week with a figure, in order; holidays are left out.
        figures: the figure of each.
        noise: standard deviation of the noise in them.
    """
    mean = sum(figures) / len(figures) if figures else 0.0
    if len(figures) < MIN_WEEKS_OF_TREND or mean <= 0:
        return None
    time = np.asarray(weeks, dtype=float) - weeks[0]
    relative = np.asarray(figures, dtype=float) / mean
    design = _design(time)
    wandered = np.minimum.outer(time, time)
    # The likelihoods weigh every variance that the weeks allow, not only the likeliest.
    fits = [
        _fit(
            design,
            relative,
            (variation**2 + (noise / mean) ** 2) * np.eye(len(time)) + wandering**2 * wandered,
        )
        for variation, wandering in product(WEEK_VARIATIONS, WANDERINGS)
    ]
    likelihoods, drifts, variances = np.array(fits).T
    weights = np.exp(likelihoods - likelihoods.max())
    weights /= weights.sum()
    drift = float(weights @ drifts)
    variance = float(weights @ (variances + (drifts - drift) ** 2))
    return Trend(drift * WEEKS_A_YEAR, QUANTILE * WEEKS_A_YEAR * variance**0.5)


def _design(time: Vector) -> Vector:
    columns = [np.ones_like(time), time]
    if time[-1] >= SEASONED:
        angle = 2 * pi * time / WEEKS_A_YEAR
        columns += [np.sin(angle), np.cos(angle)]
    return np.column_stack(columns)


def _fit(design: Vector, figures: Vector, covariance: Vector) -> tuple[float, float, float]:
    """Return the restricted log-likelihood, the drift, and its variance."""
    root = np.linalg.cholesky(covariance)
    design, figures = np.linalg.solve(root, design), np.linalg.solve(root, figures)
    information = design.T @ design
    of_coefficients = np.linalg.inv(information)
    coefficients = of_coefficients @ (design.T @ figures)
    left = figures - design @ coefficients
    likelihood = -(
        np.log(np.diag(root)).sum() + np.linalg.slogdet(information)[1] / 2 + float(left @ left) / 2
    )
    return float(likelihood), float(coefficients[1]), float(of_coefficients[1, 1])
