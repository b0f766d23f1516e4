"""Weeks beside each other: a line with its intervals, and platforms on top of each other."""

from collections.abc import Iterator

import pandas as pd
from django.utils.translation import gettext as _

from dashboards.charts.weeks import line as line_chart
from dashboards.charts.weeks import stacked
from dashboards.figures.row import Line
from dashboards.overview import formatting, wording
from dashboards.overview.chart import Chart, Table
from dashboards.overview.selection import Selected
from monitor.release.figures import SMALLEST_SHOWN
from monitor.release.tables import TableName


def trend(selected: Selected) -> Chart:
    """Give what was asked for by week: the whole school, a platform, or a layer's platform."""
    table, what = _asked(selected)
    is_whole = table is TableName.WEEK
    unit = wording.words().units[table]
    if is_whole:
        unit = _("devices on average in a lesson hour")
    title = _("By week: %(what)s") % {"what": what}
    found = {line.cell.day: line for line in selected.all_of(table)}
    weeks = {week: wording.short_week(week) for week in selected.weeks}
    frame = pd.DataFrame(
        [
            {"week": name, **_numbers(found[week], is_whole=is_whole)}
            for week, name in weeks.items()
            if week in found and found[week].value is not None
        ],
        columns=["week", "value", "low", "high"],
    )
    rows = []
    for week, name in weeks.items():
        line = found.get(week)
        each = [name, formatting.figure(line), formatting.span(line)]
        if is_whole:
            numbers = _numbers(line, is_whole=True) if line and line.value is not None else None
            each.append(wording.number(numbers["value"]) if numbers else "")
        rows.append(each)
    heads = [_("week of"), _("figure"), _("95% interval")]
    heads += [_("in a lesson hour")] if is_whole else []
    drawn = None
    notes = [unit[:1].upper() + unit[1:] + "."]
    if len(frame):
        drawn = line_chart(frame, list(weeks.values()), unit=_("devices"), described=title)
        notes.append(
            _("The dot is the figure, the box around it holds the true number in 95 of 100 cases.")
        )
    notes += _incomplete(line for week, line in sorted(found.items()) if week in weeks)
    return Chart("weeks", title, notes, drawn, Table(heads, rows))


def platforms(selected: Selected) -> Chart:
    """Give W2: the platforms of each week on top of each other."""
    title = _("Platforms by week")
    weeks = {week: wording.short_week(week) for week in selected.weeks}
    by_title = selected.by_platform(
        line for line in selected.all_of(TableName.WEEK_PLATFORMS) if line.cell.day in weeks
    )
    cells = {(line.cell.day, name): line for name, of_it in by_title.items() for line in of_it}
    frame = pd.DataFrame(
        [
            {"week": weeks[week], "platform": name, "value": line.value}
            for (week, name), line in sorted(cells.items(), key=lambda pair: pair[0])
            if line.value is not None
        ],
        columns=["week", "platform", "value"],
    )
    unit = wording.words().units[TableName.WEEK_PLATFORMS]
    drawn, notes = None, [unit[:1].upper() + unit[1:] + "."]
    if len(frame):
        coloured = {name: selected.platforms.index(name) for name in by_title}
        drawn = stacked(frame, list(weeks.values()), coloured, unit=_("devices"), described=title)
        note = _("What is below %(smallest)s, or has no figure, is not drawn.")
        notes.append(note % {"smallest": SMALLEST_SHOWN})
    table = Table(
        [_("week of"), *by_title],
        [
            [name, *(formatting.both(cells.get((week, platform))) for platform in by_title)]
            for week, name in weeks.items()
        ],
    )
    return Chart("stacked", title, notes, drawn, table)


def _asked(selected: Selected) -> tuple[TableName, str]:
    layer, platform = selected.filters.layer, selected.filters.platform
    title = selected.school.titles.get(platform, platform)
    if layer and platform:
        return TableName.LAYER_PLATFORMS, f"{layer}, {title}"
    if platform:
        return TableName.WEEK_PLATFORMS, title
    return TableName.WEEK, _("the whole school")


def _numbers(line: Line, *, is_whole: bool) -> dict[str, int]:
    """Give a figure and its interval as numbers; of the whole school by lesson hour."""
    parts = line.parts - line.missing if is_whole else 1
    known = {"value": line.value, "low": line.low, "high": line.high}
    return {name: round((number or 0) / parts) for name, number in known.items()}


def _incomplete(found: Iterator[Line]) -> Iterator[str]:
    """Say of which totals a part is missing."""
    for line in found:
        if line.missing and line.figure:
            yield _(
                "Week of %(week)s: %(missing)s of the %(parts)s parts have no figure, and are "
                "left out."
            ) % {
                "week": wording.short_week(line.cell.day),
                "missing": line.missing,
                "parts": line.parts,
            }
