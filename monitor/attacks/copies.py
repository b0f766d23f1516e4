"""Copies of released figures: what somebody kept of an export, of Prometheus, or of a backup.

A copy says of a figure what people see; a backup of the store says what was drawn, too.
"""

import csv
import io
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date
from math import isnan
from pathlib import Path
from typing import Any, NamedTuple

from prometheus_client.parser import text_string_to_metric_families

from monitor.release.figures import ShownFigure
from monitor.release.tables import TABLES, Cell, TableName
from schedules.language import describe_os_error, gettext
from schedules.problem import Problem, Refused

SQLITE_HEADER = b"SQLite format 3\0"
BOUNDS = ("value", "low", "high")
_CELL_COLUMNS = ("period", "layer", "platform", "evidence", "beyond")


class CopiedFigure(NamedTuple):
    """A figure as it stands in a copy."""

    cell: Cell
    """Of Prometheus, which does not say of which day: the first day there is."""
    shown: ShownFigure | None
    """As people see it; None is 'geen cijfer'."""
    drawn: int | None = None
    """As it was drawn, where the copy has it."""
    has_drawn: bool = False

    @property
    def has_day(self) -> bool:
        """Whether the copy says of which day it is."""
        return self.cell.day != date.min


def load_copy(path: Path) -> list[CopiedFigure]:
    """Read a copy: CSV or JSON of Lesrust, what Prometheus reads, or a store that is a file.

    Raises:
        Refused: when it cannot be read, or is none of them.
    """
    try:
        with path.open("rb") as file:
            start = file.read(len(SQLITE_HEADER))
        if start == SQLITE_HEADER:
            return list(_load_store(path))
        return parse_copy(path.read_text("utf-8"))
    except OSError as error:
        found = describe_os_error(error)
        raise Refused([Problem(str(path), found, gettext("a readable file"))]) from error
    except (KeyError, TypeError, ValueError, sqlite3.Error) as error:
        allowed = gettext(
            "released figures: CSV or JSON of Lesrust, what Prometheus reads, or a backup of the "
            "store that is a file"
        )
        raise Refused([Problem(str(path), gettext("something else"), allowed)]) from error


def parse_copy(text: str) -> list[CopiedFigure]:
    """Parse CSV or JSON of Lesrust, or what Prometheus reads.

    Raises:
        ValueError: when it is none of them.
    """
    if text.startswith("{"):
        return [_from_row(row) for row in json.loads(text)["figures"]]
    if text.startswith("table,"):
        return [_from_row(row) for row in csv.DictReader(io.StringIO(text))]
    return list(parse_metrics(text))


def parse_metrics(text: str) -> Iterator[CopiedFigure]:
    """Parse what Prometheus reads; what was not released yet looks like 'geen cijfer'.

    Raises:
        ValueError: when there is no gauge of a released table.
    """
    tables = {table.metric.name: table for table in TABLES.values()}
    bounds: dict[Cell, dict[str, float]] = {}
    for family in text_string_to_metric_families(text):
        table = tables.get(family.name)
        if table is None:
            continue
        for sample in family.samples:
            values = tuple(sample.labels[dimension] for dimension in table.dimensions)
            cell = table.cell(date.min, values)
            bounds.setdefault(cell, {})[sample.labels["bound"]] = sample.value
    if not bounds:
        raise ValueError("no gauge of a released table")
    for cell, numbers in bounds.items():
        value, low, high = (_number(numbers[bound]) for bound in BOUNDS)
        yield CopiedFigure(cell, None if low is None else ShownFigure(value, low, high))


def _number(value: float) -> int | None:
    return None if isnan(value) else int(value)


def _from_row(row: Mapping[str, Any]) -> CopiedFigure:
    cell = Cell(
        TableName(row["table"]),
        date.fromisoformat(row["day"][:10]),
        **{column: row.get(column) or "" for column in _CELL_COLUMNS},
    )
    if not row["figure"]:
        return CopiedFigure(cell, None)
    value = None if row["figure"].startswith("<") else int(row["figure"])
    high = row["high"]
    return CopiedFigure(
        cell, ShownFigure(value, int(row["low"]), int(high) if high not in {"", None} else None)
    )


def _load_store(path: Path) -> Iterable[CopiedFigure]:
    """Read a backup of a store that is a file, also one of an earlier version.

    Without a journal beside it nobody is writing to it, and then SQLite makes none either: one that
    is left behind would spoil what is restored later.
    """
    how = "mode=ro" if Path(f"{path}-wal").exists() else "immutable=1"
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True)) as backup:
        backup.row_factory = sqlite3.Row
        for row in backup.execute("SELECT * FROM monitor_releasedfigure"):
            kept = dict(row)
            cell = Cell(
                TableName(kept["table"]),
                date.fromisoformat(kept["day"]),
                **{column: kept.get(column, "") for column in _CELL_COLUMNS},
            )
            yield CopiedFigure(cell, None, kept["drawn"], has_drawn=True)
