"""Collects the lessons of a file whose rows are a lesson each."""

from zoneinfo import ZoneInfo

from schedules.importers.shared.leftovers import Leftovers, NoLesson
from schedules.importers.shared.lesson_naming import LessonNamer
from schedules.language import gettext, ngettext
from schedules.lesson import Lesson
from schedules.problem import InvalidValue


class RowCollector:
    """Collects lessons by their identifier, and the rows that are none.

    Args:
        name: what to call the file.
        zone: the school's time zone.
    """

    def __init__(self, name: str, zone: ZoneInfo) -> None:
        self.leftovers = Leftovers(name, unit=_count_rows, allowed=gettext("each lesson once"))
        self._namer = LessonNamer(zone)
        self._lessons: dict[str, Lesson] = {}
        self._lines: dict[str, int] = {}

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """The lessons that can be read."""
        return tuple(self._lessons.values())

    @property
    def is_empty(self) -> bool:
        """Whether there was no row at all."""
        return not (self._lines or self.leftovers.unreadable or self.leftovers.left_out)

    def leave_out(self, kind: NoLesson) -> None:
        """Count a row that is no lesson."""
        self.leftovers.leave_out(kind)

    def add(self, line: int, unnamed: Lesson) -> None:
        """Add the lesson of a row."""
        lesson = self._namer.with_instance(unnamed)
        first = self._lines.setdefault(lesson.instance, line)
        if first == line:
            self._lessons[lesson.instance] = lesson
        elif self._lessons.get(lesson.instance) == lesson:
            self.leftovers.leave_out(NoLesson(gettext("that stands there twice")))
        else:
            self._lessons.pop(lesson.instance, None)
            self.leftovers.add_unreadable(
                gettext("line {number}, column {column}", number=line, column="id"),
                InvalidValue(
                    lesson.instance,
                    gettext("each lesson once; line {number} has this one too", number=first),
                ),
            )


def _count_rows(count: int) -> str:
    return ngettext("{count} row", "{count} rows", count)
