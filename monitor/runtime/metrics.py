"""What Prometheus reads: gauges of released figures, and nothing else.

Every gauge and every label set is declared before the first figure, and a value changes only when
a figure is released. There is no counter or histogram, and nothing of the process beside them: the
CPU seconds of a process tell of single requests.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from math import nan
from threading import Lock

from prometheus_client import CollectorRegistry, Gauge
from prometheus_client.core import Metric
from prometheus_client.registry import Collector

from monitor.release.figures import Figure
from monitor.release.tables import (
    BEYOND,
    EPSILON_A_DAY,
    TABLES,
    CellValues,
    Dimension,
    ReleasedTable,
)
from monitor.release.visibility import KINDS

BOUNDS = ("value", "low", "high", "estimate", "estimate_low", "estimate_high")
"""Of each gauge: the figure (NaN when it is below 20) and the ends of the 95 % interval (`high` is
NaN where it is 'at least' `low`), and the same of the estimate. What there is none of is NaN."""
RELEASED_AT = "lesrust_released_timestamp_seconds"
EPSILON = "lesrust_day_epsilon"


class Gauges:
    """The gauges in a registry of their own.

    Args:
        periods: labels of the lesson hours that have figures.
        layers: the released year layers.
        platforms: the platforms that are switched on.
        epsilon: what the figures of a day lose together.
    """

    def __init__(
        self,
        periods: Iterable[str],
        layers: Iterable[str],
        platforms: Iterable[str],
        epsilon: float = EPSILON_A_DAY,
    ) -> None:
        self.registry = CollectorRegistry(auto_describe=False)
        self._domain = {
            Dimension.PERIOD: tuple(periods),
            Dimension.LAYER: tuple(layers),
            Dimension.PLATFORM: tuple(platforms),
            Dimension.EVIDENCE: tuple(KINDS),
            Dimension.BEYOND: BEYOND,
        }
        self._gauges = {table.name: self._declare(table) for table in TABLES.values()}
        self._released = Gauge(
            RELEASED_AT,
            "When a table was last released, in seconds since 1970-01-01 UTC.",
            ["table"],
            registry=self.registry,
        )
        for name in TABLES:
            self._released.labels(name).set(nan)
        Gauge(
            EPSILON,
            "Privacy loss of what counts once on one day, over all figures; 0 when there are none.",
            registry=self.registry,
        ).set(epsilon)

    def update(self, figures: Sequence[Figure]) -> None:
        """Set the gauges of released figures; cells that were not declared are left out."""
        for figure in figures:
            table = TABLES[figure.cell.table]
            values = table.values_of(figure.cell)
            if not self._is_declared(table, values):
                continue
            for bound, number in zip(BOUNDS, _bounds(figure), strict=True):
                self._gauges[table.name].labels(*values, bound).set(number)
            self._released.labels(table.name).set(figure.released_at.timestamp())

    def _declare(self, table: ReleasedTable) -> Gauge:
        gauge = Gauge(
            table.metric.name,
            table.metric.help,
            [*table.dimensions, "bound"],
            registry=self.registry,
        )
        for values in product(*(self._domain[dimension] for dimension in table.dimensions)):
            for bound in BOUNDS:
                gauge.labels(*values, bound).set(nan)
        return gauge

    def _is_declared(self, table: ReleasedTable, values: CellValues) -> bool:
        return all(
            value in self._domain[dimension]
            for dimension, value in zip(table.dimensions, values, strict=True)
        )


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


def _bounds(figure: Figure) -> Iterator[float]:
    for shown in (figure.shown, figure.shown_estimate):
        for number in (shown.value, shown.low, shown.high) if shown else (None, None, None):
            yield nan if number is None else number
