"""What a released table is: the form of each declaration in `monitor.release.tables.declared`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from itertools import product

from schedules.language import Message


class TableName(StrEnum):
    """What a released table is called, everywhere; at most four characters."""

    LESSON_HOURS = "R1"
    PLATFORMS = "R2"
    LAYERS = "R3"
    LAYER_PLATFORMS = "R4"
    WEEK = "W1"
    WEEK_PLATFORMS = "W2"
    VISIBILITY = "V1"
    HOURS_BEYOND = "B1"
    PLATFORMS_BEYOND = "B2"
    EXEMPT = "R5"
    UPLOADS = "R6"
    STAFF = "S1"


class Dimension(StrEnum):
    """What the cells of a table differ by, besides their day or week: a field of `Cell`."""

    PERIOD = "period"
    LAYER = "layer"
    PLATFORM = "platform"
    EVIDENCE = "evidence"
    BEYOND = "beyond"


class ReleaseInterval(StrEnum):
    """What the counts of a table cover; all tables of an interval are released at once.

    The values begin the keys of the ledger, and are those of its first version.
    """

    LESSON_HOUR = "R1"
    DAY = "R3"
    WEEK = "R4"


class Retention(Enum):
    """How long the figures of a table are kept."""

    EIGHT_WEEKS = "eight weeks"
    NEXT_SCHOOL_YEAR = "until the end of the next school year"


class Counted(Enum):
    """What the counts of a table are of."""

    USE = "use of a platform"
    EXEMPT_USE = "lessons with use that an exemption covers, which no other table has"
    UPLOADS = "lessons in which a device sent a photo, a film or sound"
    STAFF_USE = "lessons with use by staff, of devices that were a pupil's at no time of the day"

    @property
    def has_one_cell(self) -> bool:
        """Whether it is counted by week, of the whole school alone."""
        return self is not Counted.USE


type CellValues = tuple[str, ...]
"""What one cell is of, by the dimensions of its table."""


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """What one figure is about. A week is named by its Monday."""

    table: TableName
    day: date
    period: str = ""
    layer: str = ""
    platform: str = ""
    evidence: str = ""
    beyond: str = ""


@dataclass(frozen=True, slots=True)
class Metric:
    """The gauge that shows a table to Prometheus; its labels are the table's dimensions."""

    name: str
    help: str


class Face(StrEnum):
    """Where people see the figures of a table; Prometheus and the exports have every table."""

    OVERVIEW = "overview"
    """The pages and the report of the directie."""
    TERMINAL = "terminal"
    """The tables of `lesrust figures`."""
    PUBLIC = "public"
    """The page for everyone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableWords:
    """What people call a table: messages, whose Dutch stands in the catalogue of `monitor`."""

    title: Message
    """Above its figures in a terminal; `{when}` is a day, or a week."""
    row: Message
    """What the cells are of, above the first column."""
    unit: Message
    """What is counted."""
    line: Message
    """What is counted, where there is one line for a table."""
    chart: Message | None = None
    """Above its chart of a week by days; None for a table of weeks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedTable:
    """What every released table has, whether it is drawn or added up."""

    name: TableName
    dimensions: tuple[Dimension, ...]
    interval: ReleaseInterval
    retention: Retention
    metric: Metric
    words: TableWords
    faces: frozenset[Face] = frozenset({Face.OVERVIEW, Face.TERMINAL})

    @property
    def is_weekly(self) -> bool:
        """Whether its figures are of a week, named by its Monday."""
        return self.interval is ReleaseInterval.WEEK

    def cell(self, day: date, values: CellValues) -> Cell:
        """Return the cell of a day, or of a week's Monday.

        Args:
            day: the day.
            values: one for each dimension of the table, in their order.
        """
        return Cell(self.name, day, **dict(zip(self.dimensions, values, strict=True)))

    def values_of(self, cell: Cell) -> CellValues:
        """Return what a cell is of, by the dimensions of the table."""
        return tuple(getattr(cell, dimension) for dimension in self.dimensions)

    def cells(
        self, day: date, domain: Mapping[Dimension, Sequence[str]]
    ) -> Mapping[Cell, CellValues]:
        """Return every cell of a day or a week, whatever was counted in it.

        Args:
            day: the day, or the week's Monday.
            domain: every value of each dimension.
        """
        combinations = product(*(domain[dimension] for dimension in self.dimensions))
        return {self.cell(day, values): values for values in combinations}


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec(ReleasedTable):
    """A table that is drawn: its cap, its privacy loss, and the noise that follows from both."""

    cap: int
    """The most that one unit adds in one day, over all cells (L1)."""
    epsilon: float
    """Privacy loss of one device-day."""
    scale: float
    """Of the discrete Laplace noise in each cell: `sensitivity / epsilon`."""
    points: int = 1
    """How many of its counts are one device: what is shown is divided by it."""
    beyond: TableName | None = None
    """The table beyond whose cap it counts how far device-days go; intervals are made of it, and
    nobody is shown it."""
    counted: Counted = Counted.USE
    """What it counts."""
    units: int = 1
    """How many units one device can be, or change, in a day: more than one where only addresses
    are known."""
    typical: float
    """What one cell typically counts, in devices, for each pupil of the school, or of the layer
    where its cells are of one: what is expected of its error follows from it."""
    plain: Message
    """What it is of, where everyone reads which tables there are."""

    @property
    def devices(self) -> float:
        """The most that one device counts for in one day, in devices."""
        return self.cap / self.points

    @property
    def noise(self) -> float:
        """The scale of the noise, in devices."""
        return self.scale / self.points

    @property
    def sensitivity(self) -> int:
        """The most that one device changes in one day, over all cells (L1)."""
        return self.cap * self.units

    def __post_init__(self) -> None:
        hourly = self.interval is ReleaseInterval.LESSON_HOUR
        if hourly and Dimension.PLATFORM in self.dimensions:
            raise ValueError(f"{self.name}: a device counts once a lesson hour, not by platform")
        if hourly != (Dimension.PERIOD in self.dimensions):
            raise ValueError(f"{self.name}: only what is released by lesson hour has its period")
        if (self.beyond is None) != (Dimension.BEYOND not in self.dimensions):
            raise ValueError(f"{self.name}: say in `beyond` which table's cap it is about")
        if self.counted.has_one_cell and (self.dimensions or not self.is_weekly):
            raise ValueError(f"{self.name}: {self.counted.value} have no dimension but their week")
        if Face.OVERVIEW in self.faces and not self.is_weekly and self.words.chart is None:
            raise ValueError(f"{self.name}: say in `words.chart` what stands above its chart")


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalSpec(ReleasedTable):
    """A table that adds up a week of another's released figures, at no loss of privacy."""

    of: TableSpec
    """Its dimensions are some of those."""

    def __post_init__(self) -> None:
        if not {*self.dimensions} <= {*self.of.dimensions}:
            raise ValueError(f"{self.name}: it has a dimension that {self.of.name} has not")
        if self.of.is_weekly:
            raise ValueError(f"{self.name}: what adds up a week needs figures of its days")

    @property
    def scale(self) -> float:
        """The scale of the noise in each part of a figure."""
        return self.of.scale

    @property
    def points(self) -> int:
        """How many of its counts are one device."""
        return self.of.points
