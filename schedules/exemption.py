"""What is allowed where and when: exemptions, and the snapshot that every sighting is held against.

A snapshot is made from the store's rows and the timetable, and swapped in as a whole. It holds
each exemption's end, so that all of them end in time even if the store is never read again. Who
may grant what is in `granting`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from schedules.lesson import Lesson
from schedules.timetable import Timetable


class Scope(StrEnum):
    """What an exemption is for."""

    LESSON = "lesson"
    ROOM = "room"
    LAYER = "layer"
    SCHOOL = "school"


class State(StrEnum):
    """What an exemption is at a moment."""

    TO_COME = "to come"
    IN_FORCE = "in force"
    OVER = "over"
    REVOKED = "revoked"
    WITHOUT_LESSON = "lesson cancelled or not in the timetable"


class Span(NamedTuple):
    """From `start` up to, not including, `end`; seconds since 1970-01-01 UTC."""

    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """Permission to use some platforms, or all, as it was granted."""

    scope: Scope
    target: str
    """The lesson's instance, the room or the layer; empty for the school."""
    platforms: frozenset[str] | None
    """None: all."""
    granted_by: str
    granted_at: float
    start: float | None = None
    """None: the start of the lesson."""
    end: float | None = None
    """None: the end of the lesson."""
    reason: str = ""
    number: int = 0
    """What names it in the store; 0 when it is not stored."""
    revoked_at: float | None = None
    revoked_by: str = ""
    version: int = 0
    """Of the store, by which a reader knows of its last change."""

    @property
    def is_from_start(self) -> bool:
        """Whether it looks back to the start of its lesson."""
        return self.scope is Scope.LESSON and self.start is None

    def span(self, lesson: Lesson | None) -> Span | None:
        """Say when it is in force, given its lesson as the timetable has it now; None: never."""
        start, end = self.start, self.end
        if self.scope is Scope.LESSON:
            if lesson is None or not lesson.is_held:
                return None
            start = max(lesson.start.timestamp(), start or 0.0)
            end = lesson.end.timestamp()
        else:
            start = max(start or 0.0, self.granted_at)
        ends = [moment for moment in (end, self.revoked_at) if moment is not None]
        span = Span(start, min(ends, default=start))
        return span if span.start < span.end else None

    def state(self, lesson: Lesson | None, moment: float) -> State:
        """Say what it is at a moment, given its lesson as the timetable has it now."""
        if self.revoked_at is not None and self.revoked_at <= moment:
            return State.REVOKED
        if self.scope is Scope.LESSON and (lesson is None or not lesson.is_held):
            return State.WITHOUT_LESSON
        span = self.span(lesson)
        if span is None or moment >= span.end:
            return State.OVER
        return State.IN_FORCE if moment >= span.start else State.TO_COME


type _Allowed = tuple[tuple[Span, frozenset[str] | None], ...]


class Retroactive(NamedTuple):
    """Platforms (None: all) that a lesson's exemption allows back to the lesson's start."""

    lesson: str
    platforms: frozenset[str] | None


class Exemptions:
    """An immutable snapshot of what is allowed, in force now or to come."""

    def __init__(self, rows: Iterable[Exemption] = (), timetable: Timetable | None = None) -> None:
        spans = list(_in_force(rows, timetable or Timetable()))
        self._lessons = _by_target(spans, Scope.LESSON)
        self._rooms = _by_target(spans, Scope.ROOM)
        self._layers = _by_target(spans, Scope.LAYER)
        self._school = _by_target(spans, Scope.SCHOOL).get("", ())
        self._is_empty = not spans
        self._looking_back = {
            (each.number, each.target, each.platforms): Retroactive(each.target, each.platforms)
            for each, _ in spans
            if each.is_from_start
        }

    def covers(
        self, lessons: tuple[Lesson, ...], room: str, layer: str, platform: str, moment: float
    ) -> bool:
        """Say whether a platform is allowed at a moment.

        Args:
            lessons: what is held in the room at that moment; of a double booking, each counts.
            room: where the client is.
            layer: its year layer, as the roster names it; empty when it is not known.
            platform: what it contacts.
            moment: when.
        """
        if self._is_empty:
            return False
        for lesson in lessons:
            allowed = self._lessons.get(lesson.instance)
            if allowed is not None and _allows(allowed, platform, moment):
                return True
        return (
            _allows(self._rooms.get(room, ()), platform, moment)
            or _allows(self._layers.get(layer, ()), platform, moment)
            or _allows(self._school, platform, moment)
        )

    def since(self, previous: "Exemptions") -> tuple[Retroactive, ...]:
        """List what looks back to its lesson's start and was not in force in the one before.

        What was counted for these earlier in their lessons is to be forgotten.
        """
        known = previous._looking_back
        return tuple(each for key, each in self._looking_back.items() if key not in known)


def _in_force(rows: Iterable[Exemption], timetable: Timetable) -> Iterable[tuple[Exemption, Span]]:
    for exemption in rows:
        is_lesson = exemption.scope is Scope.LESSON
        span = exemption.span(timetable.lesson(exemption.target) if is_lesson else None)
        if span is not None:
            yield exemption, span


def _by_target(spans: Iterable[tuple[Exemption, Span]], scope: Scope) -> Mapping[str, _Allowed]:
    found: defaultdict[str, _Allowed] = defaultdict(tuple)
    for exemption, span in spans:
        if exemption.scope is scope:
            found[exemption.target] += ((span, exemption.platforms),)
    return dict(found)


def _allows(allowed: _Allowed, platform: str, moment: float) -> bool:
    for (start, end), platforms in allowed:
        if start <= moment < end and (platforms is None or platform in platforms):
            return True
    return False
