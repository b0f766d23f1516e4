"""The weekly totals as everyone reads them: the figure, its interval, and what is missing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dashboards.figures.row import FigureRow
from monitor.release.tables import TABLES, Face
from schedules.calendar import monday
from schedules.language import writing

PUBLIC_TABLES = tuple(name for name, table in TABLES.items() if Face.PUBLIC in table.faces)
PUBLIC_SPAN = timedelta(weeks=52)
"""How far back."""


@dataclass(frozen=True, slots=True)
class WeekTotal:
    """One figure of a week, as it is written."""

    title: str
    """What it is of; empty: of all together."""
    figure: str
    interval: str
    """Empty where there is no figure."""
    missing: int
    """How many of its parts had no figure."""
    parts: int


@dataclass(frozen=True, slots=True)
class PublicWeek:
    """All that is released of one week for everyone."""

    title: str
    totals: tuple[WeekTotal, ...]
    """All together first, then the others by the alphabet: not by how much they are used."""


def first_public_week(today: date) -> date:
    """Return the Monday of the first week that is shown."""
    return monday(today) - PUBLIC_SPAN


def public_weeks(rows: Iterable[FigureRow], titles: Mapping[str, str]) -> tuple[PublicWeek, ...]:
    """Group released weekly totals by week, the newest first.

    Args:
        rows: figures of the tables that everyone sees.
        titles: how people write each platform.
    """
    by_week: defaultdict[date, list[FigureRow]] = defaultdict(list)
    for row in rows:
        by_week[row.cell.day].append(row)
    return tuple(
        PublicWeek(writing.week(week), tuple(_totals(by_week[week], titles)))
        for week in sorted(by_week, reverse=True)
    )


def _totals(rows: Iterable[FigureRow], titles: Mapping[str, str]) -> Iterator[WeekTotal]:
    titled = [(row.label(titles), row) for row in rows]
    for title, row in sorted(titled, key=lambda pair: pair[0].casefold()):
        yield WeekTotal(
            title,
            row.format_figure(),
            row.format_interval(),
            row.missing,
            row.parts,
        )
