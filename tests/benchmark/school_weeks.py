"""Weeks of an invented school, counted exactly, with the caps and without them.

Nothing is drawn here. Pupils' habits are far apart: of a Beta distribution, in which many do next
to nothing and some are active in nearly every lesson, or lognormal.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from monitor.release.tables import HOURS_A_DAY, R1, R2, SCHOOL_DAYS

type Counts = NDArray[np.int64]

LAYERS = 6
POPULARITY = np.array([0.19, 0.17, 0.16, 0.14, 0.07, 0.06, 0.08, 0.05, 0.08])
PRESENT = 0.94
TAIL = 0.4
"""Of the Beta distribution: the smaller, the more of all use is that of a few pupils."""
LOGNORMAL_SPREAD = 1.0
LIKED = 0.8
"""The part of the platforms that a pupil likes."""
PLATFORMS_AN_HOUR = (0.7, 0.2, 0.1)
"""How often an active hour has one platform, two and three."""
WEEK, DAY, HOUR, TIMETABLE = 0.05, 0.03, 0.02, 0.08
"""By which part of itself use differs from week to week, by day, by hour, and by timetable."""
MAX_FREQUENCY = 0.97
NEVER = 99
MAX_HISTOGRAM = 3


@dataclass(frozen=True, slots=True)
class Scenario:
    """A school, and what happens in it."""

    pupils: int = 1500
    active: float = 0.12
    """The part of the devices that is active in a lesson."""
    weeks: int = 26
    shock: float = 1.0
    """What use is in the last week, as a part of what it was."""
    shocked_platform: float = 1.0
    """What use of the first platform is in the last week."""
    lognormal: bool = False
    free_hours: bool = False
    """Whether two pupils in five have no lesson in the last hours of a day."""
    hype: float = 0.0
    """By which part of itself each platform's popularity wanders in a week."""


@dataclass(frozen=True, slots=True)
class SchoolWeeks:
    """Exact counts; what is `within` is what the caps let through. The first axis is the week."""

    hours: Counts
    """By day and lesson hour."""
    hours_within: Counts
    platforms: Counts
    """By day and platform."""
    platforms_within: Counts
    layers: Counts
    """By day and layer."""
    layer_platforms: Counts
    layer_platforms_within: Counts
    hours_beyond: Counts
    """Device-days that were one, two … hours beyond the cap of R1."""
    platforms_beyond: Counts
    """Device-days that were one, two, and three or more platforms beyond the cap of R2."""


def simulate_weeks(scenario: Scenario, chance: np.random.Generator) -> SchoolWeeks:
    """Let a school be for some weeks."""
    pupils = scenario.pupils
    frequencies = habits(scenario, chance)
    timetable = np.linspace(0.8, 1.2, HOURS_A_DAY)
    timetable = timetable * chance.lognormal(0, TIMETABLE, (SCHOOL_DAYS, HOURS_A_DAY))
    timetable /= timetable.mean()
    likes = chance.exponential(1, (pupils, len(POPULARITY)))
    likes = likes * (chance.random(likes.shape) < LIKED) + 0.003
    popularity = POPULARITY.copy()
    weeks = []
    for week in range(scenario.weeks):
        is_last = week == scenario.weeks - 1
        popularity = popularity * chance.lognormal(0, scenario.hype, len(popularity))
        level = chance.lognormal(0, WEEK) * (scenario.shock if is_last else 1)
        use = level * timetable * chance.lognormal(0, DAY, (SCHOOL_DAYS, 1))
        use = use * chance.lognormal(0, HOUR, timetable.shape)
        now = popularity.copy()
        now[0] *= scenario.shocked_platform if is_last else 1
        weeks.append(_week(scenario, chance, frequencies[:, None, None] * use, now * likes))
    return SchoolWeeks(*(np.stack(counts) for counts in zip(*weeks, strict=True)))


def habits(scenario: Scenario, chance: np.random.Generator) -> NDArray[np.float64]:
    """Return in which part of the lessons each pupil is active, when at school."""
    mean = scenario.active / PRESENT
    if scenario.lognormal:
        drawn = chance.lognormal(0, LOGNORMAL_SPREAD, scenario.pupils)
    else:
        drawn = chance.beta(TAIL, TAIL * (1 - mean) / mean, scenario.pupils)
    for _ in range(5):
        drawn = np.minimum(MAX_FREQUENCY, drawn * mean / drawn.mean())
    return drawn


def _week(
    scenario: Scenario,
    chance: np.random.Generator,
    frequencies: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> tuple[Counts, ...]:
    pupils = scenario.pupils
    active = chance.random(frequencies.shape) < np.minimum(MAX_FREQUENCY, frequencies)
    active &= chance.random((pupils, SCHOOL_DAYS, 1)) < PRESENT
    if scenario.free_hours:
        last = chance.choice([7, 8, 9], size=(pupils, SCHOOL_DAYS, 1), p=[0.15, 0.25, 0.6])
        active &= np.arange(HOURS_A_DAY) < last
    so_far = active.cumsum(axis=2)
    first_use = _first_use(chance, active, weights)
    used = first_use < NEVER
    within = used & (first_use.argsort(axis=2).argsort(axis=2) < R2.cap)
    layer = np.arange(pupils) * LAYERS // pupils
    is_active = so_far[..., -1] > 0
    return (
        active.sum(axis=0),
        (active & (so_far <= R1.cap)).sum(axis=0),
        used.sum(axis=0),
        within.sum(axis=0),
        np.stack([is_active[layer == number].sum(axis=0) for number in range(LAYERS)], axis=1),
        np.stack([used[layer == number].sum(axis=(0, 1)) for number in range(LAYERS)]),
        np.stack([within[layer == number].sum(axis=(0, 1)) for number in range(LAYERS)]),
        _histogram(so_far[..., -1] - R1.cap),
        _histogram(used.sum(axis=2) - R2.cap),
    )


def _first_use(
    chance: np.random.Generator, active: NDArray[np.bool_], weights: NDArray[np.float64]
) -> Counts:
    """Say when each device used each platform first on each day."""
    shares = weights.cumsum(axis=1) / weights.sum(axis=1, keepdims=True)
    pupil, day, hour = active.nonzero()
    count = chance.choice([1, 2, 3], size=pupil.size, p=PLATFORMS_AN_HOUR)
    first: Counts = np.full((len(active), SCHOOL_DAYS, len(POPULARITY)), NEVER)
    for turn in range(len(PLATFORMS_AN_HOUR)):
        has = count > turn
        platform = (chance.random((has.sum(), 1)) > shares[pupil[has]]).sum(axis=1)
        platform = platform.clip(max=len(POPULARITY) - 1)
        np.minimum.at(first, (pupil[has], day[has], platform), 3 * hour[has] + turn)
    return first


def _histogram(beyond: Counts) -> Counts:
    counts = np.bincount(beyond.ravel().clip(0, MAX_HISTOGRAM), minlength=MAX_HISTOGRAM + 1)
    return counts[1:]
