"""Can a count be worked out from all others? By linear programming, as a census was undone.

Somebody writes down what each figure says of its exact count, and what must be true between them,
and asks for the smallest and the largest count that each cell can still have. Where the two are
the same he knows it. HiGHS solves the programs: bounds that are handed on from sum to sum would
miss what only several sums together give away.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, exp, floor, inf, log
from typing import TYPE_CHECKING, Any

from monitor.attacks.margins import Margin, find_margins
from monitor.release.figures import Figure
from monitor.release.tables import TABLES, Cell, TableName

if TYPE_CHECKING:
    from highspy import Highs

DOUBT = 0.001
"""The chance that one figure or more has more noise than the attacker allows for. Then what he
works out is false, such as a count of 0 where the noise was below all that he allowed for."""
ATTACKED = frozenset({TableName.PLATFORMS, TableName.LAYERS, TableName.LAYER_PLATFORMS})
"""The tables that overlap."""
_SLACK = 1e-6

type Span = tuple[float, float]
"""The smallest and the largest exact count that a cell can have."""


@dataclass(frozen=True, slots=True)
class Reconstruction:
    """What linear programming makes of a set of figures."""

    spans: Mapping[Cell, Span]
    """Of each cell; none where the figures contradict each other."""

    @property
    def known(self) -> tuple[Cell, ...]:
        """The cells of which only one count is possible."""
        return tuple(cell for cell, (low, high) in self.spans.items() if floor(high) <= ceil(low))

    @property
    def narrowest(self) -> float:
        """The difference between the largest and smallest count, where it is smallest."""
        return min((high - low for low, high in self.spans.values()), default=inf)


def reconstruct_figures(figures: Iterable[Figure]) -> Reconstruction:
    """Work out what can be known of the exact counts of released figures, with their noise."""
    attacked = [figure for figure in figures if figure.cell.table in ATTACKED]
    return reconstruct(allow_for_noise(attacked))


def allow_for_noise(figures: Sequence[Figure]) -> Mapping[Cell, Span]:
    """Return what each figure alone says of its exact count; no figure says nothing."""
    doubt = DOUBT / max(1, len(figures))
    spans: dict[Cell, Span] = {}
    for figure in figures:
        if figure.drawn is None:
            spans[figure.cell] = 0.0, inf
            continue
        points = TABLES[figure.cell.table].points
        reach = _reach(figure.noise_scale, doubt)
        low, high = figure.drawn - reach, figure.drawn + reach
        spans[figure.cell] = max(0.0, low / points), max(0.0, high / points)
    return spans


def reconstruct(spans: Mapping[Cell, Span], *, is_exact: bool = False) -> Reconstruction:
    """Narrow what is known of each cell by what is known of all others.

    Args:
        spans: what is known of each.
        is_exact: whether every device has a layer, and no staff is counted.
    """
    columns = {cell: number for number, cell in enumerate(spans)}
    program = _make_program(spans, columns, find_margins(spans), is_exact=is_exact)
    narrowed: dict[Cell, Span] = {}
    for cell, number in columns.items():
        if (low := _optimise(program, number, -1.0)) is None:
            return Reconstruction({})
        high = _optimise(program, number, 1.0)
        narrowed[cell] = ceil(low - _SLACK), inf if high is None else floor(high + _SLACK)
    return Reconstruction(narrowed)


def _reach(scale: float, doubt: float) -> int:
    """Return what the noise of one draw exceeds, either way, with that chance at most."""
    p = exp(-1 / scale)
    return max(0, ceil(log(doubt * (1 + p) / 2) / log(p)) - 1)


def _make_program(
    spans: Mapping[Cell, Span],
    columns: Mapping[Cell, int],
    margins: Iterable[Margin],
    *,
    is_exact: bool,
) -> "Highs":
    import highspy

    program = highspy.Highs()
    program.silent()
    for low, high in spans.values():
        program.addVar(low, min(high, highspy.kHighsInf))
    for margin in margins:
        numbers = [columns[cell] for cell in (*margin.less, *margin.more)]
        factors = [1.0] * len(margin.less) + [-float(margin.factor)] * len(margin.more)
        lowest = 0.0 if is_exact and margin.is_exact else -highspy.kHighsInf
        program.addRow(lowest, 0.0, len(numbers), numbers, factors)
    return program


def _optimise(program: Any, column: int, direction: float) -> float | None:
    """Return the largest, or the smallest, that a cell can be; None where there is no bound."""
    import highspy

    program.changeColCost(column, -direction)
    program.run()
    value = -direction * float(program.getInfo().objective_function_value)
    is_solved = program.getModelStatus() == highspy.HighsModelStatus.kOptimal
    program.changeColCost(column, 0.0)
    return value * 1.0 if is_solved else None
