"""What the timetable and the settings name is text in a spreadsheet, whatever it begins with."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.figures.csv_text import write_csv
from dashboards.figures.frame import figures_frame
from dashboards.figures.row import figure_rows
from monitor.release.tables import TableName
from tests.dashboards.cast import MONDAY, figure


def written(period: str) -> dict[str, str]:
    rows = figure_rows([figure(TableName.WEEK_PLATFORMS, MONDAY, 120, platform=period)])
    (row,) = csv.DictReader(io.StringIO(write_csv(figures_frame(rows)), newline=""))
    return row


@pytest.mark.parametrize(
    "name", ["=1+1", "+31", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x";"y")']
)
def test_no_name_begins_a_formula(name: str) -> None:
    assert written(name)["platform"] == f"'{name}"


def test_a_name_is_as_it_was_otherwise_and_so_are_figures() -> None:
    row = written("snapchat")
    assert (row["platform"], row["figure"], row["table"]) == ("snapchat", "120", "W2")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8))
def test_whatever_a_name_is_no_cell_is_a_formula(name: str) -> None:
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in written(name).values()
    )
