"""Weeks beside each other: a line with its intervals, and platforms on top of each other."""

from collections.abc import Iterable, Iterator

import pandas as pd
from django.utils.translation import gettext as _

from dashboards.charts.weeks import line_specification, stacked_specification
from dashboards.figures.row import FigureRow
from dashboards.overview import formatting
from dashboards.overview.chart import Chart, ChartTable
from dashboards.overview.selection import FigureSelection
from monitor.release.figures import MIN_SHOWN
from monitor.release.tables import TABLES, TableName
from schedules.language import writing


def trend_chart(selection: FigureSelection) -> Chart:
    """Chart what was asked for by week: the whole school, a platform, or a layer's platform."""
    table, what = _table_asked_for(selection)
    is_whole = table is TableName.WEEK
    unit = str(TABLES[table].words.unit)
    if is_whole:
        unit = _("devices on average in a lesson hour")
    title = _("By week: %(what)s") % {"what": what}
    by_week = {row.cell.day: row for row in selection.all_rows(table)}
    weeks = {week: writing.short_day(week) for week in selection.trend_weeks}
    frame = pd.DataFrame(
        [
            {"week": name, **_numbers(by_week[week], is_whole=is_whole)}
            for week, name in weeks.items()
            if week in by_week and by_week[week].value is not None
        ],
        columns=["week", "value", "low", "high"],
    )
    table_rows = []
    for week, name in weeks.items():
        row = by_week.get(week)
        cells = [name, formatting.format_figure(row), formatting.format_interval(row)]
        if is_whole:
            numbers = _numbers(row, is_whole=True) if row and row.value is not None else None
            cells.append(writing.number(numbers["value"]) if numbers else "")
        table_rows.append(cells)
    heads = [_("week of"), _("figure"), _("95% interval")]
    heads += [_("in a lesson hour")] if is_whole else []
    specification = None
    notes = [unit[:1].upper() + unit[1:] + "."]
    if len(frame):
        specification = line_specification(
            frame, list(weeks.values()), unit=_("devices"), description=title
        )
        notes.append(
            _("The dot is the figure, the box around it holds the true number in 95 of 100 cases.")
        )
    notes += _incomplete_notes(row for week, row in sorted(by_week.items()) if week in weeks)
    return Chart("weeks", title, notes, specification, ChartTable(heads, table_rows))


def platforms_chart(selection: FigureSelection) -> Chart:
    """Chart W2: the platforms of each week on top of each other."""
    title = _("Platforms by week")
    weeks = {week: writing.short_day(week) for week in selection.trend_weeks}
    by_platform = selection.group_by_platform(
        row for row in selection.all_rows(TableName.WEEK_PLATFORMS) if row.cell.day in weeks
    )
    cells = {(row.cell.day, name): row for name, rows in by_platform.items() for row in rows}
    frame = pd.DataFrame(
        [
            {"week": weeks[week], "platform": name, "value": row.value}
            for (week, name), row in sorted(cells.items(), key=lambda cell: cell[0])
            if row.value is not None
        ],
        columns=["week", "platform", "value"],
    )
    unit = str(TABLES[TableName.WEEK_PLATFORMS].words.unit)
    specification, notes = None, [unit[:1].upper() + unit[1:] + "."]
    if len(frame):
        colours = {name: selection.platform_titles.index(name) for name in by_platform}
        specification = stacked_specification(
            frame, list(weeks.values()), colours, unit=_("devices"), description=title
        )
        note = _("What is below %(smallest)s, or has no figure, is not drawn.")
        notes.append(note % {"smallest": MIN_SHOWN})
    table = ChartTable(
        [_("week of"), *by_platform],
        [
            [
                name,
                *(
                    formatting.format_with_interval(cells.get((week, platform)))
                    for platform in by_platform
                ),
            ]
            for week, name in weeks.items()
        ],
    )
    return Chart("stacked", title, notes, specification, table)


def _table_asked_for(selection: FigureSelection) -> tuple[TableName, str]:
    layer, platform = selection.filters.layer, selection.filters.platform
    title = selection.school.titles.get(platform, platform)
    if layer and platform:
        return TableName.LAYER_PLATFORMS, f"{layer}, {title}"
    if platform:
        return TableName.WEEK_PLATFORMS, title
    return TableName.WEEK, _("the whole school")


def _numbers(row: FigureRow, *, is_whole: bool) -> dict[str, int]:
    """Return a figure and its interval as numbers; of the whole school by lesson hour."""
    parts = row.measured_parts if is_whole else 1
    numbers = {"value": row.value, "low": row.low, "high": row.high}
    return {name: round((number or 0) / parts) for name, number in numbers.items()}


def _incomplete_notes(rows: Iterable[FigureRow]) -> Iterator[str]:
    """Write of which totals a part is missing."""
    for row in rows:
        if row.days_left_out:
            yield _(
                "Week of %(week)s: days that are not in it, because too little of them was "
                "measured: %(days)s."
            ) % {"week": writing.short_day(row.cell.day), "days": row.days_left_out}
        if row.missing_parts and row.text:
            yield _(
                "Week of %(week)s: %(missing)s of the %(parts)s parts have no figure, and are "
                "left out."
            ) % {
                "week": writing.short_day(row.cell.day),
                "missing": row.missing_parts,
                "parts": row.parts,
            }
