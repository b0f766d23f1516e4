"""How numbers are written in a chart: Vega's own are American."""

from typing import Any

from schedules.language import writing


def number_format() -> dict[str, Any]:
    """Return how the active language writes numbers, in the form of d3's `formatLocale`.

    Days and months are our own words already.
    """
    decimal, thousands = writing.number_symbols()
    return {"decimal": decimal, "thousands": thousands, "grouping": [3], "currency": ["€", ""]}
