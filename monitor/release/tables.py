"""The tables that are released: there are no others, and no query makes one.

What one device can add to a table in one day is capped, and the noise of each cell is scaled to
that cap. Together they give each device-day a privacy loss of at most 1 (`EPSILON_A_DAY`). The
figures are those that were chosen and measured in `docs/privacy.md`.
"""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class TableName(StrEnum):
    """What a released table is called, everywhere."""

    LESSON_HOURS = "R1"
    PLATFORMS = "R2"
    LAYERS = "R3"
    LAYER_PLATFORMS = "R4"
    WEEK = "W1"
    WEEK_PLATFORMS = "W2"

    @property
    def is_weekly(self) -> bool:
        """Whether its figures are of a week, named by its Monday."""
        return self in {TableName.LAYER_PLATFORMS, TableName.WEEK, TableName.WEEK_PLATFORMS}


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table that is drawn: its cap, its privacy loss, and the noise that follows from both."""

    name: TableName
    cap: int
    """The most that one device adds in one day, over all cells (L1)."""
    epsilon: float
    """Privacy loss of one device-day."""
    scale: float
    """Of the discrete Laplace noise in each cell: `cap / epsilon`."""


R1 = TableSpec(TableName.LESSON_HOURS, cap=6, epsilon=0.40, scale=15.0)
R2 = TableSpec(TableName.PLATFORMS, cap=4, epsilon=0.25, scale=16.0)
R3 = TableSpec(TableName.LAYERS, cap=1, epsilon=0.10, scale=10.0)
R4 = TableSpec(TableName.LAYER_PLATFORMS, cap=4, epsilon=0.25, scale=16.0)
"""A week of five days is one draw: a loss of 1.25 a week."""

DRAWN = (R1, R2, R3, R4)
EPSILON_A_DAY = 1.0

MIN_LAYER_PUPILS = 100
"""Pupils on the roster; smaller layers are merged."""
MIN_SCHOOL_PUPILS = 200
"""Pupils on the roster; a smaller school has no figures."""
MIN_DAILY_SCHOOL_PUPILS = 500
"""Pupils on the roster; a smaller school publishes by the week only."""
MIN_ROOMS = 20
"""Rooms on the timetable in a lesson hour; an hour with fewer has no figure."""

RELEASE_DELAY = 600.0
"""Seconds from the bell to a release: late bytes arrive, and a teacher can still allow."""
DAY_CLOSES = time(17, 0)
WEEK_CLOSES = time(7, 0)
"""On the Monday after."""


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """What one figure is about. A week is named by its Monday."""

    table: TableName
    day: date
    period: str = ""
    layer: str = ""
    platform: str = ""
