"""What the directie reads first: the latest week in one or two sentences."""

from collections.abc import Mapping, Sequence

from dashboards.figures.row import FigureRow
from dashboards.figures.selection import latest_rows
from dashboards.figures.wording import Wording
from monitor.release.tables import TableName

MAX_NAMED = 3
"""Platforms."""


def summarise_latest_week(
    rows: Sequence[FigureRow], *, pupils: int, titles: Mapping[str, str], wording: Wording
) -> str:
    """Write how much there was in the latest week, and what was used most.

    Args:
        rows: what may be shown.
        pupils: on the roster.
        titles: how people write each platform.
        wording: the language.
    """
    if not rows:
        return wording.nothing_yet
    totals = latest_rows(rows, TableName.WEEK)
    if not totals:
        return wording.no_week_yet
    week = _week_sentence(totals[0], pupils, wording)
    most_used = _most_used_sentence(latest_rows(rows, TableName.WEEK_PLATFORMS), titles, wording)
    return " ".join(filter(None, [week, most_used]))


def _week_sentence(total: FigureRow, pupils: int, wording: Wording) -> str:
    week = wording.week(total.cell.day)
    if not total.value:
        return wording.week_without.format(week=week, figure=total.format_figure(wording))
    return wording.week_sentence.format(
        week=week,
        mean=wording.number(round(total.value / total.measured_parts)),
        pupils=wording.number(pupils),
        total=wording.number(total.value),
        interval=total.format_interval(wording),
    )


def _most_used_sentence(
    rows: Sequence[FigureRow], titles: Mapping[str, str], wording: Wording
) -> str:
    largest_first = sorted((row for row in rows if row.value), key=lambda row: -(row.value or 0))
    names = [titles.get(row.cell.platform, row.cell.platform) for row in largest_first[:MAX_NAMED]]
    if not names:
        return ""
    others = (wording.and_then.format(next=name) for name in names[1:])
    return wording.liked_sentence.format(most="".join([names[0], *others]))
