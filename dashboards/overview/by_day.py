"""A week by its days: lesson hours, platforms and year layers. Kept for eight weeks."""

from collections.abc import Callable, Sequence

import pandas as pd
from django.utils.translation import gettext as _

from dashboards.charts.heatmap import Axes, heatmap
from dashboards.figures.row import Line
from dashboards.overview import formatting, wording
from dashboards.overview.chart import Chart, Table
from dashboards.overview.selection import Selected
from monitor.release.retention import DAILY_RETENTION
from monitor.release.tables import TableName

SCHOOL_DAYS = 5


def lesson_hours(selected: Selected) -> Chart:
    """Give R1: weekdays by lesson hours."""
    found = selected.within(TableName.LESSON_HOURS)
    return _chart(
        selected,
        name="hours",
        title=_("By lesson hour"),
        found=found,
        rows=sorted({line.cell.period for line in found}, key=_as_hour),
        head=_("lesson hour"),
        row_of=_period,
    )


def platforms(selected: Selected) -> Chart:
    """Give R2: weekdays by platforms."""
    found = selected.within(TableName.PLATFORMS)
    return _chart(
        selected,
        name="platform-days",
        title=_("By platform and day"),
        found=found,
        rows=list(selected.by_platform(found)),
        head=_("platform"),
        row_of=selected.title,
    )


def layers(selected: Selected) -> Chart:
    """Give R3: weekdays by year layers."""
    found = selected.within(TableName.LAYERS)
    return _chart(
        selected,
        name="layer-days",
        title=_("By year layer and day"),
        found=found,
        rows=selected.layers(found),
        head=_("year layer"),
        row_of=_layer,
    )


def _chart(
    selected: Selected,
    *,
    name: str,
    title: str,
    found: Sequence[Line],
    rows: Sequence[str],
    head: str,
    row_of: Callable[[Line], str],
) -> Chart:
    if not found:
        why = _(
            "There is no figure. Figures of a lesson hour or a day are kept for %(weeks)s weeks; "
            "of older weeks there are totals only."
        )
        kept = {"weeks": DAILY_RETENTION.days // 7}
        return Chart(name, title, [why % kept], None, Table([head], []))
    unit = wording.words().units[found[0].cell.table]
    last = max(SCHOOL_DAYS, *(line.cell.day.weekday() + 1 for line in found))
    days = [wording.short_day(number) for number in range(last)]
    cells = {(line.cell.day.weekday(), row_of(line)): line for line in found}
    frame = pd.DataFrame(
        [
            {
                "column": days[day],
                "row": row,
                "text": formatting.in_heatmap(line),
                "value": line.value,
            }
            for (day, row), line in cells.items()
        ]
    )
    table = Table(
        [head, *days],
        [[row, *(formatting.both(cells.get((day, row))) for day in range(last))] for row in rows],
    )
    notes = [unit[:1].upper() + unit[1:] + "."]
    if any(not line.figure for line in found):
        notes.append(
            _("%(dash)s is \u2018no figure\u2019: it was not measured whole.")
            % {"dash": formatting.NO_FIGURE}
        )
    described = f"{title}, {wording.called(selected.period)}"
    drawn = heatmap(frame, Axes(days, rows), unit=_("devices"), described=described)
    return Chart(name, title, notes, drawn, table)


def _period(line: Line) -> str:
    return line.cell.period


def _layer(line: Line) -> str:
    return line.cell.layer


def _as_hour(period: str) -> tuple[int, str]:
    return (int(period), "") if period.isdecimal() else (99, period)
