"""One lesson, from whatever timetable.

Teacher codes are kept for one purpose: to decide who may grant an exemption for the lesson. They
are never a dimension of a released table.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LessonStatus(StrEnum):
    """What happened to a lesson since it was planned."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    MOVED = "moved"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson instance: who is taught where and when.

    `start` and `end` are aware datetimes; the lesson holds from `start` up to, not including,
    `end`. A moved lesson carries the room and time it has now. A lesson without a room is known
    but counts for nobody.
    """

    instance: str
    """Its identifier, the same from one version of the timetable to the next."""
    start: datetime
    end: datetime
    period: str
    """The period's label in the bell schedule, such as `3`."""
    rooms: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    teachers: tuple[str, ...] = ()
    status: LessonStatus = LessonStatus.PLANNED

    @property
    def is_held(self) -> bool:
        """Whether the lesson takes place: a cancelled lesson is no lesson."""
        return self.status is not LessonStatus.CANCELLED
