"""Weeks beside each other: a line with its intervals, and platforms on top of each other."""

from collections.abc import Iterable, Iterator

import pandas as pd
from django.utils.translation import gettext as _

from dashboards.charts.weeks import line_specification, stacked_specification
from dashboards.figures.period import WEEK, PeriodKind
from dashboards.figures.row import FigureRow
from dashboards.figures.trend import SEASONED, estimate_trend
from dashboards.overview import formatting, phrases
from dashboards.overview.chart import Chart, ChartTable
from dashboards.overview.selection import FigureSelection
from monitor.release.figures import MIN_SHOWN
from monitor.release.tables import MIN_GRANTERS, TABLES, TableName
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
            value = _numbers(row, is_whole=True)["value"] if row else None
            cells.append("" if value is None else writing.number(value))
        elif table is TableName.LAYER_PLATFORMS:
            cells += [row.format_estimate(), row.format_estimate_interval()] if row else ["", ""]
        table_rows.append(cells)
    heads = [_("week of"), _("figure"), _("95% interval")]
    if is_whole:
        heads.append(_("in a lesson hour"))
    elif table is TableName.LAYER_PLATFORMS:
        heads += [_("estimate"), _("its 95% interval")]
    specification = None
    notes = [unit[:1].upper() + unit[1:] + "."]
    if len(frame):
        specification = line_specification(
            frame, list(weeks.values()), unit=_("devices"), description=title
        )
        notes.append(
            _("The dot is the figure, the box around it holds the true number in 95 of 100 cases.")
        )
    if is_whole and (trend := _trend(selection)):
        notes.append(trend)
    notes += _incomplete_notes(row for week, row in sorted(by_week.items()) if week in weeks)
    return Chart("weeks", title, notes, specification, ChartTable(heads, table_rows))


def exempt_chart(selection: FigureSelection) -> Chart:
    """Chart R5: what was used under an exemption, by week, of the whole school."""
    note = _("A week in which fewer than %(people)s people granted an exemption has no figure.")
    return _one_figure_chart(
        selection,
        TableName.EXEMPT,
        "exempt",
        _("Use under an exemption, by week"),
        note % {"people": MIN_GRANTERS},
    )


def staff_chart(selection: FigureSelection) -> Chart:
    """Chart S1: what devices of staff did, by week, of the whole school."""
    note = _("Only of devices that are known as staff's, with the consent of the staff.")
    return _one_figure_chart(selection, TableName.STAFF, "staff", _("Staff, by week"), note)


def _one_figure_chart(
    selection: FigureSelection, table: TableName, name: str, title: str, note: str
) -> Chart:
    """Chart a table that has one figure a week."""
    by_week = {row.cell.day: row for row in selection.all_rows(table)}
    weeks = {week: writing.short_day(week) for week in selection.trend_weeks}
    shown = [week for week in weeks if week in by_week and by_week[week].value is not None]
    frame = pd.DataFrame(
        [{"week": weeks[week], **_numbers(by_week[week], is_whole=False)} for week in shown],
        columns=["week", "value", "low", "high"],
    )
    unit = str(TABLES[table].words.unit)
    notes = [unit[:1].upper() + unit[1:] + ".", note]
    specification = None
    if len(frame):
        specification = line_specification(
            frame, list(weeks.values()), unit=_("devices"), description=title
        )
    heads = [_("week of"), _("figure"), _("95% interval")]
    rows = [
        [name, formatting.format_figure(row), formatting.format_interval(row)]
        for week, name in weeks.items()
        for row in [by_week.get(week)]
    ]
    return Chart(name, title, notes, specification, ChartTable(heads, rows))


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


def _numbers(row: FigureRow, *, is_whole: bool) -> dict[str, int | None]:
    """Return a figure and its interval as numbers; of the whole school by lesson hour."""
    parts = row.measured_parts if is_whole else 1
    numbers = {"value": row.value, "low": row.low, "high": row.high}
    return {
        name: None if number is None else round(number / parts) for name, number in numbers.items()
    }


def _trend(selection: FigureSelection) -> str:
    """Say whether there is a trend in the weeks of two school years; nothing of a shorter time."""
    if selection.period.kind is not PeriodKind.SCHOOL_YEAR:
        return ""
    now, before = selection.compared_rows(TableName.WEEK)
    rows = [row for row in sorted([*before, *now], key=lambda row: row.cell.day) if row.value]
    if not rows or (rows[-1].cell.day - rows[0].cell.day) / WEEK < SEASONED:
        return ""  # seasons would be taken for one
    trend = estimate_trend(
        [row.cell.day.toordinal() // 7 for row in rows],
        [(row.value or 0) / row.measured_parts for row in rows],
        max((row.noise_deviation / row.measured_parts for row in rows), default=0.0),
    )
    return phrases.tends(trend, len(rows)) if trend else ""


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
