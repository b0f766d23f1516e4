"""Exemptions, and the immutable snapshot of them that every sighting is checked against.

A snapshot is made from the store's rows and the timetable, and is replaced as a whole. It holds
each exemption's end, so that all of them end in time even if the store is never read again. Who
may grant and revoke them is in `exemption_rules`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from schedules.lesson import Lesson
from schedules.timetable import Timetable


class ExemptionScope(StrEnum):
    """What an exemption is for."""

    LESSON = "lesson"
    ROOM = "room"
    LAYER = "layer"
    SCHOOL = "school"


class ExemptionState(StrEnum):
    """How far an exemption is at some time."""

    TO_COME = "to come"
    IN_FORCE = "in force"
    OVER = "over"
    REVOKED = "revoked"
    WITHOUT_LESSON = "lesson cancelled or not in the timetable"


class TimeSpan(NamedTuple):
    """From `start` up to, not including, `end`; seconds since 1970-01-01 UTC."""

    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """Permission to use some platforms, or all, as it was granted. Times are Unix timestamps."""

    scope: ExemptionScope
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
    """Its number in the store; 0 when it is not stored."""
    revoked_at: float | None = None
    revoked_by: str = ""
    version: int = 0
    """The store's version that has its last change."""

    @property
    def is_from_start(self) -> bool:
        """Whether it holds from the start of its lesson, also when it was granted later."""
        return self.scope is ExemptionScope.LESSON and self.start is None

    def time_span(self, lesson: Lesson | None) -> TimeSpan | None:
        """Return when it is in force, given its lesson as the timetable has it now; None: never."""
        start, end = self.start, self.end
        if self.scope is ExemptionScope.LESSON:
            if lesson is None or not lesson.is_held:
                return None
            start = max(lesson.start.timestamp(), start or 0.0)
            end = lesson.end.timestamp()
        else:
            start = max(start or 0.0, self.granted_at)
        ends = [timestamp for timestamp in (end, self.revoked_at) if timestamp is not None]
        span = TimeSpan(start, min(ends, default=start))
        return span if span.start < span.end else None

    def state(self, lesson: Lesson | None, timestamp: float) -> ExemptionState:
        """Return its state at some time, given its lesson as the timetable has it now."""
        if self.revoked_at is not None and self.revoked_at <= timestamp:
            return ExemptionState.REVOKED
        if self.scope is ExemptionScope.LESSON and (lesson is None or not lesson.is_held):
            return ExemptionState.WITHOUT_LESSON
        span = self.time_span(lesson)
        if span is None or timestamp >= span.end:
            return ExemptionState.OVER
        return ExemptionState.IN_FORCE if timestamp >= span.start else ExemptionState.TO_COME


type _ExemptedSpans = tuple[tuple[TimeSpan, frozenset[str] | None], ...]


class RetroactiveExemption(NamedTuple):
    """Platforms (None: all) that a lesson's exemption covers from the lesson's start."""

    lesson: str
    platforms: frozenset[str] | None


