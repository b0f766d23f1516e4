"""Figures below each other, each with its interval: what is more than what, and how surely."""

from collections.abc import Sequence

import pandas as pd

from dashboards.charts.colours import DAY
from dashboards.charts.specification import (
    ROW_HEIGHT,
    Specification,
    complete_specification,
    inline_data,
)


def interval_specification(
    frame: pd.DataFrame, rows: Sequence[str], *, unit: str, description: str
) -> Specification:
    """Draw an interval with its figure for each row.

    Args:
        frame: `row`, `value`, `low`, `high`; only figures that may be said as a number.
        rows: all rows, from top to bottom.
        unit: what the numbers count.
        description: what a reader hears who does not see it.
    """
    down = {
        "field": "row",
        "type": "ordinal",
        "scale": {"domain": list(rows)},
        "axis": {"title": None, "domain": False, "ticks": False, "labelPadding": 8},
    }
    along = {
        "type": "quantitative",
        "scale": {"zero": True, "nice": True},
        "axis": {
            "format": ",d",
            "title": unit,
            "tickCount": 5,
            "tickMinStep": 1,
            "domain": False,
            "ticks": False,
        },
    }
    parts: Specification = {
        "data": inline_data(frame),
        "layer": [
            {
                "transform": [{"filter": "isValid(datum.high)"}],
                "mark": {"type": "bar", "height": 12, "color": DAY.band, "opacity": 1},
                "encoding": {"y": down, "x": {"field": "low", **along}, "x2": {"field": "high"}},
            },
            {
                "mark": {
                    "type": "point",
                    "filled": True,
                    "size": 70,
                    "color": DAY.accent,
                    "opacity": 1,
                },
                "encoding": {"y": down, "x": {"field": "value", **along}},
            },
        ],
    }
    return complete_specification(
        parts, description=description, height=ROW_HEIGHT * max(1, len(rows))
    )
