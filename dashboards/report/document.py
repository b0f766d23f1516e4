"""A report as a tagged PDF: the sentences, charts and tables of the page, on paper."""

import base64
from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import get_language

from dashboards.charts.locale import NUMBERS
from dashboards.charts.specification import Specification
from dashboards.overview.chart import Chart
from dashboards.overview.overview import Overview

WIDTH = 620
"""Of a chart, in pixels; A4 has room for 642 between its margins."""
FONT = "DejaVu Sans"
"""Debian's `fonts-dejavu-core`; where it is not there, what is."""
CHARTS_ARE = 80
"""Percent of the work."""

type Progress = Callable[[int], None]
"""Told of how many percent of the work are done."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart, with its picture."""

    chart: Chart
    picture: str
    """As a `data:` address; empty when there is none."""


def pdf(overview: Overview, progress: Progress = lambda _: None) -> bytes:
    """Write a report as PDF, in the language that the overview was made in."""
    drawn = []
    for number, chart in enumerate(overview.charts, 1):
        drawn.append(Drawn(chart, _picture(chart.specification)))
        progress(CHARTS_ARE * number // len(overview.charts))
    context = {"overview": overview, "drawn": drawn, "school": overview.selected.school.name}
    written = _write(render_to_string("report/report.html", context))
    progress(100)
    return written


def _write(page: str) -> bytes:
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    # A report fetches nothing: its pictures stand in the page itself.
    fetcher = URLFetcher(allowed_protocols={"data"})
    written: bytes = HTML(string=page, url_fetcher=fetcher).write_pdf(pdf_variant="pdf/ua-1")
    return written


def _picture(specification: Specification | None) -> str:
    if specification is None:
        return ""
    import vl_convert

    config = {**specification["config"], "font": FONT}
    svg: str = vl_convert.vegalite_to_svg(
        {**specification, "width": WIDTH, "config": config},
        format_locale=NUMBERS.get(get_language() or "", NUMBERS["nl"]),
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
