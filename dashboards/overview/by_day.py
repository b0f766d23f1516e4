"""A week by its days: lesson hours, platforms and year layers. Kept for eight weeks."""

from collections.abc import Callable, Sequence

import pandas as pd
from django.utils.translation import gettext as _

from dashboards.charts.heatmap import Axes, heatmap_specification
from dashboards.figures.row import FigureRow
from dashboards.overview import formatting, wording
from dashboards.overview.chart import Chart, ChartTable
from dashboards.overview.selection import FigureSelection
from monitor.release.retention import DAILY_RETENTION
from monitor.release.tables import TableName

SCHOOL_DAYS = 5


def lesson_hours_chart(selection: FigureSelection) -> Chart:
    """Chart R1: weekdays by lesson hours."""
    rows = selection.rows_in_period(TableName.LESSON_HOURS)
    return _chart(
        selection,
        name="hours",
        title=_("By lesson hour"),
        rows=rows,
        labels=sorted({row.cell.period for row in rows}, key=_hour_order),
        head=_("lesson hour"),
        label_of=_period,
    )


def platforms_chart(selection: FigureSelection) -> Chart:
    """Chart R2: weekdays by platforms."""
    rows = selection.rows_in_period(TableName.PLATFORMS)
    return _chart(
        selection,
        name="platform-days",
        title=_("By platform and day"),
        rows=rows,
        labels=list(selection.group_by_platform(rows)),
        head=_("platform"),
        label_of=selection.platform_title,
    )


def layers_chart(selection: FigureSelection) -> Chart:
    """Chart R3: weekdays by year layers."""
    rows = selection.rows_in_period(TableName.LAYERS)
    return _chart(
        selection,
        name="layer-days",
        title=_("By year layer and day"),
        rows=rows,
        labels=selection.layers_of(rows),
        head=_("year layer"),
        label_of=_layer,
    )


def _chart(
    selection: FigureSelection,
    *,
    name: str,
    title: str,
    rows: Sequence[FigureRow],
    labels: Sequence[str],
    head: str,
    label_of: Callable[[FigureRow], str],
) -> Chart:
    if not rows:
        why = _(
            "There is no figure. Figures of a lesson hour or a day are kept for %(weeks)s weeks; "
            "of older weeks there are totals only."
        )
        retention = {"weeks": DAILY_RETENTION.days // 7}
        return Chart(name, title, [why % retention], None, ChartTable([head], []))
    unit = wording.words().units[rows[0].cell.table]
    day_count = max(SCHOOL_DAYS, *(row.cell.day.weekday() + 1 for row in rows))
    days = [wording.short_day(number) for number in range(day_count)]
    cells = {(row.cell.day.weekday(), label_of(row)): row for row in rows}
    frame = pd.DataFrame(
        [
            {
                "column": days[day],
                "row": label,
                "text": formatting.format_heatmap_cell(row),
                "value": row.value,
            }
            for (day, label), row in cells.items()
        ]
    )
    table = ChartTable(
        [head, *days],
        [
            [
                label,
                *(
                    formatting.format_with_interval(cells.get((day, label)))
                    for day in range(day_count)
                ),
            ]
            for label in labels
        ],
    )
    notes = [unit[:1].upper() + unit[1:] + "."]
    if any(not row.text for row in rows):
        notes.append(
            _("%(dash)s is \u2018no figure\u2019: it was not measured whole.")
            % {"dash": formatting.NO_FIGURE}
        )
    described = f"{title}, {wording.called(selection.period)}"
    specification = heatmap_specification(
        frame, Axes(days, labels), unit=_("devices"), described=described
    )
    return Chart(name, title, notes, specification, table)


def _period(row: FigureRow) -> str:
    return row.cell.period


def _layer(row: FigureRow) -> str:
    return row.cell.layer


def _hour_order(period: str) -> tuple[int, str]:
    return (int(period), "") if period.isdecimal() else (99, period)
