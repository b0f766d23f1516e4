"""What somebody typed who interrupts the measuring; the store is not asked here."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from schedules.local_time import parse_datetime
from schedules.pause import LONGEST_PAUSE, LONGEST_REASON, InvalidPause, Pause, order_pause
from schedules.problem import InvalidValue

PROPOSED = timedelta(hours=1)
STEP = timedelta(minutes=5)
"""What is proposed ends on a whole one."""
FORM = "%Y-%m-%dT%H:%M"
"""As browsers write a wall time in a form."""


class Wrong(StrEnum):
    """Why nothing was interrupted."""

    NO_MOMENT = "no moment"
    NOT_AFTER_NOW = "not after now"
    TOO_LONG = "too long"
    NO_REASON = "reason cannot be kept"


class NotOrdered(Exception):
    """An interruption that cannot be."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.value)
        self.wrong = wrong


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
        NotOrdered: when it cannot be.
    """
    try:
        end = parse_datetime(until, datetime.fromtimestamp(now, zone).date(), zone).timestamp()
    except InvalidValue:
        raise NotOrdered(Wrong.NO_MOMENT) from None
    try:
        return order_pause(now=now, end=end, by=by, reason=reason)
    except InvalidPause:
        if end <= now:
            raise NotOrdered(Wrong.NOT_AFTER_NOW) from None
        if end > now + LONGEST_PAUSE:
            raise NotOrdered(Wrong.TOO_LONG) from None
        raise NotOrdered(Wrong.NO_REASON) from None


__all__ = ["LONGEST_REASON", "NotOrdered", "Wrong", "order", "proposed"]
