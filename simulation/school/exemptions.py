"""The exemptions of the simulated school: two, every Monday.

A teacher allows YouTube in her lesson of the first lesson hour, and the leadership allows every
platform to one layer for a morning of projects.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from monitor.runtime.exemption_request import ExemptionRequest
from simulation.school.bells import ZONE, BellSpan, bell_spans, school_timestamp
from simulation.school.lessons import SimulatedLesson, list_lessons
from simulation.school.school import SimulatedSchool

PLATFORM_OF_THE_LESSON = "youtube"
LAYER_OF_THE_LESSON = "3 vwo"
LAYER_WITH_PROJECTS = "6 vwo"
LEADERSHIP = "directie"
REASON = "projectochtend"
MONDAY = 0
PROJECTS = (time(8, 30), time(11, 0))


@dataclass(frozen=True, slots=True)
class SimulatedExemption:
    """An exemption, as a teacher or the leadership requests it."""

    granter: str
    granted_at: float
    lesson: str = ""
    """The name of its lesson; empty: it is for the layer."""
    layer: str = ""
    platform: str = ""
    """Empty: every platform."""
    start: float = 0.0
    end: float = 0.0
    reason: str = ""

    def covers(self, lesson: SimulatedLesson, platform: str) -> bool:
        """Whether it allows a platform in a lesson; it covers whole lessons only."""
        if self.platform not in ("", platform):
            return False
        if self.lesson:
            return lesson.name == self.lesson
        within = self.start <= lesson.span.start and lesson.span.end <= self.end
        return within and lesson.group.layer == self.layer

    @property
    def request(self) -> ExemptionRequest:
        """The request as `lesrust exempt grant` takes it."""
        return ExemptionRequest(
            teacher=self.granter if self.lesson else "",
            leadership="" if self.lesson else self.granter,
            lesson=self.lesson,
            room="",
            layer=self.layer,
            school=False,
            platforms=(self.platform,) if self.platform else (),
            all_platforms=not self.platform,
            from_now=False,
            start=_format_time(self.start),
            end=_format_time(self.end),
            reason=self.reason,
        )


def list_exemptions(school: SimulatedSchool, day: date, seed: int) -> Iterator[SimulatedExemption]:
    """List the exemptions of a day, granted before school begins."""
    if day.weekday() != MONDAY:
        return
    granted_at = school_timestamp(day, time(8, 15))
    lesson = _find_lesson(school, bell_spans(day)[0], seed)
    yield SimulatedExemption(
        granter=lesson.teacher,
        granted_at=granted_at,
        lesson=lesson.name,
        platform=PLATFORM_OF_THE_LESSON,
    )
    start, end = PROJECTS
    yield SimulatedExemption(
        granter=LEADERSHIP,
        granted_at=granted_at,
        layer=LAYER_WITH_PROJECTS,
        start=school_timestamp(day, start),
        end=school_timestamp(day, end),
        reason=REASON,
    )


def _find_lesson(school: SimulatedSchool, span: BellSpan, seed: int) -> SimulatedLesson:
    return next(
        lesson
        for lesson in list_lessons(school, span, seed)
        if lesson.is_held and lesson.group.layer == LAYER_OF_THE_LESSON
    )


def _format_time(timestamp: float) -> str:
    if not timestamp:
        return ""
    return datetime.fromtimestamp(timestamp, ZONE).strftime("%Y-%m-%d %H:%M")
