"""The exemptions that are in force or to come, as the leadership's page lists them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from dashboards.school import clock
from dashboards.school.platforms import platform_titles
from schedules import store
from schedules.exemption import ExemptionState


@dataclass(frozen=True, slots=True)
class ListedExemption:
    """An exemption, as it stands in the list."""

    number: int
    scope: str
    """A value of `ExemptionScope`."""
    where: str
    """The room, the layer, or the lesson's groups; empty for the school."""
    platforms: tuple[str, ...]
    """Titles; empty: all."""
    start: datetime
    """On the school's clock, as `end` is."""
    end: datetime
    granted_by: str
    reason: str
    is_in_force: bool


def list_current_exemptions(now: float) -> Iterator[ListedExemption]:
    """List the exemptions that end after a timestamp.

    Raises:
        django.db.DatabaseError: when the store does not answer.
    """
    zone = clock.zone()
    for listed in store.list_exemptions(ending_after=now):
        exemption, lesson = listed.exemption, listed.lesson
        span = exemption.time_span(lesson)
        if span is None:
            continue
        yield ListedExemption(
            number=exemption.number,
            scope=exemption.scope.value,
            where=", ".join(lesson.groups) if lesson else exemption.target,
            platforms=platform_titles(exemption.platforms),
            start=datetime.fromtimestamp(span.start, zone),
            end=datetime.fromtimestamp(span.end, zone),
            granted_by=exemption.granted_by,
            reason=exemption.reason,
            is_in_force=exemption.state(lesson, now) is ExemptionState.IN_FORCE,
        )
