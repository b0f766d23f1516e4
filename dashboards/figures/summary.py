"""What the directie reads first: the latest week in one or two sentences."""

from collections.abc import Mapping, Sequence

from dashboards.figures.row import FigureRow
from dashboards.figures.selection import latest_rows
from monitor.release.tables import TableName
from schedules.language import gettext, writing

MAX_NAMED = 3
"""Platforms."""


def summarise_latest_week(
    rows: Sequence[FigureRow], *, pupils: int, titles: Mapping[str, str]
) -> str:
    """Write how much there was in the latest week, and what was used most.

    Args:
        rows: what may be shown.
        pupils: on the roster.
        titles: how people write each platform.
    """
    if not rows:
        return gettext("No figure has been released yet.")
    totals = latest_rows(rows, TableName.WEEK)
    if not totals:
        return gettext("No whole week has been released yet.")
    week = _week_sentence(totals[0], pupils)
    most_used = _most_used_sentence(latest_rows(rows, TableName.WEEK_PLATFORMS), titles)
    return " ".join(filter(None, [week, most_used]))


def _week_sentence(total: FigureRow, pupils: int) -> str:
    week = writing.week(total.cell.day)
    if not total.value:
        return gettext(
            "The whole week of {week}: {figure}.", week=week, figure=total.format_figure()
        )
    return gettext(
        "In the week of {week}, about {mean} devices on average were active on social media in a "
        "lesson hour, of {pupils} pupils; {total} times in the whole week "
        "(95% interval {interval}).",
        week=week,
        mean=writing.number(total.value / total.measured_parts),
        pupils=writing.number(pupils),
        total=writing.number(total.value),
        interval=total.format_interval(),
    )


def _most_used_sentence(rows: Sequence[FigureRow], titles: Mapping[str, str]) -> str:
    largest_first = sorted((row for row in rows if row.value), key=lambda row: -(row.value or 0))
    names = [titles.get(row.cell.platform, row.cell.platform) for row in largest_first[:MAX_NAMED]]
    if not names:
        return ""
    others = (gettext(", then {next}", next=name) for name in names[1:])
    return gettext("Used most: {most}.", most="".join([names[0], *others]))
