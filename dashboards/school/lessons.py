"""The lessons of today and the days to come, by who teaches them.

A teacher's page is asked for often and the timetable changes seldom: each web process keeps the
lessons, and asks the store only whether there is a newer version.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboards.school import clock
from dashboards.version_cache import VersionCache
from schedules import store
from schedules.lesson import Lesson
from schedules.timetable import Timetable

AHEAD = timedelta(days=8)
"""From today: the same lesson next week is among them."""


@dataclass(frozen=True, slots=True)
class TeacherLessons:
    """A timetable, with each teacher's lessons in the order in which they begin."""

    timetable: Timetable
    _by_teacher: Mapping[str, tuple[Lesson, ...]]

    @classmethod
    def from_timetable(cls, timetable: Timetable) -> "TeacherLessons":
        """Sort a timetable's lessons by teacher."""
        by_teacher: defaultdict[str, list[Lesson]] = defaultdict(list)
        for lesson in timetable.lessons:
            for code in {code.casefold() for code in lesson.teachers}:
                by_teacher[code].append(lesson)
        return cls(timetable, {code: _in_order(lessons) for code, lessons in by_teacher.items()})

    def taught_by(self, code: str) -> tuple[Lesson, ...]:
        """Return a teacher's lessons in the order in which they begin, cancelled ones too."""
        return self._by_teacher.get(code.strip().casefold(), ())


def _in_order(lessons: list[Lesson]) -> tuple[Lesson, ...]:
    return tuple(sorted(lessons, key=lambda lesson: (lesson.start, lesson.instance)))


CACHE = VersionCache[TeacherLessons](max_entries=1)
"""This process's."""


def load_lessons(timestamp: float) -> TeacherLessons:
    """Return the lessons from the day of a timestamp on, as the store has them now.

    Raises:
        django.db.DatabaseError: when the store does not answer.
    """
    zone = clock.zone()
    today = datetime.fromtimestamp(timestamp, zone).date()
    return CACHE.get(
        today,
        store.current_version(),
        lambda: TeacherLessons.from_timetable(store.load_timetable(zone, today, today + AHEAD)),
    )
