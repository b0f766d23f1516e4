"""The pauses of the measuring: ordered, ended early, and listed."""

from dataclasses import replace
from typing import TYPE_CHECKING

from schedules.pause import Pause
from schedules.store.audit import record_audit_entry
from schedules.store.versions import next_version

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from schedules.models import PauseRow


def add_pause(pause: Pause) -> Pause:
    """Store a pause, and return it with its number."""
    from django.db import transaction

    from schedules.models import Action, PauseRow
    from schedules.store import conversion

    with transaction.atomic():
        next_version()
        row = PauseRow.objects.create(
            start=conversion.to_datetime(pause.start),
            end=conversion.to_datetime(pause.end),
            by=pause.by,
            reason=pause.reason,
        )
        record_audit_entry(Action.MEASURING_PAUSED, by=pause.by, subject=str(row), now=pause.start)
    return replace(pause, number=row.pk)


def end_pauses(*, by: str, now: float) -> bool:
    """End every pause that is not over, and return whether there was one."""
    from django.db import transaction

    from schedules.models import Action, PauseRow
    from schedules.store import conversion

    end = conversion.to_datetime(now)
    with transaction.atomic():
        next_version()
        rows = list(PauseRow.objects.select_for_update().filter(end__gt=end))
        for row in rows:
            row.end = max(row.start, end)
            row.save(update_fields=["end"])
            record_audit_entry(Action.MEASURING_RESUMED, by=by, subject=str(row), now=now)
    return bool(rows)


def list_pauses(since: float) -> tuple[Pause, ...]:
    """List the pauses that end after a time, in the order in which they start."""
    from schedules.models import PauseRow
    from schedules.store import conversion

    rows = PauseRow.objects.filter(end__gt=conversion.to_datetime(since))
    return tuple(
        Pause(
            start=row.start.timestamp(),
            end=row.end.timestamp(),
            by=row.by,
            reason=row.reason,
            number=row.pk,
        )
        for row in rows.order_by("start", "pk")
    )


def count_pauses_before(timestamp: float) -> int:
    """Count the pauses that ended before a time."""
    return _ended_before(timestamp).count()


def delete_pauses_before(timestamp: float) -> int:
    """Delete the pauses that ended before a time, and return how many there were.

    The figures that they touched stay as they were released: 'geen cijfer'.
    """
    deleted, _ = _ended_before(timestamp).delete()
    return deleted


def _ended_before(timestamp: float) -> "QuerySet[PauseRow]":
    from schedules.models import PauseRow
    from schedules.store import conversion

    return PauseRow.objects.filter(end__lte=conversion.to_datetime(timestamp))
