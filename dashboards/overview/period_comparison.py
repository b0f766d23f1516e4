"""A period as a whole, compared with the one before: platforms, and year layers by platform."""

from collections.abc import Iterable, Iterator

import pandas as pd
from django.utils.translation import gettext as _

from dashboards.charts.heatmap import Axes, heatmap_specification
from dashboards.charts.intervals import interval_specification
from dashboards.figures.estimate import compare, estimate_mean
from dashboards.figures.period import PeriodKind
from dashboards.figures.row import FigureRow
from dashboards.overview import formatting, phrases
from dashboards.overview.chart import Chart, ChartTable
from dashboards.overview.selection import FigureSelection
from monitor.release.tables import TABLES, TableName
from schedules.language import writing


def platforms_chart(selection: FigureSelection) -> Chart:
    """Chart the platforms of a school day, and how they differ from the period before."""
    before = {"before": phrases.BEFORE[selection.period.kind]}
    title = _("Platforms, held against %(before)s") % before
    by_platform = selection.group_by_platform(selection.rows_in_period(TableName.WEEK_PLATFORMS))
    earlier = selection.group_by_platform(
        selection.rows_in_previous_period(TableName.WEEK_PLATFORMS)
    )
    intervals, table_rows = [], []
    for platform, rows in by_platform.items():
        mean = estimate_mean(rows, by_part=True)
        earlier_mean = estimate_mean(earlier.get(platform, ()), by_part=True)
        if mean is None:
            table_rows.append([platform, _("no figure"), "", phrases.differs(None)])
            continue
        if any(row.value is not None for row in rows):
            figure = writing.number(mean.value)
            numbers = {"value": round(mean.value), "low": mean.low, "high": mean.high}
            intervals.append({"row": platform, **numbers})
        else:
            figure = formatting.SMALL
        difference = phrases.differs(compare(mean, earlier_mean))
        table_rows.append([platform, figure, writing.interval(mean.low, mean.high), difference])
    specification = None
    if intervals:
        names = [str(interval["row"]) for interval in intervals]
        unit = _("devices on average on a school day")
        specification = interval_specification(
            pd.DataFrame(intervals), names, unit=unit, description=title
        )
    heads = [_("platform"), _("on a school day"), _("95% interval"), _("difference")]
    rule = _(
        "A difference is called clear only when it is larger than the noise of both figures can be."
    )
    return Chart("platforms", title, [rule], specification, ChartTable(heads, table_rows))


def layers_chart(selection: FigureSelection) -> Chart:
    """Chart R4: year layers by platforms; of a longer period the mean of its weeks."""
    title = _("By year layer and platform")
    rows = selection.rows_in_period(TableName.LAYER_PLATFORMS)
    by_cell = _group_by_cell(selection, rows)
    earlier = _group_by_cell(
        selection, selection.rows_in_previous_period(TableName.LAYER_PLATFORMS)
    )
    layers, platforms = selection.layers_of(rows), list(selection.group_by_platform(rows))
    marks, table_rows = [], []
    for platform in platforms:
        for layer in layers:
            cell_rows = by_cell.get((layer, platform), [])
            figure, interval, value = formatting.format_weekly_mean(cell_rows)
            if cell_rows:
                text = figure if value is not None or interval else formatting.NO_FIGURE
                marks.append({"column": layer, "row": platform, "text": text, "value": value})
            difference = compare(
                estimate_mean(_whole_weeks(cell_rows)),
                estimate_mean(_whole_weeks(earlier.get((layer, platform), ()))),
            )
            table_rows.append([platform, layer, figure, interval, phrases.differs(difference)])
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
        _("difference"),
    ]
    notes = [unit[:1].upper() + unit[1:] + ".", *_left_out_notes(rows)]
    return Chart("layers", title, notes, specification, ChartTable(heads, table_rows))


def _whole_weeks(rows: Iterable[FigureRow]) -> Iterator[FigureRow]:
    """Yield the weeks of which no day is left out: others are lower by that, and not by use."""
    return (row for row in rows if not row.days_left_out)


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
