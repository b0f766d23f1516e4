"""How much of what passes can be told at all: silence is not to be read as absence."""

from dataclasses import dataclass
from datetime import date, timedelta

from monitor import store
from monitor.release.tables import V1
from monitor.release.visibility import KINDS, ShareEstimate, estimate_visibility
from schedules.calendar import monday
from schedules.language import Message, writing

LOOK_BACK = timedelta(weeks=10)
"""How old the last week may be: longer than a summer holiday."""


@dataclass(frozen=True, slots=True)
class PublicVisibility:
    """What everyone reads of the visibility."""

    week: str
    """Which week it is of."""
    recognised: ShareEstimate
    """Of which the service could be told."""
    ways: tuple[tuple[Message, ShareEstimate], ...]
    """How it was told, or hidden, where there was any."""


def load_public_visibility(today: date) -> PublicVisibility | None:
    """Return how much was seen in the last week of which that is known; None without one.

    Raises:
        django.db.DatabaseError: when the store does not answer.
    """
    figures = store.load_figures(since=monday(today) - LOOK_BACK, tables=[V1.name])
    for week in sorted({figure.cell.day for figure in figures}, reverse=True):
        seen = estimate_visibility(figure for figure in figures if figure.cell.day == week)
        if seen is not None:
            ways = tuple(
                (KINDS[kind].spec.plain_title, share)
                for kind, share in seen.shares.items()
                if share.percent
            )
            return PublicVisibility(writing.week(week), seen.recognised, ways)
    return None
