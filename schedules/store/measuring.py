"""When measuring is interrupted: ordered, ended early, and listed."""

from dataclasses import replace
from typing import TYPE_CHECKING

from schedules.pause import Pause
from schedules.store.audit import note
from schedules.store.versions import next_version

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from schedules.models import PauseRow


def pause(ordered: Pause) -> Pause:
    """Keep an interruption of the measuring; the answer has its number."""
    from django.db import transaction

    from schedules.models import Action, PauseRow
    from schedules.store import conversion

    with transaction.atomic():
        next_version()
        row = PauseRow.objects.create(
            start=conversion.to_datetime(ordered.start),
            end=conversion.to_datetime(ordered.end),
            by=ordered.by,
            reason=ordered.reason,
        )
        note(Action.MEASURING_PAUSED, by=ordered.by, subject=str(row), now=ordered.start)
    return replace(ordered, number=row.pk)


def resume(*, by: str, now: float) -> bool:
    """End every interruption that lasts, and say whether there was one."""
    from django.db import transaction

    from schedules.models import Action, PauseRow
    from schedules.store import conversion

    with transaction.atomic():
        next_version()
        lasting = list(
            PauseRow.objects.select_for_update().filter(end__gt=conversion.to_datetime(now))
        )
        for row in lasting:
            row.end = max(row.start, conversion.to_datetime(now))
            row.save(update_fields=["end"])
            note(Action.MEASURING_RESUMED, by=by, subject=str(row), now=now)
    return bool(lasting)


def pauses(since: float) -> tuple[Pause, ...]:
    """List the interruptions that end after a moment, in the order in which they began."""
    from schedules.models import PauseRow
    from schedules.store import conversion

    return tuple(
        Pause(
            start=row.start.timestamp(),
            end=row.end.timestamp(),
            by=row.by,
            reason=row.reason,
            number=row.pk,
        )
        for row in PauseRow.objects.filter(end__gt=conversion.to_datetime(since)).order_by(
            "start", "pk"
        )
    )


def count_pauses_before(moment: float) -> int:
    """Say how many interruptions had ended by a moment."""
    return _ended(moment).count()


def delete_pauses_before(moment: float) -> int:
    """Delete the interruptions that had ended by a moment, and say how many those were.

    What they touched stays released as it is: 'geen cijfer'.
    """
    deleted, _ = _ended(moment).delete()
    return deleted


def _ended(moment: float) -> "QuerySet[PauseRow]":
    from schedules.models import PauseRow
    from schedules.store import conversion

    return PauseRow.objects.filter(end__lte=conversion.to_datetime(moment))
