"""The mechanism of every release: discrete Laplace noise, drawn once, by OpenDP.

The sampler is OpenDP's. Floating-point noise would leak the exact count in its low bits, and a
seeded generator could be run again.
"""

from collections.abc import Callable, Sequence
from functools import cache
from math import isclose
from typing import Any

from monitor.release.tables import TableSpec

type Mechanism = Callable[[TableSpec, Sequence[int]], list[int]]
"""Turns the exact counts of a table's cells into figures, in the same order."""


def draw_figures(table: TableSpec, counts: Sequence[int]) -> list[int]:
    """Draw a table's figures. Call it once for each slot, and from one thread only."""
    drawn: list[int] = _laplace(table)(list(counts))
    return drawn


def verify_privacy_loss(tables: Sequence[TableSpec]) -> None:
    """Compare each table's claimed privacy loss with what OpenDP proves of its mechanism.

    Raises:
        AssertionError: when they differ; nothing may be released.
    """
    for table in tables:
        proven: float = _laplace(table).map(table.sensitivity)
        if not isclose(proven, table.epsilon, rel_tol=1e-9):
            raise AssertionError(f"{table.name}: {table.epsilon} claimed, {proven} proven")


@cache
def _laplace(table: TableSpec) -> Any:
    import opendp.prelude as dp

    dp.enable_features("contrib")
    space = dp.vector_domain(dp.atom_domain(T=int)), dp.l1_distance(T=int)
    return dp.m.make_laplace(*space, scale=table.scale)
