"""The state of each timetable source, stored so that every process can show it.

A source that cannot be read leaves the last timetable in force, and its age is shown.
"""

from dataclasses import dataclass

MAX_FAILURE_LENGTH = 400
"""Characters."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """One source, as it was when it was last checked. Times are seconds since 1970-01-01 UTC."""

    name: str
    looked_at: float
    read_at: float | None
    """When it was last read completely; None: never."""
    failure: str
    """Why it could not be read; empty when it could."""


def record_source_read(name: str, now: float) -> None:
    """Record that a source was read completely, whether or not anything had changed."""
    from schedules.models import SourceRow
    from schedules.store import conversion

    time = conversion.to_datetime(now)
    SourceRow.objects.update_or_create(
        name=name, defaults={"looked_at": time, "read_at": time, "trouble": ""}
    )


def record_source_failure(name: str, failure: str, now: float) -> None:
    """Record why a source could not be read. When it was last read stays as it is."""
    from schedules.models import SourceRow
    from schedules.store import conversion

    changes = {"looked_at": conversion.to_datetime(now), "trouble": failure[:MAX_FAILURE_LENGTH]}
    SourceRow.objects.update_or_create(name=name, defaults=changes)


def list_source_states() -> tuple[SourceState, ...]:
    """List every source that was ever checked, by name."""
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
