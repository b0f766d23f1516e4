"""Who may grant and revoke an exemption. Rules only: nothing is stored and no clock is read.

A teacher grants platforms in a lesson of her own, until it ends: the exemption follows the lesson
wherever and whenever the timetable has it. The leadership grants them for a room, a year layer or
the whole school over a time, never for the past.
"""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum, auto

from schedules.exemption import Exemption, ExemptionScope
from schedules.language import Message
from schedules.language import gettext_lazy as _
from schedules.lesson import Lesson

MAX_REASON_LENGTH = 200
"""Characters."""
MAX_NAME_LENGTH = 100
"""Characters."""
MAX_EXEMPTION_DURATION = 366 * 24 * 3600.0
"""Seconds: a school year at most."""


class DenialReason(StrEnum):
    """Why an exemption may not be granted or revoked."""

    NOT_OWN_LESSON = auto()
    CANCELLED = auto()
    OVER = auto()
    REVOKED = auto()
    NO_PLATFORM = auto()
    NO_GRANTER = auto()
    NO_PLACE = auto()
    NO_REASON = auto()
    REASON_TOO_LONG = auto()
    REASON_NOT_TEXT = auto()
    TOO_LONG = auto()
    ENDS_BEFORE_START = auto()


_DENIALS: Mapping[DenialReason, Message] = {
    DenialReason.NOT_OWN_LESSON: _("Only a teacher of this lesson may do this."),
    DenialReason.CANCELLED: _("The lesson is cancelled: there is nothing to allow."),
    DenialReason.OVER: _("This lesson or permission is over already: nothing was changed."),
    DenialReason.REVOKED: _("This permission was revoked already."),
    DenialReason.NO_PLATFORM: _("Choose a platform first, or all platforms."),
    DenialReason.NO_GRANTER: _(
        "Who does this needs a name, on one line of {longest_name} characters at most. Has your "
        "account none? Ask the school's IT."
    ),
    DenialReason.NO_PLACE: _("Choose a room or a year layer."),
    DenialReason.NO_REASON: _("Say why: the leadership always gives a reason."),
    DenialReason.REASON_TOO_LONG: _("The reason is too long: {longest_reason} characters at most."),
    DenialReason.REASON_NOT_TEXT: _("The reason may not be longer than one line."),
    DenialReason.TOO_LONG: _("That is too long: a school year at most."),
    DenialReason.ENDS_BEFORE_START: _("The end must come after the start."),
}


def explain_denial(reason: DenialReason) -> str:
    """Return a sentence that says why, and where it helps what to do."""
    return _DENIALS[reason].format(longest_name=MAX_NAME_LENGTH, longest_reason=MAX_REASON_LENGTH)


class ExemptionDenied(Exception):
    """An exemption that may not be granted or revoked, and why."""

    def __init__(self, reason: DenialReason) -> None:
        self.reason = reason
        super().__init__(explain_denial(reason))


def grant_for_lesson(
    lesson: Lesson,
    *,
    teacher: str,
    platforms: frozenset[str] | None,
    now: float,
    from_start: bool = True,
    reason: str = "",
) -> Exemption:
    """Grant platforms in a teacher's own lesson, from its start or from now.

    Raises:
        ExemptionDenied: when she does not teach the lesson, or it is cancelled or over.
    """
    _require(teaches(teacher, lesson), DenialReason.NOT_OWN_LESSON)
    _require(lesson.is_held, DenialReason.CANCELLED)
    _require(now < lesson.end.timestamp(), DenialReason.OVER)
    _require(platforms is None or bool(platforms), DenialReason.NO_PLATFORM)
    return Exemption(
        scope=ExemptionScope.LESSON,
        target=lesson.instance,
        platforms=platforms,
        granted_by=teacher,
        granted_at=now,
        start=None if from_start else now,
        reason=_checked_reason(reason),
    )


def grant_by_leadership(
    scope: ExemptionScope,
    target: str,
    *,
    by: str,
    platforms: frozenset[str] | None,
    start: float,
    end: float,
    now: float,
    reason: str,
) -> Exemption:
    """Grant platforms for a room, a layer or the school, never for the past.

    Raises:
        ExemptionDenied: without a reason or a place, or when the time is over, reversed or too
            long.
    """
    _require(scope is not ExemptionScope.LESSON, DenialReason.NOT_OWN_LESSON)
    by = _checked_name(by)
    _require((scope is ExemptionScope.SCHOOL) != bool(target), DenialReason.NO_PLACE)
    _require(platforms is None or bool(platforms), DenialReason.NO_PLATFORM)
    _require(start < end, DenialReason.ENDS_BEFORE_START)
    _require(now < end, DenialReason.OVER)
    start = max(start, now)
    _require(end - start <= MAX_EXEMPTION_DURATION, DenialReason.TOO_LONG)
    _require(bool(reason.strip()), DenialReason.NO_REASON)
    return Exemption(
        scope=scope,
        target=target,
        platforms=platforms,
        granted_by=by,
        granted_at=now,
        start=start,
        end=end,
        reason=_checked_reason(reason),
    )


def revoke(
    exemption: Exemption, lesson: Lesson | None, *, by: str, is_leadership: bool, now: float
) -> Exemption:
    """End an exemption now. What it has covered until now stays covered.

    A teacher revokes an exemption for a lesson of her own, the leadership revokes any.

    Raises:
        ExemptionDenied: when it is not hers to revoke, is revoked already, or is over.
    """
    by = _checked_name(by)
    _require(
        is_leadership or may_teacher_revoke(exemption, lesson, by), DenialReason.NOT_OWN_LESSON
    )
    _require(exemption.revoked_at is None, DenialReason.REVOKED)
    span = exemption.time_span(lesson)
    _require(span is None or now < span.end, DenialReason.OVER)
    return replace(exemption, revoked_at=max(now, exemption.granted_at), revoked_by=by)


def teaches(teacher: str, lesson: Lesson) -> bool:
    """Return whether a teacher's code, in any case, is one of the lesson's."""
    code = teacher.strip().casefold()
    return code in (teacher_of_lesson.casefold() for teacher_of_lesson in lesson.teachers)


def may_teacher_revoke(exemption: Exemption, lesson: Lesson | None, teacher: str) -> bool:
    """Return whether a teacher may end an exemption: she granted it, or teaches its lesson."""
    if exemption.scope is not ExemptionScope.LESSON:
        return False
    has_granted = exemption.granted_by.casefold() == teacher.strip().casefold()
    return has_granted or (lesson is not None and teaches(teacher, lesson))


def _checked_name(name: str) -> str:
    name = name.strip()
    _require(0 < len(name) <= MAX_NAME_LENGTH and name.isprintable(), DenialReason.NO_GRANTER)
    return name


def _checked_reason(reason: str) -> str:
    reason = reason.strip()
    _require(reason.isprintable(), DenialReason.REASON_NOT_TEXT)
    _require(len(reason) <= MAX_REASON_LENGTH, DenialReason.REASON_TOO_LONG)
    return reason


def _require(is_met: bool, reason: DenialReason) -> None:
    if not is_met:
        raise ExemptionDenied(reason)
