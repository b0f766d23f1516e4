"""What an importer makes of its source, the same for every format."""

from dataclasses import dataclass

from schedules.calendar import DateRange
from schedules.lesson import Lesson
from schedules.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """Lessons, and everything of the source that did not become one.

    With problems it is not fit to be applied; the lessons beside them are those that could be read.
    """

    format: str
    """What was recognised, for people: `Untis GPU001, ';' between cells, Windows-1252`."""
    lessons: tuple[Lesson, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What is wrong, with its place."""
    left_out: tuple[Problem, ...] = ()
    """What is right and still no lesson, each with its place and the reason why."""
    days: DateRange | None = None
    """The first and the last day that the source speaks of; None: those of the lessons."""
