"""How it is with the sources of the timetable: kept, so that every process can say it.

A source that cannot be read leaves the last timetable in force; its age is what is shown.
"""

from dataclasses import dataclass

LONGEST_TROUBLE = 400


@dataclass(frozen=True, slots=True)
class SourceState:
    """One source, as it was when it was last looked at. Moments are epoch seconds, UTC."""

    name: str
    looked_at: float
    read_at: float | None
    """When it was last read whole; None: never."""
    trouble: str
    """Why it could not be read; empty when it could."""


def record_source_read(name: str, now: float) -> None:
    """Keep that a source was read whole, whether or not anything had changed."""
    from schedules.models import SourceRow
    from schedules.store import conversion

    at = conversion.to_datetime(now)
    SourceRow.objects.update_or_create(
        name=name, defaults={"looked_at": at, "read_at": at, "trouble": ""}
    )


def record_source_failure(name: str, trouble: str, now: float) -> None:
    """Keep why a source could not be read; when it last could stays as it is."""
    from schedules.models import SourceRow
    from schedules.store import conversion

    changes = {"looked_at": conversion.to_datetime(now), "trouble": trouble[:LONGEST_TROUBLE]}
    SourceRow.objects.update_or_create(name=name, defaults=changes)


def list_source_states() -> tuple[SourceState, ...]:
    """Give every source that was ever looked at, by name."""
    from schedules.models import SourceRow

    return tuple(
        SourceState(
            row.name,
            row.looked_at.timestamp(),
            None if row.read_at is None else row.read_at.timestamp(),
            row.trouble,
        )
        for row in SourceRow.objects.order_by("name")
    )
