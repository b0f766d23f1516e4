"""What is true, as a simulation wrote it, put beside the figures that were released of it."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from dashboards.figures.frame import CELL_COLUMNS, TRUTH_COLUMN
from dashboards.figures.row import FigureRow
from monitor.release.tables import Cell
from schedules.language import describe_os_error, gettext
from schedules.problem import Problem, Refused

type Truth = Mapping[tuple[str, ...], int]
"""What is true of a cell, by what stands in its columns."""


def load_truth(path: Path) -> Truth:
    """Read a file of a simulation; of a cell that stands in it twice the first line holds.

    Raises:
        Refused: when the file cannot be read as one.
    """
    allowed = gettext(
        "a file of a simulation, with the columns {names}",
        names=", ".join([*CELL_COLUMNS, TRUTH_COLUMN]),
    )
    truth: dict[tuple[str, ...], int] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = csv.DictReader(file, strict=True)
            if not {*CELL_COLUMNS, TRUTH_COLUMN} <= set(lines.fieldnames or ()):
                raise Refused([Problem(str(path), gettext("something else"), allowed)])
            for line in lines:
                cell = tuple(line[column] for column in CELL_COLUMNS)
                truth.setdefault(cell, int(line[TRUTH_COLUMN]))
    except OSError as error:
        raise Refused([Problem(str(path), describe_os_error(error), allowed)]) from error
    except (ValueError, TypeError, csv.Error) as error:
        raise Refused([Problem(str(path), gettext("something else"), allowed)]) from error
    return truth


def with_truth(rows: Iterable[FigureRow], truth: Truth) -> list[FigureRow]:
    """Put what is true beside each figure that it is known of."""
    return [replace(row, truth=truth.get(_columns(row.cell))) for row in rows]


def _columns(cell: Cell) -> tuple[str, ...]:
    return (
        str(cell.table),
        cell.day.isoformat(),
        cell.period,
        cell.layer,
        cell.platform,
        cell.evidence,
        cell.beyond,
    )
