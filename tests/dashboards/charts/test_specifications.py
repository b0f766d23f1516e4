"""Vega itself draws each specification, in Dutch, and none holds what may not be said."""

import json
import re

import pandas as pd
import pytest
import vl_convert

from dashboards.charts.heatmap import Axes, heatmap_specification, step_thresholds
from dashboards.charts.intervals import interval_specification
from dashboards.charts.locale import number_format
from dashboards.charts.specification import Specification
from dashboards.charts.weeks import line_specification, stacked_specification
from schedules.language import Language, override

WEEKS = ["2 nov", "9 nov", "16 nov", "23 nov"]
CELLS = pd.DataFrame(
    [
        {"column": "ma", "row": "1", "text": "1.500", "value": 1_500},
        {"column": "di", "row": "1", "text": "<20", "value": None},
        {"column": "wo", "row": "1", "text": "–", "value": None},
    ]
)


def drawn(specification: Specification) -> str:
    svg: str = vl_convert.vegalite_to_svg(
        {**specification, "width": 500}, format_locale=number_format()
    )
    return svg


def texts(svg: str) -> list[str]:
    return [text.replace("&lt;", "<") for text in re.findall(r"<text[^>]*>([^<]+)</text>", svg)]


def test_a_heatmap_has_small_figures_and_none_as_text_only() -> None:
    made = heatmap_specification(
        CELLS, Axes(["ma", "di", "wo"], ["1"]), unit="apparaten", description="x"
    )
    rows = made["data"]["values"]
    assert [row.get("value") for row in rows] == [1_500, None, None]
    assert all("value" not in row for row in rows[1:])
    assert {"1.500", "<20", "–", "ma"} <= set(texts(drawn(made)))


def test_the_steps_of_a_heatmap_are_round_and_hold_all() -> None:
    assert step_thresholds(CELLS) == [300, 600, 900, 1_200]
    assert step_thresholds(pd.DataFrame({"value": [23]})) == [5, 10, 15, 20]
    assert step_thresholds(pd.DataFrame({"value": [None]})) == []


def test_a_heatmap_without_any_number_is_drawn_too() -> None:
    small = CELLS[CELLS["value"].isna()]
    made = heatmap_specification(
        small, Axes(["di", "wo"], ["1"]), unit="apparaten", description="x"
    )
    assert {"<20", "–"} <= set(texts(drawn(made)))


def test_a_line_is_broken_where_a_week_has_no_number() -> None:
    frame = pd.DataFrame(
        [
            {"week": "2 nov", "value": 100, "low": 90, "high": 110},
            {"week": "9 nov", "value": 105, "low": 95, "high": 115},
            {"week": "23 nov", "value": 95, "low": 85, "high": 105},
        ]
    )
    made = line_specification(frame, WEEKS, unit="apparaten", description="x")
    runs = {row["week"]: row["run"] for row in made["data"]["values"]}
    assert runs["2 nov"] == runs["9 nov"] != runs["23 nov"]
    assert "16 nov" not in json.dumps(made["data"])
    assert "16 nov" in texts(drawn(made))


def test_numbers_are_written_as_the_dutch_do() -> None:
    frame = pd.DataFrame([{"week": week, "platform": "X", "value": 1_500} for week in WEEKS])
    made = stacked_specification(frame, WEEKS, {"X": 0}, unit="apparaten", description="x")
    assert "1.500" in texts(drawn(made))
    assert "1,500" not in texts(drawn(made))


def test_intervals_stand_in_the_order_that_is_given() -> None:
    frame = pd.DataFrame(
        [{"row": name, "value": 50, "low": 40, "high": 60} for name in ("TikTok", "Snapchat")]
    )
    made = interval_specification(frame, ["Snapchat", "TikTok"], unit="apparaten", description="x")
    found = [text for text in texts(drawn(made)) if text in {"Snapchat", "TikTok"}]
    assert found == ["Snapchat", "TikTok"]


@pytest.mark.parametrize(
    ("language", "decimal", "thousands"), [(Language.DUTCH, ",", "."), (Language.ENGLISH, ".", ",")]
)
def test_every_language_has_its_numbers(language: Language, decimal: str, thousands: str) -> None:
    with override(language):
        written = number_format()
    assert set(written) == {"decimal", "thousands", "grouping", "currency"}
    assert (written["decimal"], written["thousands"]) == (decimal, thousands)
