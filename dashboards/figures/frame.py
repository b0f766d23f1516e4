"""Released figures as a pandas frame: the columns of every CSV and JSON file."""

from collections.abc import Iterable

import pandas as pd

from dashboards.figures.row import FigureRow

CELL_COLUMNS = ["table", "day", "period", "layer", "platform", "evidence", "beyond"]
ESTIMATE_COLUMNS = ["estimate", "estimate_low", "estimate_high"]
FIGURE_COLUMNS = ["figure", "low", "high", *ESTIMATE_COLUMNS, "missing", "parts", "released_at"]
TRUTH_COLUMN = "true"
"""Of a simulation only."""


def figures_frame(rows: Iterable[FigureRow], *, has_truth: bool = False) -> pd.DataFrame:
    """Make a frame of figures, in their order.

    `figure` is `85`, `<20`, or nothing where there is no figure; `high` is nothing beside a `low`
    where it is 'at least' so many; the columns of the estimate are the same of it; `missing` is how
    many of its `parts` had none, or, of a table that is drawn by the week, how many days are not in
    it.

    Args:
        rows: the figures.
        has_truth: whether there is a column of what is true.
    """
    columns = [*CELL_COLUMNS, *FIGURE_COLUMNS, TRUTH_COLUMN]
    frame = pd.DataFrame((_values(row) for row in rows), columns=columns)
    numbers = ("low", "high", "estimate_low", "estimate_high", TRUTH_COLUMN)
    frame = frame.astype(dict.fromkeys(numbers, "Int64"))
    return frame if has_truth else frame.drop(columns=TRUTH_COLUMN)


def _values(row: FigureRow) -> tuple[object, ...]:
    cell, estimate = row.cell, row.estimate
    return (
        str(cell.table),
        cell.day.isoformat(),
        cell.period,
        cell.layer,
        cell.platform,
        cell.evidence,
        cell.beyond,
        row.text,
        row.low,
        row.high,
        estimate.text if estimate else "",
        estimate.low if estimate else None,
        estimate.high if estimate else None,
        row.missing,
        row.parts,
        row.released_at.isoformat(),
        row.truth,
    )
