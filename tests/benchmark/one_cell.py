"""What a school sees of the tables of one cell, and of visibility, beside what is true.

Pupils' habits are those of `school_weeks`. A class of 25 has an exemption in one lesson in thirty,
and half of a class's exemptions of a week are of one day, as in a project; three in five devices
then use what is allowed. Something is sent in 15 % of the lessons in which a device is active. A
colleague for thirteen pupils is in front of five lessons a day.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from math import exp
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from monitor.release.figures import Figure, half_width
from monitor.release.tables import HOURS_A_DAY, R5, R6, S1, SCHOOL_DAYS, V1, Cell, TableSpec
from monitor.release.visibility import RECOGNISED, estimate_visibility
from tests.benchmark.school_weeks import PRESENT, Scenario, habits

CLASS, EXEMPT, OF_PROJECTS, USES_IT = 25, 1 / 30, 0.5, 0.6
SENDS = 0.15
PUPILS_A_COLLEAGUE, HOURS_OF_A_COLLEAGUE = 13, 5
SEEN = {"sni": 0.52, "quic": 0.31, "http": 0.01, "address": 0.04, "vpn": 0.03, "nameless": 0.09}
"""Shares of the votes on visibility."""
MONDAY, MOMENT = date(2026, 11, 16), datetime(2026, 11, 23, 7, tzinfo=UTC)

type Hours = NDArray[np.int64]
"""By device and day, in how many lesson hours."""


class SeenFigure(NamedTuple):
    """A figure beside the truth; of visibility a share in percent."""

    true: float
    """Without the cap."""
    within: float
    """What the cap lets through."""
    drawn: float
    low: float
    high: float


def judge_weeks(
    scenario: Scenario, weeks: int, chance: np.random.Generator
) -> Iterator[tuple[str, SeenFigure]]:
    """Draw every table of some weeks, each of a school of its own."""
    for _ in range(weeks):
        for table, hours in _count(scenario, chance).items():
            yield table.name.value, _draw(table, hours, chance)
        yield V1.name.value, _draw_visibility(scenario, chance)


def _count(scenario: Scenario, chance: np.random.Generator) -> Mapping[TableSpec, Hours]:
    use = habits(scenario, chance) * scenario.shock
    pupils = len(use)
    active = chance.random((pupils, SCHOOL_DAYS, HOURS_A_DAY)) < use[:, None, None]
    active &= chance.random((pupils, SCHOOL_DAYS, 1)) < PRESENT
    uses_it = chance.random(active.shape) < USES_IT * scenario.shock
    exempt = _exempt(pupils, chance) & uses_it
    sent = active & (chance.random(active.shape) < SENDS)
    staff = pupils // PUPILS_A_COLLEAGUE
    of_staff = chance.random((staff, SCHOOL_DAYS, HOURS_OF_A_COLLEAGUE)) < use[:staff, None, None]
    return {table: hours.sum(axis=2) for table, hours in ((R5, exempt), (R6, sent), (S1, of_staff))}


def _exempt(pupils: int, chance: np.random.Generator) -> NDArray[np.bool_]:
    """Say in which lesson hours a pupil's class has an exemption."""
    classes = pupils // CLASS + 1
    shape = classes, SCHOOL_DAYS, HOURS_A_DAY
    of_lessons = chance.random(shape) < EXEMPT * (1 - OF_PROJECTS)
    of_days = chance.random((classes, SCHOOL_DAYS, 1)) < EXEMPT * OF_PROJECTS
    return (of_lessons | of_days)[np.arange(pupils) // CLASS]


def _noise(scale: float, chance: np.random.Generator) -> int:
    stop = 1 - exp(-1 / scale)
    return int(chance.geometric(stop) - chance.geometric(stop))


def _draw(table: TableSpec, hours: Hours, chance: np.random.Generator) -> SeenFigure:
    within = int(np.minimum(hours, table.cap).sum())
    drawn = within + _noise(table.scale, chance)
    width = half_width(table.scale)
    return SeenFigure(int(hours.sum()), within, drawn, max(0, drawn - width), drawn + width)


def _draw_visibility(scenario: Scenario, chance: np.random.Generator) -> SeenFigure:
    votes = chance.multinomial(round(scenario.pupils * SCHOOL_DAYS * PRESENT), [*SEEN.values()])
    figures = [
        Figure(
            Cell(V1.name, MONDAY, evidence=kind),
            int(count) * V1.points + _noise(V1.scale, chance),
            MOMENT,
        )
        for kind, count in zip(SEEN, votes, strict=True)
    ]
    seen = estimate_visibility(figures)
    recognised = sum(
        count for kind, count in zip(SEEN, votes, strict=True) if kind in [*RECOGNISED]
    )
    true = 100 * recognised / votes.sum()
    assert seen
    share = seen.recognised
    # What is shown is rounded, and half a point to either side is the same number.
    return SeenFigure(true, true, share.percent, share.low - 0.5, share.high + 0.5)
