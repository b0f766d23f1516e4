"""The audit: who changed what, and when. It is added to, and shortened only from its far end."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schedules.models import Action


def note(action: "Action", *, by: str, subject: str, now: float) -> None:
    """Write the audit of a change, in the transaction that makes it where it is stored here.

    Args:
        action: what was done.
        by: who did it, as was stated.
        subject: to which: `exemption 12`.
        now: seconds since 1970-01-01 UTC.
    """
    from schedules.models import AuditEntry
    from schedules.store import conversion

    AuditEntry.objects.create(at=conversion.to_datetime(now), by=by, action=action, subject=subject)


def changed_at() -> float:
    """Say when anything was last changed, as the audit has it; 0 when nothing ever was."""
    from schedules.models import AuditEntry

    at = AuditEntry.objects.order_by("-pk").values_list("at", flat=True).first()
    return 0.0 if at is None else at.timestamp()


def count_audit_before(moment: float) -> int:
    """Say how many entries the audit has of before a moment."""
    from schedules.models import AuditEntry
    from schedules.store import conversion

    return AuditEntry.objects.filter(at__lt=conversion.to_datetime(moment)).count()


def delete_audit_before(moment: float) -> int:
    """Delete what the audit has of before a moment, and say how many entries that were.

    Nothing else deletes from the audit. The database refuses what is not a year old.

    Raises:
        django.db.DatabaseError: when there is something younger than a year among it.
    """
    from django.db.models import QuerySet

    from schedules.models import AuditEntry
    from schedules.store import conversion

    # The audit's own rows refuse to be deleted.
    deleted, _ = QuerySet(AuditEntry).filter(at__lt=conversion.to_datetime(moment)).delete()
    return deleted
