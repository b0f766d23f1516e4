"""Figures by the week: a line with its interval, and bars of platforms on top of each other."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboards.charts.colours import DAY
from dashboards.charts.specification import Specification, complete_specification, inline_data

CHART_HEIGHT = 260
"""Pixels."""


def line_specification(
    frame: pd.DataFrame, weeks: Sequence[str], *, unit: str, description: str
) -> Specification:
    """Draw a figure of each week with its interval; where a week has none, the line is broken.

    Args:
        frame: `week`, `value`, `low`, `high`; only weeks whose figure may be said as a number.
        weeks: all weeks, in order.
        unit: what the numbers count.
        description: what a reader hears who does not see it.
    """
    frame = frame.assign(run=_runs(frame, weeks))
    across = _across(weeks)
    up = {"type": "quantitative", "axis": _axis(unit), "scale": {"zero": True, "nice": True}}
    interval = {"x": across, "y": {"field": "low", **up}, "y2": {"field": "high"}}
    parts: Specification = {
        "data": inline_data(frame),
        "layer": [
            {
                "transform": [{"filter": "isValid(datum.high)"}],
                "mark": {"type": "bar", "width": {"band": 0.5}, "color": DAY.band},
                "encoding": interval,
            },
            {
                "mark": {"type": "line", "color": DAY.accent, "strokeWidth": 2},
                "encoding": {
                    "x": across,
                    "y": {"field": "value", **up},
                    "detail": {"field": "run", "type": "nominal"},
                },
            },
            {
                "mark": {"type": "point", "filled": True, "size": 60, "color": DAY.accent},
                "encoding": {"x": across, "y": {"field": "value", **up}},
            },
        ],
    }
    for layer in parts["layer"]:
        layer["mark"]["opacity"] = 1
    return complete_specification(parts, description=description, height=CHART_HEIGHT)


def stacked_specification(
    frame: pd.DataFrame,
    weeks: Sequence[str],
    platforms: Mapping[str, int],
    *,
    unit: str,
    description: str,
) -> Specification:
    """Put the platforms of each week on top of each other, in one order.

    Args:
        frame: `week`, `platform`, `value`; only figures that may be said as a number.
        weeks: all weeks, in order.
        platforms: all platforms, the first at the bottom, each with the number of its colour.
        unit: what the numbers count.
        description: what a reader hears who does not see it.
    """
    order = {platform: number for number, platform in enumerate(platforms)}
    frame = frame.assign(order=frame["platform"].map(order))
    colours = [DAY.platforms[number % len(DAY.platforms)] for number in platforms.values()]
    parts: Specification = {
        "data": inline_data(frame),
        "mark": {"type": "bar", "stroke": DAY.paper, "strokeWidth": 1.5, "width": {"band": 0.7}},
        "encoding": {
            "x": _across(weeks),
            "y": {"field": "value", "type": "quantitative", "stack": True, "axis": _axis(unit)},
            "color": {
                "field": "platform",
                "type": "nominal",
                "scale": {"domain": list(platforms), "range": colours},
                "legend": {"title": None},
            },
            "order": {"field": "order", "type": "quantitative"},
        },
    }
    return complete_specification(parts, description=description, height=CHART_HEIGHT)


def _across(weeks: Sequence[str]) -> Specification:
    return {
        "field": "week",
        "type": "ordinal",
        "scale": {"domain": list(weeks)},
        "axis": {
            "title": None,
            "labelAngle": -45,
            "labelOverlap": "parity",
            "labelLimit": 60,
            "grid": False,
        },
    }


def _axis(unit: str) -> Specification:
    return {
        "format": ",d",
        "title": unit,
        "titleAngle": 0,
        "titleAlign": "left",
        "titleAnchor": "end",
        "titleX": 0,
        "titleY": -12,
        "titleLimit": 420,
        "tickCount": 5,
        "tickMinStep": 1,
        "domain": False,
        "ticks": False,
    }


def _runs(frame: pd.DataFrame, weeks: Sequence[str]) -> list[int]:
    """Number the pieces of the line: a week that has no figure ends one."""
    place = {week: number for number, week in enumerate(weeks)}
    runs: list[int] = []
    before = None
    for week in frame["week"]:
        at = place[week]
        runs.append(runs[-1] if runs and before == at - 1 else len(runs))
        before = at
    return runs
