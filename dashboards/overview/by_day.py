"""A week by its days: lesson hours, platforms and year layers. Kept for eight weeks."""

import pandas as pd
from django.utils.translation import gettext as _

from dashboards.charts.heatmap import Axes, heatmap_specification
from dashboards.overview import formatting, phrases
from dashboards.overview.chart import Chart, ChartTable
from dashboards.overview.selection import FigureSelection
from monitor.release.retention import DAILY_RETENTION
from monitor.release.tables import Dimension, ReleasedTable, ReleaseInterval
from schedules.language import writing

SCHOOL_DAYS = 5


def day_chart(selection: FigureSelection, table: ReleasedTable) -> Chart:
    """Chart a table of lesson hours or of days: weekdays by what its cells are of."""
    name, title, head = chart_name(table), str(table.words.chart), str(table.words.row)
    rows = selection.rows_in_period(table.name)
    labels = selection.labels_of(rows)
    if not rows:
        why = _(
            "There is no figure. Figures of a lesson hour or a day are kept for %(weeks)s weeks; "
            "of older weeks there are totals only."
        )
        retention = {"weeks": DAILY_RETENTION.days // 7}
        return Chart(name, title, [why % retention], None, ChartTable([head], []))
    unit = str(table.words.unit)
    day_count = max(SCHOOL_DAYS, *(row.cell.day.weekday() + 1 for row in rows))
    days = [writing.weekday(number) for number in range(day_count)]
    cells = {(row.cell.day.weekday(), selection.label(row)): row for row in rows}
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
    chart_table = ChartTable(
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
    description = f"{title}, {phrases.called(selection.period)}"
    specification = heatmap_specification(
        frame, Axes(days, labels), unit=_("devices"), description=description
    )
    return Chart(name, title, notes, specification, chart_table)


def chart_name(table: ReleasedTable) -> str:
    """Name a chart in the address of its place on the page: `layer-days`."""
    by_hour = table.interval is ReleaseInterval.LESSON_HOUR
    parts = [dimension for dimension in table.dimensions if dimension is not Dimension.PERIOD]
    return "-".join([*parts, "hours" if by_hour else "days"])
