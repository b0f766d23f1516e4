"""How figures stand in the cells of tables and heatmaps."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from dashboards.figures.estimate import Estimate, mean
from dashboards.figures.row import Line
from dashboards.overview import wording
from monitor.release.figures import SMALLEST_SHOWN

NO_FIGURE = "\N{EN DASH}"
"""In a heatmap's cell, where 'no figure' has no room."""
SMALL = f"<{SMALLEST_SHOWN}"


def figure(line: Line | None) -> str:
    """Write a figure: `85`, `<20`, or that there is none; nothing where there is no cell."""
    if line is None:
        return ""
    return line.written(wording.words())


def span(line: Line | None) -> str:
    """Write a figure's interval, if it has one."""
    return line.interval(wording.words()) if line else ""


def both(line: Line | None) -> str:
    """Write a figure with its interval."""
    return f"{figure(line)} ({span(line)})" if span(line) else figure(line)


def in_heatmap(line: Line) -> str:
    """Write a figure where there is little room."""
    return figure(line) if line.figure else NO_FIGURE


def mean_of_weeks(found: Sequence[Line]) -> tuple[str, str, int | None]:
    """Give the mean of weekly figures, its interval, and it as a number if it may be said so.

    Of one week it is the figure itself.
    """
    if not found:
        return "", "", None
    if len(found) == 1:
        return figure(found[0]), span(found[0]), found[0].value
    return named(mean(found))


def named(found: Estimate | None) -> tuple[str, str, int | None]:
    """Give an estimate, its interval, and it as a number if it may be said so."""
    if found is None:
        return _("no figure"), "", None
    if found.value < SMALLEST_SHOWN:
        return SMALL, wording.interval(found), None
    return wording.number(found.value), wording.interval(found), round(found.value)
