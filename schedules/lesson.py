"""One lesson, whatever timetable it came from.

Teacher codes are kept for one purpose: to decide who may grant an exemption for the lesson. They
are never a dimension of anything that is released.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """What has become of a lesson since it was planned."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    MOVED = "moved"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson instance: who is taught where, and when.

    `start` and `end` are aware datetimes; the lesson holds from `start` up to, not including,
    `end`. A moved lesson carries the room and time it has now. A lesson without a room is known
    but held against nobody.
    """

    instance: str
    """What names this lesson in its source, the same from one version of it to the next."""
    start: datetime
    end: datetime
    period: str
    """The lesson hour's label in the bell schedule, such as `3`."""
    rooms: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    teachers: tuple[str, ...] = ()
    status: Status = Status.PLANNED

    @property
    def is_held(self) -> bool:
        """Whether the lesson takes place: a cancelled lesson is no lesson."""
        return self.status is not Status.CANCELLED
