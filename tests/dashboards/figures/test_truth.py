"""What a simulation knows to be true, beside what was released."""

from pathlib import Path

import pytest

from dashboards.figures.frame import figures_frame
from dashboards.figures.row import figure_rows
from dashboards.figures.truth import load_truth, with_truth
from monitor.release.tables import TableName
from schedules.problem import Refused
from tests.dashboards.cast import WEEK, figure

HEAD = "table,day,period,layer,platform,evidence,beyond,true\n"
ROWS = figure_rows(
    [
        figure(TableName.WEEK, WEEK, 4_871, parts=44),
        figure(TableName.WEEK_PLATFORMS, WEEK, 102, parts=5, platform="x"),
    ]
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "truth.csv"


def test_the_first_line_of_a_cell_holds(file: Path) -> None:
    file.write_text(f"{HEAD}W1,{WEEK},,,,,,4899\nW1,{WEEK},,,,,,1\nW1,2020-01-06,,,,,,7\n")
    rows = with_truth(ROWS, load_truth(file))
    assert [row.truth for row in rows] == [4_899, None]


def test_the_columns_may_stand_in_another_order(file: Path) -> None:
    file.write_text(f"true,beyond,evidence,platform,layer,period,day,table\n99,,,x,,,{WEEK},W2\n")
    assert [row.truth for row in with_truth(ROWS, load_truth(file))] == [None, 99]


def test_it_has_a_column_only_where_it_was_asked_for(file: Path) -> None:
    file.write_text(HEAD)
    rows = with_truth(ROWS, load_truth(file))
    assert "true" not in figures_frame(rows)
    assert figures_frame(rows, has_truth=True)["true"].isna().all()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "table,day,true\n",
        "a,b\n1,2\n",
        f"{HEAD}W1,{WEEK},,,,,,many\n",
        f"{HEAD}W1,{WEEK},,,,,,\n",
        f"{HEAD}W1\n",
    ],
)
def test_another_file_is_refused(file: Path, text: str) -> None:
    file.write_text(text)
    with pytest.raises(Refused, match="iets anders"):
        load_truth(file)


def test_a_file_that_is_not_there_is_refused(file: Path) -> None:
    with pytest.raises(Refused, match="er is geen bestand"):
        load_truth(file)
