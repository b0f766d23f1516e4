"""A chart and its table, ready for a page or a report."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.charts.specification import Specification


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The figures of a chart in words; the first cell of a row names it."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with what stands around it."""

    name: str
    """In the address of its place on the page."""
    title: str
    notes: Sequence[str]
    specification: Specification | None
    """None: there is no figure that can be drawn."""
    table: ChartTable