class Exemptions:
    """An immutable snapshot of the exemptions that are in force now or later."""

    def __init__(
        self, exemptions: Iterable[Exemption] = (), timetable: Timetable | None = None
    ) -> None:
        spans = list(_with_span(exemptions, timetable or Timetable()))
        self._lessons = _by_target(spans, ExemptionScope.LESSON)
        self._rooms = _by_target(spans, ExemptionScope.ROOM)
        self._layers = _by_target(spans, ExemptionScope.LAYER)
        self._school = _by_target(spans, ExemptionScope.SCHOOL).get("", ())
        self._is_empty = not spans
        numbers: dict[str, int] = {}
        self._grants = tuple(
            (numbers.setdefault(_person(exemption), len(numbers)), exemption.granted_at, span)
            for exemption, span in spans
        )
        """Who granted, as a number that is told to nobody; when; and for when."""
        self._retroactive = {
            (exemption.number, exemption.target, exemption.platforms): RetroactiveExemption(
                exemption.target, exemption.platforms
            )
            for exemption, _ in spans
            if exemption.is_from_start
        }

    def covers(
        self, lessons: tuple[Lesson, ...], room: str, layer: str, platform: str, timestamp: float
    ) -> bool:
        """Return whether an exemption covers a platform's use.

        Args:
            lessons: the lessons in the room at that time; of a double booking, each counts.
            room: where the client is.
            layer: its year layer, as the roster names it; empty when it is not known.
            platform: what it contacts.
            timestamp: when.
        """
        if self._is_empty:
            return False
        for lesson in lessons:
            spans = self._lessons.get(lesson.instance)
            if spans is not None and _covers(spans, platform, timestamp):
                return True
        return (
            _covers(self._rooms.get(room, ()), platform, timestamp)
            or _covers(self._layers.get(layer, ()), platform, timestamp)
            or _covers(self._school, platform, timestamp)
        )

    def touch(
        self,
        lessons: tuple[Lesson, ...],
        room: str,
        layers: Collection[str],
        platform: str,
        time: TimeSpan,
    ) -> bool:
        """Return whether an exemption covers a platform's use at any moment of a time.

        Args:
            lessons: the lessons in the room; of a double booking, each counts.
            room: where a client would be.
            layers: the year layers that it could be of.
            platform: what it would contact.
            time: the time.
        """
        if self._is_empty:
            return False
        of_lessons = (self._lessons.get(lesson.instance, ()) for lesson in lessons)
        spans = _touching(chain(of_lessons, self._of_leadership(room, layers)), platform, time)
        return next(spans, None) is not None

    def count_granters(self, times: Collection[TimeSpan], *, within: TimeSpan) -> int:
        """Count the different people who granted something that holds in some of these times.

        Args:
            times: such as the lesson hours of a week.
            within: when they granted it, such as in that week.
        """
        granters = {
            granter
            for granter, granted_at, span in self._grants
            if within.start <= granted_at < within.end
            and any(span.start < time.end and time.start < span.end for time in times)
        }
        return len(granters)

    def spans_by_leadership(
        self, room: str, layers: Collection[str], platform: str, time: TimeSpan
    ) -> set[TimeSpan]:
        """Return when each exemption of more than a lesson is in force that touches a time.

        Args:
            room: the room that it covers.
            layers: or one of these year layers.
            platform: what it allows.
            time: the time.
        """
        return set(_touching(self._of_leadership(room, layers), platform, time))

    def _of_leadership(self, room: str, layers: Collection[str]) -> Iterator[_ExemptedSpans]:
        yield self._rooms.get(room, ())
        for layer in layers:
            yield self._layers.get(layer, ())
        yield self._school

    def newly_retroactive(self, previous: "Exemptions") -> tuple[RetroactiveExemption, ...]:
        """Return the exemptions from their lesson's start that the previous snapshot did not have.

        What was counted earlier in these lessons has to be forgotten.
        """
        known = previous._retroactive
        return tuple(exemption for key, exemption in self._retroactive.items() if key not in known)


def _with_span(
    exemptions: Iterable[Exemption], timetable: Timetable
) -> Iterable[tuple[Exemption, TimeSpan]]:
    for exemption in exemptions:
        is_for_lesson = exemption.scope is ExemptionScope.LESSON
        span = exemption.time_span(timetable.lesson(exemption.target) if is_for_lesson else None)
        if span is not None:
            yield exemption, span


def _person(exemption: Exemption) -> str:
    """Return who granted it: a code may be written in any case, and is still one person's."""
    return " ".join(exemption.granted_by.casefold().split())


def _by_target(
    spans: Iterable[tuple[Exemption, TimeSpan]], scope: ExemptionScope
) -> Mapping[str, _ExemptedSpans]:
    targets: defaultdict[str, _ExemptedSpans] = defaultdict(tuple)
    for exemption, span in spans:
        if exemption.scope is scope:
            targets[exemption.target] += ((span, exemption.platforms),)
    return dict(targets)


def _touching(
    exempted: Iterable[_ExemptedSpans], platform: str, time: TimeSpan
) -> Iterator[TimeSpan]:
    """Yield each span of these that allows a platform at any moment of a time."""
    for spans in exempted:
        for span, platforms in spans:
            is_touched = span.start < time.end and time.start < span.end
            if is_touched and (platforms is None or platform in platforms):
                yield span


def _covers(spans: _ExemptedSpans, platform: str, timestamp: float) -> bool:
    for (start, end), platforms in spans:
        if start <= timestamp < end and (platforms is None or platform in platforms):
            return True
    return False
