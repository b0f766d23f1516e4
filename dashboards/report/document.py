"""A report as a tagged PDF: the sentences, charts and tables of the page, on paper."""

import base64
from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string

from dashboards.charts.locale import number_format
from dashboards.charts.specification import Specification
from dashboards.overview.chart import Chart
from dashboards.overview.overview import PeriodOverview

WIDTH = 620
"""Of a chart, in pixels; A4 has room for 642 between its margins."""
FONT = "DejaVu Sans"
"""Debian's `fonts-dejavu-core`; where it is not there, what is."""
CHARTS_SHARE = 80
"""Percent of the work that drawing the charts takes."""

type Progress = Callable[[int], None]
"""Called with the percentage of the work that is done."""


@dataclass(frozen=True, slots=True)
class ChartPicture:
    """A chart, with its picture."""

    chart: Chart
    picture: str
    """As a `data:` address; empty when there is none."""


def render_pdf(overview: PeriodOverview, progress: Progress = lambda _: None) -> bytes:
    """Write a report as PDF, in the language that the overview was made in."""
    pictures = []
    for number, chart in enumerate(overview.charts, 1):
        pictures.append(ChartPicture(chart, _draw(chart.specification)))
        progress(CHARTS_SHARE * number // len(overview.charts))
    context = {"overview": overview, "pictures": pictures, "school": overview.selection.school.name}
    pdf = _pdf_of(render_to_string("report/report.html", context))
    progress(100)
    return pdf


def _pdf_of(html: str) -> bytes:
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    # A report fetches nothing: its pictures stand in the page itself.
    fetcher = URLFetcher(allowed_protocols={"data"})
    pdf: bytes = HTML(string=html, url_fetcher=fetcher).write_pdf(pdf_variant="pdf/ua-1")
    return pdf


def _draw(specification: Specification | None) -> str:
    if specification is None:
        return ""
    import vl_convert

    config = {**specification["config"], "font": FONT}
    svg: str = vl_convert.vegalite_to_svg(
        {**specification, "width": WIDTH, "config": config},
        format_locale=number_format(),
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
