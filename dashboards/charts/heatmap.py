"""Figures in rows and columns, each in a colour that says which of five steps it is in."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import pandas as pd

from dashboards.charts.colours import DAY
from dashboards.charts.specification import (
    ROW_HEIGHT,
    TEXT_SIZE,
    Specification,
    complete_specification,
    inline_data,
)
from monitor.release.figures import ROUNDING_STEP

STEPS = len(DAY.steps)
SHORT = 3
"""Letters of a column's name that stand level above it, also on a phone."""
CELL: Specification = {"type": "rect", "cornerRadius": 3}
PALE_STEPS = DAY.on_steps.count(DAY.on_steps[0])
"""The first so many steps have the same text on them."""


@dataclass(frozen=True, slots=True)
class Axes:
    """What stands along a heatmap, in order, also where it has no figure."""

    columns: Sequence[str]
    rows: Sequence[str]


def heatmap_specification(
    frame: pd.DataFrame, axes: Axes, *, unit: str, description: str
) -> Specification:
    """Make a heatmap.

    Args:
        frame: `column`, `row`, `text`, and `value` where it may be said as a number.
        axes: what stands along it.
        unit: what the legend says of the numbers.
        description: what a reader hears who does not see it.
    """
    bounds = step_thresholds(frame)
    has_value = "isValid(datum.value)"
    place = {
        "x": {
            "field": "column",
            "type": "ordinal",
            "scale": {"domain": list(axes.columns), "paddingInner": 0.06, "paddingOuter": 0},
            "axis": {
                "orient": "top",
                "title": None,
                "domain": False,
                "ticks": False,
                "labelAngle": 0 if max(map(len, axes.columns)) <= SHORT else -35,
                "labelAlign": "center" if max(map(len, axes.columns)) <= SHORT else "left",
                "labelPadding": 6,
                "labelOverlap": False,
                "labelLimit": 90,
            },
        },
        "y": {
            "field": "row",
            "type": "ordinal",
            "scale": {"domain": list(axes.rows), "paddingInner": 0.08, "paddingOuter": 0},
            "axis": {
                "title": None,
                "domain": False,
                "ticks": False,
                "labelPadding": 8,
                "labelLimit": 110,
            },
        },
    }
    step = {
        "field": "value",
        "type": "quantitative",
        "scale": {"type": "threshold", "domain": bounds, "range": list(DAY.steps)},
        "legend": {"title": unit, "format": ",d"} if bounds else None,
    }
    later = bounds[PALE_STEPS - 1] if bounds else 0
    text = {
        "condition": [
            {"test": f"{has_value} && datum.value >= {later}", "value": DAY.on_steps[-1]},
            {"test": has_value, "value": DAY.on_steps[0]},
        ],
        "value": DAY.soft,
    }
    parts: Specification = {
        "data": inline_data(frame),
        "encoding": place,
        "layer": [
            {"transform": [{"filter": f"!{has_value}"}], "mark": {**CELL, "fill": DAY.none}},
            {"transform": [{"filter": has_value}], "mark": CELL, "encoding": {"fill": step}},
            {
                "mark": {"type": "text", "fontSize": TEXT_SIZE},
                "encoding": {"text": {"field": "text"}, "color": text},
            },
        ],
    }
    return complete_specification(
        parts, description=description, height=ROW_HEIGHT * max(1, len(axes.rows))
    )


def step_thresholds(frame: pd.DataFrame) -> list[int]:
    """Return the four numbers at which a step ends, such that the largest is in the last."""
    known = frame["value"].dropna() if "value" in frame else pd.Series(dtype=int)
    if known.empty:
        return []
    step = ROUNDING_STEP * max(1, ceil(int(known.max()) / STEPS / ROUNDING_STEP))
    return [step * number for number in range(1, STEPS)]
