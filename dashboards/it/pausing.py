"""What somebody typed who interrupts the measuring; the store is not asked here."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from schedules.local_time import parse_datetime
from schedules.pause import Pause, order_pause

PROPOSED = timedelta(hours=1)
STEP = timedelta(minutes=5)
"""What is proposed ends on a whole one."""
FORM = "%Y-%m-%dT%H:%M"
"""As browsers write a wall time in a form."""


def proposed(now: float, zone: ZoneInfo) -> str:
    """Propose an end: about an hour from now, as a form has it."""
    end = datetime.fromtimestamp(now, UTC) + PROPOSED
    late = timedelta(seconds=end.timestamp() % STEP.total_seconds())
    return f"{(end + (STEP - late if late else late)).astimezone(zone):{FORM}}"


def order(until: str, reason: str, *, by: str, now: float, zone: ZoneInfo) -> Pause:
    """Read what was typed.

    Args:
        until: a time of today, or a date and a time, on the school's clock.
        reason: one line; may be empty.
        by: who orders it.
        now: seconds since 1970-01-01 UTC.
        zone: the school's.

    Raises:
        InvalidValue: when it is no time.
        InvalidPause: when it cannot be.
    """
    end = parse_datetime(until, datetime.fromtimestamp(now, zone).date(), zone).timestamp()
    return order_pause(now=now, end=end, by=by, reason=reason)
