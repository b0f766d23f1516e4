"""When measuring is interrupted: nothing is seen then, and what it touches has no figure."""

from collections.abc import Iterable
from dataclasses import dataclass

from schedules.exemption import Span

LONGEST = 14 * 24 * 3600.0
"""Seconds: whoever interrupts says until when, and that is not next year."""
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """An interruption, as it was ordered."""

    start: float
    """Seconds since 1970-01-01 UTC."""
    end: float
    by: str
    reason: str = ""
    number: int = 0
    """What names it in the store; 0 when it is not stored."""


class NotPossible(Exception):
    """A pause that ends before it begins, lasts too long, or has a reason that cannot be kept."""


def ordered(*, now: float, end: float, by: str, reason: str = "") -> Pause:
    """Interrupt from now on.

    Raises:
        NotPossible: when the end is not after now, or is too far away, or the reason is not one
            line of text of at most 200 characters.
    """
    reason = reason.strip()
    is_kept = reason.isprintable() and len(reason) <= LONGEST_REASON
    if not now < end <= now + LONGEST or not is_kept:
        raise NotPossible
    return Pause(start=now, end=end, by=by, reason=reason)


def covers(pauses: Iterable[Span], moment: float) -> bool:
    """Say whether measuring is interrupted at a moment."""
    return any(start <= moment < end for start, end in pauses)
