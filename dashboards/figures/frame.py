"""Released figures as a pandas frame: what tables, exports and charts are made from.

It holds what may be shown and nothing else: the figures as they are rounded, not as they were
drawn.
"""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from monitor.release.figures import Figure
from schedules.problem import Problem, Refused

CELL = ["table", "day", "period", "layer", "platform"]
SHOWN = ["figure", "low", "high", "missing", "parts", "released_at"]
TRUE = "true"
"""A column that only a simulation has."""


def frame(figures: Iterable[Figure]) -> pd.DataFrame:
    """Make a frame of figures, in the order of their cells.

    `figure` is `85`, `<20`, or nothing where there is no figure; `missing` is how many of its
    `parts` had none.
    """
    rows = pd.DataFrame((_row(figure) for figure in figures), columns=[*CELL, *SHOWN])
    return rows.astype({"low": "Int64", "high": "Int64"})


def _row(figure: Figure) -> tuple[object, ...]:
    cell, shown = figure.cell, figure.shown
    return (
        str(cell.table),
        cell.day.isoformat(),
        cell.period,
        cell.layer,
        cell.platform,
        shown.text if shown else "",
        shown.low if shown else None,
        shown.high if shown else None,
        figure.missing,
        figure.parts + figure.missing if shown else figure.missing,
        figure.released_at.isoformat(),
    )


def with_truth(figures: pd.DataFrame, truth: Path) -> pd.DataFrame:
    """Put what is true beside each figure, from a file that a simulation wrote.

    Raises:
        Refused: when the file cannot be read as one.
    """
    return figures.merge(_truth(truth), on=CELL, how="left")


def _truth(path: Path) -> pd.DataFrame:
    columns = [*CELL, TRUE]
    allowed = f"a file of a simulation, with the columns {', '.join(columns)}"
    try:
        read = pd.read_csv(path, dtype=str, keep_default_na=False)
        return read[columns].drop_duplicates(CELL).astype({TRUE: "Int64"})
    except OSError as error:
        raise Refused([Problem(str(path), error.strerror or "", allowed)]) from error
    except (ValueError, KeyError, TypeError) as error:
        raise Refused([Problem(str(path), "something else", allowed)]) from error
