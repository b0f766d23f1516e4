"""What somebody fills in who pauses the measuring; the store is not asked here."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from schedules.local_time import parse_datetime
from schedules.pause import Pause, order_pause

PROPOSED_LENGTH = timedelta(hours=1)
STEP = timedelta(minutes=5)
"""The end that is proposed is a whole one."""
BROWSER_FORMAT = "%Y-%m-%dT%H:%M"
"""As a browser's own field for a day and a time has it."""


def proposed_end(now: float, zone: ZoneInfo) -> str:
    """Propose an end about an hour after a timestamp, as a form has it."""
    end = datetime.fromtimestamp(now, UTC) + PROPOSED_LENGTH
    past_step = timedelta(seconds=end.timestamp() % STEP.total_seconds())
    if past_step:
        end += STEP - past_step
    return f"{end.astimezone(zone):{BROWSER_FORMAT}}"


def parse_pause(until: str, reason: str, *, by: str, now: float, zone: ZoneInfo) -> Pause:
    """Make the pause that was filled in.

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
