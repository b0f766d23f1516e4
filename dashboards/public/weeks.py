"""The weekly totals as everyone reads them: the figure, its interval, and what is missing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dashboards.figures.wording import Wording
from monitor.release.figures import Figure
from monitor.release.tables import TableName
from schedules.calendar import monday

TABLES = (TableName.WEEK, TableName.WEEK_PLATFORMS)
SHOWN = timedelta(weeks=52)
"""How far back."""


@dataclass(frozen=True, slots=True)
class Total:
    """One figure of a week."""

    title: str
    """Of the platform; empty: of all together."""
    figure: str
    interval: str
    """Empty where there is no figure."""
    missing: int
    """How many of its parts had no figure."""
    parts: int


@dataclass(frozen=True, slots=True)
class Week:
    """All that is released of one week for everyone."""

    title: str
    totals: tuple[Total, ...]
    """All together first, then the platforms by the alphabet: not by how much they are used."""


def first_shown(today: date) -> date:
    """Give the Monday of the first week that is shown."""
    return monday(today) - SHOWN


def weeks(
    figures: Iterable[Figure], titles: Mapping[str, str], wording: Wording
) -> tuple[Week, ...]:
    """Put released weekly totals by week, the newest first.

    Args:
        figures: of the tables W1 and W2.
        titles: how people write each platform.
        wording: the language.
    """
    found: defaultdict[date, list[Figure]] = defaultdict(list)
    for figure in figures:
        found[figure.cell.day].append(figure)
    return tuple(
        Week(wording.week(day), tuple(_totals(found[day], titles, wording)))
        for day in sorted(found, reverse=True)
    )


def _totals(figures: list[Figure], titles: Mapping[str, str], wording: Wording) -> Iterator[Total]:
    named = [(titles.get(each.cell.platform, each.cell.platform), each) for each in figures]
    for title, figure in sorted(named, key=lambda pair: pair[0].casefold()):
        shown = figure.shown
        if shown is None:
            yield Total(title, wording.no_figure, "", figure.missing, figure.missing)
            continue
        text = shown.text if shown.value is None else wording.number(shown.value)
        interval = wording.span(shown.low, shown.high)
        yield Total(title, text, interval, figure.missing, figure.parts + figure.missing)
