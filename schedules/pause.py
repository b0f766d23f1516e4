"""Pauses of the measuring. Nothing is counted in a pause, and what it touches has no figure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto

from schedules.exemption import TimeSpan
from schedules.language import Message
from schedules.language import gettext_lazy as _

MAX_PAUSE_DURATION = 14 * 24 * 3600.0
"""Seconds: whoever pauses the measuring says until when, and that is not next year."""
MAX_REASON_LENGTH = 200
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


class PauseDenialReason(StrEnum):
    """Why the measuring may not be paused as somebody asks."""

    ENDS_BEFORE_NOW = auto()
    TOO_LONG = auto()
    REASON_NOT_LINE = auto()


_DENIALS: Mapping[PauseDenialReason, Message] = {
    PauseDenialReason.ENDS_BEFORE_NOW: _("The end must come after now: nothing was changed."),
    PauseDenialReason.TOO_LONG: _("That is too long: two weeks at most."),
    PauseDenialReason.REASON_NOT_LINE: _(
        "The reason may be one line of {longest_reason} characters at most."
    ),
}


def explain_pause_denial(reason: PauseDenialReason) -> str:
    """Return a sentence that says why."""
    return _DENIALS[reason].format(longest_reason=MAX_REASON_LENGTH)


class InvalidPause(Exception):
    """A pause that ends before it begins, lasts too long, or has a reason that cannot be kept."""

    def __init__(self, reason: PauseDenialReason) -> None:
        self.reason = reason
        super().__init__(explain_pause_denial(reason))


def order_pause(*, now: float, end: float, by: str, reason: str = "") -> Pause:
    """Return a pause from now on.

    Raises:
        InvalidPause: when the end is not after now, or is too far away, or the reason is not one
            line of text of at most 200 characters.
    """
    reason = reason.strip()
    if end <= now:
        raise InvalidPause(PauseDenialReason.ENDS_BEFORE_NOW)
    if not end <= now + MAX_PAUSE_DURATION:
        raise InvalidPause(PauseDenialReason.TOO_LONG)
    if not reason.isprintable() or len(reason) > MAX_REASON_LENGTH:
        raise InvalidPause(PauseDenialReason.REASON_NOT_LINE)
    return Pause(start=now, end=end, by=by, reason=reason)


def is_paused(pauses: Iterable[TimeSpan], timestamp: float) -> bool:
    """Return whether the measuring is paused at some time."""
    return any(start <= timestamp < end for start, end in pauses)
