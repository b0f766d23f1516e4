"""A period as a whole, held against the one before: platforms, and year layers by platform."""

from collections.abc import Iterable

import pandas as pd
from django.utils.translation import gettext as _

from dashboards.charts.heatmap import Axes, heatmap
from dashboards.charts.intervals import intervals
from dashboards.figures.estimate import difference, mean
from dashboards.figures.period import Kind
from dashboards.figures.row import Line
from dashboards.overview import formatting, wording
from dashboards.overview.chart import Chart, Table
from dashboards.overview.selection import Selected
from monitor.release.tables import TableName


def platforms(selected: Selected) -> Chart:
    """Give the platforms of a school day, with how surely they differ from the period before."""
    before = {"before": wording.BEFORE[selected.period.kind]}
    title = _("Platforms, held against %(before)s") % before
    here = selected.by_platform(selected.within(TableName.WEEK_PLATFORMS))
    earlier = selected.by_platform(selected.before(TableName.WEEK_PLATFORMS))
    drawn_rows, rows = [], []
    for platform, found in here.items():
        now = mean(found, by_part=True)
        then = mean(earlier.get(platform, ()), by_part=True)
        if now is None:
            rows.append([platform, _("no figure"), "", wording.differs(None)])
            continue
        if any(line.value is not None for line in found):
            shown = wording.number(now.value)
            numbers = {"value": round(now.value), "low": now.low, "high": now.high}
            drawn_rows.append({"row": platform, **numbers})
        else:
            shown = formatting.SMALL
        differs = wording.differs(difference(now, then))
        rows.append([platform, shown, wording.interval(now), differs])
    drawn = None
    if drawn_rows:
        names = [str(row["row"]) for row in drawn_rows]
        unit = _("devices on average on a school day")
        drawn = intervals(pd.DataFrame(drawn_rows), names, unit=unit, described=title)
    heads = [_("platform"), _("on a school day"), _("95% interval"), _("difference")]
    rule = _(
        "A difference is called clear only when it is larger than the noise of both figures can be."
    )
    return Chart("platforms", title, [rule], drawn, Table(heads, rows))


def layers(selected: Selected) -> Chart:
    """Give R4: year layers by platforms; of a longer period the mean of its weeks."""
    title = _("By year layer and platform")
    lines = selected.within(TableName.LAYER_PLATFORMS)
    found = _by_cell(selected, lines)
    before = _by_cell(selected, selected.before(TableName.LAYER_PLATFORMS))
    names, platforms_here = selected.layers(lines), list(selected.by_platform(lines))
    marks, rows = [], []
    for platform in platforms_here:
        for layer in names:
            here = found.get((layer, platform), [])
            figure, span, value = formatting.mean_of_weeks(here)
            if here:
                text = figure if value is not None or span else formatting.NO_FIGURE
                marks.append({"column": layer, "row": platform, "text": text, "value": value})
            changed = difference(mean(here), mean(before.get((layer, platform), ())))
            rows.append([platform, layer, figure, span, wording.differs(changed)])
    unit = wording.words().units[TableName.LAYER_PLATFORMS]
    if selected.period.kind is not Kind.WEEK:
        unit = _("devices a day, added up over a week: the mean of the weeks")
    drawn = None
    if marks:
        frame, axes = pd.DataFrame(marks), Axes(names, platforms_here)
        drawn = heatmap(frame, axes, unit=_("devices"), described=title)
    heads = [
        _("platform"),
        _("year layer"),
        _("figure"),
        _("95% interval"),
        _("difference"),
    ]
    notes = [unit[:1].upper() + unit[1:] + "."]
    return Chart("layers", title, notes, drawn, Table(heads, rows))


def _by_cell(selected: Selected, found: Iterable[Line]) -> dict[tuple[str, str], list[Line]]:
    cells: dict[tuple[str, str], list[Line]] = {}
    for line in found:
        cells.setdefault((line.cell.layer, selected.title(line)), []).append(line)
    return cells
