"""The whole core, from sightings to figures in the store, against what is true."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from monitor import store
from monitor.release.tables import DRAWN, TOTALS, TableName, TableSpec
from simulation import history
from simulation.commands.run_lesrust import run_lesrust
from simulation.prepare import prepare_school
from simulation.simulation import list_school_days
from tests.simulation.cast import MONDAY, SMALL

pytestmark = [pytest.mark.usefixtures("own_store"), pytest.mark.store]
WEEK = list_school_days(MONDAY, 5)


def exact(_: TableSpec, counts: Sequence[int]) -> list[int]:
    return list(counts)


def test_without_noise_every_released_figure_is_what_is_true(tmp_path: Path) -> None:
    truth = SMALL.new_truth()
    settings = prepare_school(tmp_path, SMALL, WEEK, run_lesrust)
    history.release_days(settings, SMALL, WEEK, truth, mechanism=exact)
    released = {figure.cell: figure.drawn for figure in store.load_figures(since=MONDAY)}
    assert {cell.table for cell in released} == {table.name for table in (*DRAWN, *TOTALS)}
    not_known = {TableName.VISIBILITY, TableName.EXEMPT}
    assert {
        cell: drawn for cell, drawn in released.items() if cell.table not in not_known
    } == truth.cells
    hours = [cell for cell in released if cell.table is TableName.LESSON_HOURS]
    assert len(hours) == 5 * 9
