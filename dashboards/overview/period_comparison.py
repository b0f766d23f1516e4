"""A period as a whole, compared with the one before: platforms, and year layers by platform."""

from collections.abc import Iterable, Iterator

import pandas as pd
from django.utils.translation import gettext as _

from dashboards.charts.heatmap import Axes, heatmap_specification
from dashboards.charts.intervals import interval_specification
from dashboards.figures.estimate import estimate_mean
from dashboards.figures.period import PeriodKind
from dashboards.figures.row import FigureRow
from dashboards.figures.week_comparison import (
    compare_by_part,
    compare_by_week,
    days_by_week,
    key_of,
)
from dashboards.overview import formatting, phrases
from dashboards.overview.chart import Chart, ChartTable
from dashboards.overview.selection import FigureSelection
from monitor.release.tables import SCHOOL_DAYS, TABLES, TableName
from schedules.language import writing


def platforms_chart(selection: FigureSelection) -> Chart:
    """Chart the platforms of a school day, and how they differ from the weeks before."""
    title = _("Platforms, held against the weeks before")
    by_platform = selection.group_by_platform(selection.rows_in_period(TableName.WEEK_PLATFORMS))
    differences = compare_by_part(*selection.compared_rows(TableName.WEEK_PLATFORMS))
    intervals, table_rows = [], []
    for platform, rows in by_platform.items():
        mean = estimate_mean(rows, by_part=True)
        if mean is None:
            table_rows.append([platform, _("no figure"), "", phrases.differs(None)])
            continue
        if any(row.value is not None for row in rows):
            figure = writing.number(mean.value)
            numbers = {"value": round(mean.value), "low": mean.low, "high": mean.high}
            intervals.append({"row": platform, **numbers})
        else:
            figure = formatting.SMALL
        difference = phrases.differs(differences.get(key_of(rows[0].cell)))
        table_rows.append([platform, figure, mean.format_interval(), difference])
    specification = None
    if intervals:
        names = [str(interval["row"]) for interval in intervals]
        unit = _("devices on average on a school day")
        specification = interval_specification(
            pd.DataFrame(intervals), names, unit=unit, description=title
        )
    heads = [_("platform"), _("on a school day"), _("95% interval"), _("difference")]
    rule = _(
        "A difference is called clear only when it is larger than the noise, and than weeks differ "
        "anyway. The more are looked at together, the more each has to differ."
    )
    return Chart("platforms", title, [rule], specification, ChartTable(heads, table_rows))


def layers_chart(selection: FigureSelection) -> Chart:
    """Chart R4: year layers by platforms; of a longer period the mean of its weeks."""
    title = _("By year layer and platform")
    rows = selection.rows_in_period(TableName.LAYER_PLATFORMS)
    by_cell = _group_by_cell(selection, rows)
    compared = selection.compared_rows(TableName.LAYER_PLATFORMS)
    days = days_by_week(selection.rows, SCHOOL_DAYS)
    differences = compare_by_week(*compared, days)
    is_week = selection.period.kind is PeriodKind.WEEK
    layers, platforms = selection.layers_of(rows), list(selection.group_by_platform(rows))
    marks, table_rows = [], []
    for platform in platforms:
        for layer in layers:
            cell_rows = by_cell.get((layer, platform), [])
            figure, interval, value = formatting.format_weekly_mean(cell_rows)
            if cell_rows:
                text = figure if value is not None or interval else formatting.NO_FIGURE
                marks.append({"column": layer, "row": platform, "text": text, "value": value})
            of_estimate = ["", ""]
            if is_week and cell_rows:
                [row] = cell_rows
                of_estimate = [row.format_estimate(), row.format_estimate_interval()]
            key = key_of(cell_rows[0].cell) if cell_rows else ("", "")
            table_rows.append(
                [
                    platform,
                    layer,
                    figure,
                    interval,
                    *(of_estimate if is_week else ()),
                    phrases.differs(differences.get(key)),
                ]
            )
    unit = str(TABLES[TableName.LAYER_PLATFORMS].words.unit)
    if selection.period.kind is not PeriodKind.WEEK:
        unit = _("devices a day, added up over a week: the mean of the weeks")
    specification = None
    if marks:
        specification = heatmap_specification(
            pd.DataFrame(marks), Axes(layers, platforms), unit=_("devices"), description=title
        )
    heads = [
        _("platform"),
        _("year layer"),
        _("figure"),
        _("95% interval"),
        *((_("estimate"), _("its 95% interval")) if is_week else ()),
        _("difference"),
    ]
    notes = [unit[:1].upper() + unit[1:] + ".", *_left_out_notes(rows)]
    return Chart("layers", title, notes, specification, ChartTable(heads, table_rows))


def _left_out_notes(rows: Iterable[FigureRow]) -> Iterator[str]:
    """Write of which layers a day is not in the figures, at the most of any week and platform."""
    left_out: dict[str, int] = {}
    for row in rows:
        left_out[row.cell.layer] = max(row.days_left_out, left_out.get(row.cell.layer, 0))
    layers = [f"{layer} ({days})" for layer, days in left_out.items() if days]
    if layers:
        yield _(
            "Layers of which days are not in it, because too little of them was measured, and how "
            "many: %(layers)s. Such a week is not compared."
        ) % {"layers": writing.listing(layers)}


def _group_by_cell(
    selection: FigureSelection, rows: Iterable[FigureRow]
) -> dict[tuple[str, str], list[FigureRow]]:
    groups: dict[tuple[str, str], list[FigureRow]] = {}
    for row in rows:
        groups.setdefault((row.cell.layer, selection.platform_title(row)), []).append(row)
    return groups
