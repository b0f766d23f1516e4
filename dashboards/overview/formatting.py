"""How figures stand in the cells of tables and heatmaps."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from dashboards.figures.estimate import Estimate, estimate_mean
from dashboards.figures.row import FigureRow
from monitor.release.figures import MIN_SHOWN
from schedules.language import writing

NO_FIGURE = "\N{EN DASH}"
"""In a heatmap's cell, where 'no figure' has no room."""
SMALL = f"<{MIN_SHOWN}"


class FormattedFigure(NamedTuple):
    """A figure as it is written, and as a number where it may be said as one."""

    figure: str
    interval: str
    value: int | None


def format_figure(row: FigureRow | None) -> str:
    """Write a figure: `85`, `<20`, or that there is none; nothing where there is no cell."""
    return row.format_figure() if row else ""


def format_interval(row: FigureRow | None) -> str:
    """Write a figure's interval, if it has one."""
    return row.format_interval() if row else ""


def format_with_interval(row: FigureRow | None) -> str:
    """Write a figure with its interval, and on a line of its own the estimate, called that."""
    interval = format_interval(row)
    text = f"{format_figure(row)} ({interval})" if interval else format_figure(row)
    if row is None or row.estimate is None:
        return text
    return f"{text}\n{format_labelled_estimate(row)}"


def format_labelled_estimate(row: FigureRow) -> str:
    """Write an estimate with its interval, so that nobody takes it for a figure."""
    return _("estimate %(number)s (%(interval)s)") % {
        "number": row.format_estimate(),
        "interval": row.format_estimate_interval(),
    }


def format_heatmap_cell(row: FigureRow) -> str:
    """Write a figure where there is little room."""
    return format_figure(row) if row.text else NO_FIGURE


def format_weekly_mean(rows: Sequence[FigureRow]) -> FormattedFigure:
    """Write the mean of weekly figures; of one week it is the figure itself."""
    if not rows:
        return FormattedFigure("", "", None)
    if len(rows) == 1:
        return FormattedFigure(format_figure(rows[0]), format_interval(rows[0]), rows[0].value)
    return format_estimate(estimate_mean(rows))


def format_estimate(estimate: Estimate | None) -> FormattedFigure:
    """Write an estimate: `85`, `<20`, or that there is none."""
    if estimate is None:
        return FormattedFigure(_("no figure"), "", None)
    if estimate.value < MIN_SHOWN:
        return FormattedFigure(SMALL, estimate.format_interval(), None)
    return FormattedFigure(
        writing.number(estimate.value),
        estimate.format_interval(),
        round(estimate.value),
    )
