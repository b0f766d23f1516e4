"""What many weeks tell of habits: the figures that were simulated, by one formula."""

from dataclasses import replace

import pytest

from monitor.release.longitudinal import (
    HEAVIEST,
    MODERATE,
    TERM,
    YEAR,
    Habits,
    advantage,
    advantage_of_a_day,
    advantage_of_kept,
)
from monitor.release.tables import DRAWN, EPSILON_A_DAY, ReleaseInterval, TableSpec

SIMULATED = pytest.approx
"""The attacks were simulated with 1,500 pupils; the formula is within two hundredths of them."""
SCALES = {"R1": 15.0, "R2": 16.0, "R3": 10.0, "R4": 16.0}
TABLES: list[TableSpec] = [
    replace(table, scale=SCALES[table.name]) for table in DRAWN if table.name in SCALES
]
"""With the noise of that simulation."""


@pytest.mark.parametrize(
    ("habits", "weeks", "simulated"),
    [
        (HEAVIEST, TERM, 0.74),
        (HEAVIEST, YEAR, 0.99),
        (MODERATE, TERM, 0.49),
        (MODERATE, YEAR, 0.85),
    ],
)
def test_of_all_figures(habits: Habits, weeks: int, simulated: float) -> None:
    assert advantage(TABLES, habits, weeks) == SIMULATED(simulated, abs=0.02)


@pytest.mark.parametrize(("weeks", "simulated"), [(TERM, 0.66), (YEAR, 0.97)])
def test_of_the_weekly_figures_that_are_kept(weeks: int, simulated: float) -> None:
    assert advantage_of_kept(TABLES, HEAVIEST, weeks) == SIMULATED(simulated, abs=0.02)


def test_of_one_day_it_is_within_the_bound() -> None:
    daily = [table for table in DRAWN if table.interval is not ReleaseInterval.WEEK]
    assert advantage(daily, HEAVIEST, 1 / 5) < advantage_of_a_day(EPSILON_A_DAY)


def test_who_does_nothing_cannot_be_found() -> None:
    nothing = Habits(hours=0, platforms=0)
    layers = [table for table in DRAWN if "layer" not in table.dimensions]
    assert advantage([table for table in layers if table.points == 1], nothing, YEAR) == 0


def test_four_times_the_noise_hides_better() -> None:
    noisier = [replace(table, scale=4 * table.scale) for table in DRAWN]
    assert advantage(noisier, HEAVIEST, YEAR) < advantage(DRAWN, HEAVIEST, YEAR) - 0.1
