"""How numbers are written in a chart: Vega's own are American."""

from collections.abc import Mapping
from typing import Any

_NUMBER_FORMATS: Mapping[str, dict[str, Any]] = {
    "nl": {
        "decimal": ",",
        "thousands": ".",
        "grouping": [3],
        "currency": ["€\N{NO-BREAK SPACE}", ""],
    },
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€", ""]},
}


def number_format(language: str | None) -> dict[str, Any]:
    """Return how a language writes numbers, in the form of d3's `formatLocale`.

    Days and months are our own words already.
    """
    return _NUMBER_FORMATS.get(language or "", _NUMBER_FORMATS["nl"])
