"""What is allowed at the simulated school: two exemptions, every Monday.

A teacher allows YouTube in her lesson of the first lesson hour, and the leadership allows
everything to one layer for a morning of projects.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from monitor.runtime.exemption_request import ExemptionRequest
from simulation.school.bells import ZONE, BellSpan, bell_spans, school_timestamp
from simulation.school.lessons import SimulatedLesson, list_lessons
from simulation.school.school import SimulatedSchool

ALLOWED_IN_THE_LESSON = "youtube"
LAYER_OF_THE_LESSON = "3 vwo"
LAYER_WITH_PROJECTS = "5 havo"
LEADERSHIP = "directie"
REASON = "projectochtend"
MONDAY = 0
PROJECTS = (time(8, 30), time(11, 0))


@dataclass(frozen=True, slots=True)
class SimulatedExemption:
    """An exemption, as it is asked for."""

    by: str
    granted_at: float
    lesson: str = ""
    """The lesson's name; else it is for the layer."""
    layer: str = ""
    platform: str = ""
    """Empty: all."""
    start: float = 0.0
    end: float = 0.0
    reason: str = ""

    def covers(self, lesson: SimulatedLesson, platform: str) -> bool:
        """Say whether a platform may be used in a lesson; it is for whole lessons only."""
        if self.platform not in ("", platform):
            return False
        if self.lesson:
            return lesson.name == self.lesson
        within = self.start <= lesson.span.start and lesson.span.end <= self.end
        return within and lesson.group.layer == self.layer

    @property
    def request(self) -> ExemptionRequest:
        """What is asked of `lesrust exempt grant`."""
        return ExemptionRequest(
            teacher=self.by if self.lesson else "",
            leadership="" if self.lesson else self.by,
            lesson=self.lesson,
            room="",
            layer=self.layer,
            school=False,
            platforms=(self.platform,) if self.platform else (),
            all_platforms=not self.platform,
            from_now=False,
            start=_typed(self.start),
            end=_typed(self.end),
            reason=self.reason,
        )


def list_exemptions(school: SimulatedSchool, day: date, seed: int) -> Iterator[SimulatedExemption]:
    """Give what is allowed on a day, granted before school begins."""
    if day.weekday() != MONDAY:
        return
    granted_at = school_timestamp(day, time(8, 15))
    lesson = _lesson(school, bell_spans(day)[0], seed)
    yield SimulatedExemption(
        by=lesson.teacher,
        granted_at=granted_at,
        lesson=lesson.name,
        platform=ALLOWED_IN_THE_LESSON,
    )
    start, end = PROJECTS
    yield SimulatedExemption(
        by=LEADERSHIP,
        granted_at=granted_at,
        layer=LAYER_WITH_PROJECTS,
        start=school_timestamp(day, start),
        end=school_timestamp(day, end),
        reason=REASON,
    )


def _lesson(school: SimulatedSchool, span: BellSpan, seed: int) -> SimulatedLesson:
    return next(
        lesson
        for lesson in list_lessons(school, span, seed)
        if lesson.is_held and lesson.group.layer == LAYER_OF_THE_LESSON
    )


def _typed(moment: float) -> str:
    return datetime.fromtimestamp(moment, ZONE).strftime("%Y-%m-%d %H:%M") if moment else ""
