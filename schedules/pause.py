"""Pauses of the measuring. Nothing is counted in a pause, and what it touches has no figure."""

from collections.abc import Iterable
from dataclasses import dataclass

from schedules.exemption import TimeSpan

LONGEST_PAUSE = 14 * 24 * 3600.0
"""Seconds: whoever pauses the measuring says until when, and that is not next year."""
LONGEST_REASON = 200
"""Characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A pause as it was ordered."""

    start: float
    """Seconds since 1970-01-01 UTC."""
    end: float
    by: str
    reason: str = ""
    number: int = 0
    """Its number in the store; 0 when it is not stored."""


class InvalidPause(Exception):
    """A pause that ends before it begins, lasts too long, or has a reason that cannot be kept."""


def order_pause(*, now: float, end: float, by: str, reason: str = "") -> Pause:
    """Return a pause from now on.

    Raises:
        InvalidPause: when the end is not after now, or is too far away, or the reason is not one
            line of text of at most 200 characters.
    """
    reason = reason.strip()
    is_valid_reason = reason.isprintable() and len(reason) <= LONGEST_REASON
    if not now < end <= now + LONGEST_PAUSE or not is_valid_reason:
        raise InvalidPause
    return Pause(start=now, end=end, by=by, reason=reason)


def is_paused(pauses: Iterable[TimeSpan], timestamp: float) -> bool:
    """Return whether the measuring is paused at some time."""
    return any(start <= timestamp < end for start, end in pauses)
