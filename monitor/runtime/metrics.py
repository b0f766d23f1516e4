"""What Prometheus reads: gauges of released figures, and nothing else.

Every gauge and every label set is declared before the first figure, and a value changes only when
a figure is released. There is no counter or histogram, and nothing of the process beside them: the
CPU seconds of a process tell of single requests.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import nan
from threading import Lock

from prometheus_client import CollectorRegistry, Gauge
from prometheus_client.core import Metric
from prometheus_client.registry import Collector

from monitor.release.figures import Figure
from monitor.release.tables import Cell, TableName


@dataclass(frozen=True, slots=True)
class Declaration:
    """One gauge: its name, what it says, and by which labels.

    Each has the label `bound` as well: `value` (NaN when it is below 20), and `low` and `high` of
    the 95 % interval; all three are NaN when there is no figure.
    """

    table: TableName
    name: str
    help: str
    labels: tuple[str, ...]


DECLARATIONS = (
    Declaration(
        TableName.LESSON_HOURS,
        "lesrust_lesson_hour_devices",
        "Devices active on any platform in a lesson hour, the last that was released.",
        ("period",),
    ),
    Declaration(
        TableName.PLATFORMS,
        "lesrust_day_platform_devices",
        "Devices active on a platform during lessons in a day, the last that was released.",
        ("platform",),
    ),
    Declaration(
        TableName.LAYERS,
        "lesrust_day_layer_devices",
        "Devices of a year layer active on any platform during lessons in a day.",
        ("layer",),
    ),
    Declaration(
        TableName.LAYER_PLATFORMS,
        "lesrust_week_layer_platform_device_days",
        "Device-days of a year layer active on a platform during lessons in a week.",
        ("layer", "platform"),
    ),
    Declaration(
        TableName.WEEK,
        "lesrust_week_device_lessons",
        "Device-lessons active on any platform in a week: the sum of its lesson hours.",
        (),
    ),
    Declaration(
        TableName.WEEK_PLATFORMS,
        "lesrust_week_platform_device_days",
        "Device-days active on a platform in a week: the sum of its days.",
        ("platform",),
    ),
)
BOUNDS = ("value", "low", "high")
RELEASED_AT = "lesrust_released_timestamp_seconds"


class Gauges:
    """The gauges in a registry of their own.

    Args:
        periods: labels of the lesson hours that have figures.
        layers: the released year layers.
        platforms: the platforms that are switched on.
    """

    def __init__(
        self, periods: Iterable[str], layers: Iterable[str], platforms: Iterable[str]
    ) -> None:
        self.registry = CollectorRegistry(auto_describe=False)
        self._values = {
            "period": tuple(periods),
            "layer": tuple(layers),
            "platform": tuple(platforms),
        }
        self._gauges = {one.table: self._declared(one) for one in DECLARATIONS}
        self._released = Gauge(
            RELEASED_AT,
            "When a table was last released, in seconds since 1970-01-01 UTC.",
            ["table"],
            registry=self.registry,
        )
        for declaration in DECLARATIONS:
            self._released.labels(declaration.table).set(nan)

    def update(self, figures: Sequence[Figure]) -> None:
        """Set the gauges of released figures; cells that were not declared are left out."""
        for figure in figures:
            if self._is_declared(figure.cell):
                labels = [getattr(figure.cell, name) for name in self._labels(figure.cell.table)]
                for bound, value in zip(BOUNDS, _bounds(figure), strict=True):
                    self._gauges[figure.cell.table].labels(*labels, bound).set(value)
                moment = figure.released_at.timestamp()
                self._released.labels(figure.cell.table).set(moment)

    def _declared(self, declaration: Declaration) -> Gauge:
        gauge = Gauge(
            declaration.name,
            declaration.help,
            [*declaration.labels, "bound"],
            registry=self.registry,
        )
        for values in self._combinations(declaration.labels):
            for bound in BOUNDS:
                gauge.labels(*values, bound).set(nan)
        return gauge

    def _combinations(self, labels: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        return product(*(self._values[label] for label in labels))

    def _labels(self, table: TableName) -> tuple[str, ...]:
        return next(one.labels for one in DECLARATIONS if one.table is table)

    def _is_declared(self, cell: Cell) -> bool:
        return all(getattr(cell, name) in self._values[name] for name in self._labels(cell.table))


class FiguresCollector(Collector):
    """The gauges as they are declared now; a new timetable or roster declares new ones.

    Two threads change them: one declares, the other updates.
    """

    def __init__(self, gauges: Gauges) -> None:
        self._gauges = gauges
        self._lock = Lock()

    def collect(self) -> Iterator[Metric]:
        """Yield every gauge."""
        yield from self._gauges.registry.collect()

    def declare(self, make: Callable[[], Gauges]) -> None:
        """Replace the gauges; what is released meanwhile waits, and is not lost.

        Args:
            make: makes the gauges and sets them to what the store has.
        """
        with self._lock:
            self._gauges = make()

    def update(self, figures: Sequence[Figure]) -> None:
        """Set the gauges of released figures."""
        with self._lock:
            self._gauges.update(figures)


def _bounds(figure: Figure) -> tuple[float, float, float]:
    shown = figure.shown
    if shown is None:
        return nan, nan, nan
    return nan if shown.value is None else shown.value, shown.low, shown.high
