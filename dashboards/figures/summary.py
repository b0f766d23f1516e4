"""What the directie reads first: the latest week in one or two sentences, worked out."""

from collections.abc import Mapping

import pandas as pd

from dashboards.figures.row import Line, lines
from dashboards.figures.selection import latest
from dashboards.figures.wording import Wording
from monitor.release.tables import TableName

MOST_NAMED = 3
"""Platforms."""


def summary(
    figures: pd.DataFrame, *, pupils: int, titles: Mapping[str, str], wording: Wording
) -> str:
    """Say how much there was in the latest week, and what was used most.

    Args:
        figures: what may be shown.
        pupils: on the roster.
        titles: how people write each platform.
        wording: the language.
    """
    if figures.empty:
        return wording.nothing_yet
    week = lines(latest(figures, TableName.WEEK))
    if not week:
        return wording.no_week_yet
    said = _week(week[0], pupils, wording)
    liked = _liked(lines(latest(figures, TableName.WEEK_PLATFORMS)), titles, wording)
    return " ".join(filter(None, [said, liked]))


def _week(line: Line, pupils: int, wording: Wording) -> str:
    week = wording.week(line.cell.day)
    if not line.value:
        return wording.week_without.format(week=week, figure=line.written(wording))
    return wording.week_sentence.format(
        week=week,
        mean=wording.number(round(line.value / (line.parts - line.missing))),
        pupils=wording.number(pupils),
        total=wording.number(line.value),
        interval=line.interval(wording),
    )


def _liked(platforms: list[Line], titles: Mapping[str, str], wording: Wording) -> str:
    known = sorted((line for line in platforms if line.value), key=lambda line: -(line.value or 0))
    names = [titles.get(line.cell.platform, line.cell.platform) for line in known[:MOST_NAMED]]
    if not names:
        return ""
    then = (wording.and_then.format(next=name) for name in names[1:])
    return wording.liked_sentence.format(most="".join([names[0], *then]))
