"""What could be seen in a week, as a table in a terminal."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Self

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from dashboards.figures.visibility import format_interval, format_percent, kind_shares
from monitor.release.figures import Figure
from monitor.release.tables import V1
from monitor.release.visibility import Visibility, estimate_visibility
from schedules.language import gettext, writing


@dataclass(frozen=True, slots=True)
class WeekVisibility:
    """The visibility of one week."""

    monday: date
    visibility: Visibility

    @classmethod
    def latest(cls, figures: Collection[Figure]) -> Self | None:
        """Take the latest week of some figures; None when they say nothing of it."""
        seen = [figure for figure in figures if figure.cell.table is V1.name]
        monday = max((figure.cell.day for figure in seen), default=date.min)
        visibility = estimate_visibility(figure for figure in seen if figure.cell.day == monday)
        return cls(monday, visibility) if visibility else None


def visibility_table(seen: WeekVisibility) -> Group:
    """Make a table of the shares of a week."""
    table = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False)
    table.add_column(str(V1.words.row), no_wrap=True)
    table.add_column(gettext("share"), justify="right", no_wrap=True, style="bold cyan")
    table.add_column(gettext("95% interval"), justify="right", no_wrap=True)
    recognised = seen.visibility.recognised
    table.add_row(
        gettext("recognised, together"), format_percent(recognised), format_interval(recognised)
    )
    table.add_section()
    for share in kind_shares(seen.visibility):
        table.add_row(*share)
    title = Text(V1.words.title.format(when=writing.week(seen.monday)), "bold")
    unit = Text(
        gettext("of what pupils' devices did in lessons; each device counts equally"), "dim"
    )
    return Group(title, unit, table)
