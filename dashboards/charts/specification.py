"""What every specification has: its look, its size, and numbers as the reader writes them."""

from typing import Any

import pandas as pd

from dashboards.charts.colours import DAY

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
"""A name; nothing is fetched from it."""
FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"
TEXT_SIZE = 13
ROW_HEIGHT = 30
"""Height of a row in a chart that has rows; pixels."""

type Specification = dict[str, Any]


def complete_specification(parts: Specification, *, description: str, height: int) -> Specification:
    """Complete a specification.

    Args:
        parts: data, marks and encodings.
        description: what a reader hears who does not see it.
        height: of the drawing without its axes, in pixels; its width is that of its place.
    """
    return {
        "$schema": SCHEMA,
        "description": description,
        "width": "container",
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "background": DAY.paper,
        "config": CONFIG,
        **parts,
    }


def inline_data(frame: pd.DataFrame) -> dict[str, Any]:
    """Put a frame's rows in a specification; a field without a value is left out of its row."""
    rows = [
        {name: _plain(value) for name, value in row.items() if not pd.isna(value)}
        for row in frame.to_dict("records")
    ]
    return {"values": rows}


def _plain(value: Any) -> Any:
    """Convert a value of pandas to one of JSON; a column with gaps has made floats of numbers."""
    plain = value.item() if hasattr(value, "item") else value
    return int(plain) if isinstance(plain, float) else plain


CONFIG: Specification = {
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": DAY.ink,
        "titleColor": DAY.soft,
        "domainColor": DAY.soft,
        "tickColor": DAY.soft,
        "gridColor": DAY.hair,
        "labelFontSize": TEXT_SIZE,
        "titleFontSize": TEXT_SIZE,
        "titleFontWeight": "normal",
        "labelLimit": 150,
        "titlePadding": 8,
    },
    "legend": {
        "labelColor": DAY.ink,
        "titleColor": DAY.soft,
        "labelFontSize": TEXT_SIZE,
        "titleFontSize": TEXT_SIZE,
        "titleFontWeight": "normal",
        "titleLimit": 320,
        "orient": "bottom",
        "columns": 3,
    },
}
