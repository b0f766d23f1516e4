"""Who may allow what. The rules only: nothing here is stored, and no clock is read.

A teacher allows platforms in a lesson of her own, until it ends: the exemption holds for the
lesson wherever and whenever the timetable has it. The leadership allows them for a room, a year
layer or the whole school over a time, never looking back.
"""

from dataclasses import replace
from enum import StrEnum

from schedules.exemption import Exemption, Scope
from schedules.lesson import Lesson

LONGEST_REASON = 200
LONGEST_NAME = 100
LONGEST_TIME = 366 * 24 * 3600.0
"""Seconds: a school year at most."""


class Denial(StrEnum):
    """Why something is not allowed."""

    NOT_OWN_LESSON = "only a teacher of the lesson may do this"
    CANCELLED = "the lesson is cancelled"
    OVER = "it is over already"
    REVOKED = "it is revoked already"
    NO_PLATFORM = "at least one platform is needed"
    NO_GRANTER = "who grants or revokes is named, on one line of 100 characters at most"
    NO_PLACE = "a room or a layer must be named"
    NO_REASON = "the leadership gives a reason"
    REASON_TOO_LONG = "a reason has 200 characters at most"
    REASON_NOT_TEXT = "a reason is one line of text"
    TOO_LONG = "an exemption is for a school year at most"
    ENDS_BEFORE_START = "the end must come after the start"


class NotAllowed(Exception):
    """An exemption that may not be granted or revoked, and why."""

    def __init__(self, denial: Denial) -> None:
        self.denial = denial
        super().__init__(denial.value)


def grant_lesson(
    lesson: Lesson,
    *,
    teacher: str,
    platforms: frozenset[str] | None,
    now: float,
    from_start: bool = True,
    reason: str = "",
) -> Exemption:
    """Let a teacher allow platforms in a lesson of her own, from its start or from now.

    Raises:
        NotAllowed: when she does not teach the lesson, or it is cancelled or over.
    """
    _require(teaches(teacher, lesson), Denial.NOT_OWN_LESSON)
    _require(lesson.is_held, Denial.CANCELLED)
    _require(now < lesson.end.timestamp(), Denial.OVER)
    _require(platforms is None or bool(platforms), Denial.NO_PLATFORM)
    return Exemption(
        scope=Scope.LESSON,
        target=lesson.instance,
        platforms=platforms,
        granted_by=teacher,
        granted_at=now,
        start=None if from_start else now,
        reason=_checked_reason(reason),
    )


def grant_leadership(
    scope: Scope,
    target: str,
    *,
    by: str,
    platforms: frozenset[str] | None,
    start: float,
    end: float,
    now: float,
    reason: str,
) -> Exemption:
    """Let the leadership allow platforms for a room, a layer or the school, never looking back.

    Raises:
        NotAllowed: without a reason or a place, or when the time is over, reversed or too long.
    """
    _require(scope is not Scope.LESSON, Denial.NOT_OWN_LESSON)
    by = _checked_name(by)
    _require((scope is Scope.SCHOOL) != bool(target), Denial.NO_PLACE)
    _require(platforms is None or bool(platforms), Denial.NO_PLATFORM)
    _require(start < end, Denial.ENDS_BEFORE_START)
    _require(now < end, Denial.OVER)
    start = max(start, now)
    _require(end - start <= LONGEST_TIME, Denial.TOO_LONG)
    _require(bool(reason.strip()), Denial.NO_REASON)
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
    """End an exemption now; what it has allowed until now stays allowed.

    A teacher revokes what is granted for a lesson of her own, the leadership revokes anything.

    Raises:
        NotAllowed: when it is not hers to revoke, is revoked already, or is over.
    """
    by = _checked_name(by)
    _require(is_leadership or is_hers(exemption, lesson, by), Denial.NOT_OWN_LESSON)
    _require(exemption.revoked_at is None, Denial.REVOKED)
    span = exemption.span(lesson)
    _require(span is None or now < span.end, Denial.OVER)
    return replace(exemption, revoked_at=max(now, exemption.granted_at), revoked_by=by)


def teaches(teacher: str, lesson: Lesson) -> bool:
    """Say whether a teacher's code, in any case, is one of the lesson's."""
    code = teacher.strip().casefold()
    return code in (each.casefold() for each in lesson.teachers)


def is_hers(exemption: Exemption, lesson: Lesson | None, teacher: str) -> bool:
    """Say whether a permission is one that a teacher may end: of a lesson of her own."""
    if exemption.scope is not Scope.LESSON:
        return False
    granted = exemption.granted_by.casefold() == teacher.strip().casefold()
    return granted or (lesson is not None and teaches(teacher, lesson))


def _checked_name(name: str) -> str:
    name = name.strip()
    _require(0 < len(name) <= LONGEST_NAME and name.isprintable(), Denial.NO_GRANTER)
    return name


def _checked_reason(reason: str) -> str:
    reason = reason.strip()
    _require(reason.isprintable(), Denial.REASON_NOT_TEXT)
    _require(len(reason) <= LONGEST_REASON, Denial.REASON_TOO_LONG)
    return reason


def _require(is_met: bool, denial: Denial) -> None:
    if not is_met:
        raise NotAllowed(denial)
