"""The audit: who changed what, and when. Entries are added, and deleted only for their age."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schedules.models import Action


def record_audit_entry(action: "Action", *, by: str, subject: str, now: float) -> None:
    """Record a change, in the transaction that makes it where it is stored here.

    Args:
        action: what was done.
        by: who did it, as was stated.
        subject: what was changed: `exemption 12`.
        now: seconds since 1970-01-01 UTC.
    """
    from schedules.models import AuditEntry
    from schedules.store import conversion

    AuditEntry.objects.create(at=conversion.to_datetime(now), by=by, action=action, subject=subject)


def last_change_timestamp() -> float:
    """Return when the audit's last change was made; 0 when there is none."""
    from schedules.models import AuditEntry

    last = AuditEntry.objects.order_by("-pk").values_list("at", flat=True).first()
    return 0.0 if last is None else last.timestamp()


def count_audit_before(timestamp: float) -> int:
    """Count the audit's entries from before a time."""
    from schedules.models import AuditEntry
    from schedules.store import conversion

    return AuditEntry.objects.filter(at__lt=conversion.to_datetime(timestamp)).count()


def delete_audit_before(timestamp: float) -> int:
    """Delete the audit's entries from before a time, and return how many there were.

    Nothing else deletes from the audit. The database refuses it for entries of the last year.

    Raises:
        django.db.DatabaseError: when an entry is younger than a year.
    """
    from django.db.models import QuerySet

    from schedules.models import AuditEntry
    from schedules.store import conversion

    # The audit's own query set refuses to delete.
    entries: QuerySet[AuditEntry] = QuerySet(AuditEntry).filter(
        at__lt=conversion.to_datetime(timestamp)
    )
    deleted, _ = entries.delete()
    return deleted
