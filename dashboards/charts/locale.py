"""How numbers are written in a chart: Vega's own are American."""

from typing import Any

NUMBERS: dict[str, dict[str, Any]] = {
    "nl": {
        "decimal": ",",
        "thousands": ".",
        "grouping": [3],
        "currency": ["€\N{NO-BREAK SPACE}", ""],
    },
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€", ""]},
}
"""By language, in the form of d3's `formatLocale`. Days and months are words of ours already."""
