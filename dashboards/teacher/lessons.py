"""The lessons of today and the days to come, by who teaches them: read once a version.

A teacher's page is asked for often and the timetable changes seldom: each web process keeps the
last snapshot, and asks the store only whether it is still the newest.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock
from zoneinfo import ZoneInfo

from dashboards.figures import clock
from schedules import store
from schedules.lesson import Lesson
from schedules.timetable import Timetable

AHEAD = timedelta(days=8)
"""From today: the same lesson next week is among them."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """Lessons of a week and a day, from a day on."""

    timetable: Timetable
    _of_teachers: Mapping[str, tuple[Lesson, ...]]

    @classmethod
    def of(cls, timetable: Timetable) -> "Lessons":
        """Sort a timetable's lessons by teacher."""
        found: defaultdict[str, list[Lesson]] = defaultdict(list)
        for lesson in timetable.lessons:
            for code in {code.casefold() for code in lesson.teachers}:
                found[code].append(lesson)
        return cls(timetable, {code: _in_order(lessons) for code, lessons in found.items()})

    def taught_by(self, code: str) -> tuple[Lesson, ...]:
        """Give a teacher's lessons in the order in which they begin, cancelled ones too."""
        return self._of_teachers.get(code.strip().casefold(), ())


def on(lessons: Iterable[Lesson], day: date, zone: ZoneInfo) -> tuple[Lesson, ...]:
    """Keep the lessons of one day."""
    return tuple(each for each in lessons if each.start.astimezone(zone).date() == day)


def current(lessons: Iterable[Lesson], now: float) -> Lesson | None:
    """Give the lesson that is held now; between two lessons the one that begins next, if soon."""
    held = [each for each in lessons if each.is_held and each.end.timestamp() > now]
    return next((each for each in held if each.start.timestamp() - now <= SOON), None)


def next_week(lessons: Iterable[Lesson], lesson: Lesson, zone: ZoneInfo) -> Lesson | None:
    """Find the same lesson a week later: of the same groups and teachers, in the same hour."""
    day = lesson.start.astimezone(zone).date() + timedelta(days=7)
    same = (set(lesson.groups), set(lesson.teachers))
    for each in on(lessons, day, zone):
        if each.period == lesson.period and (set(each.groups), set(each.teachers)) == same:
            return each
    return None


SOON = 15 * 60.0
"""Seconds before the bell from which a lesson is the one that a page opens on."""


def _in_order(lessons: list[Lesson]) -> tuple[Lesson, ...]:
    return tuple(sorted(lessons, key=lambda each: (each.start, each.instance)))


class Snapshot:
    """The newest lessons, as one process has them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: tuple[int, date, Lessons] | None = None

    def lessons(self, now: float) -> Lessons:
        """Give the lessons from today on, as the store has them now.

        Raises:
            django.db.DatabaseError: when the store does not answer.
        """
        zone = clock.zone()
        today = datetime.fromtimestamp(now, zone).date()
        version = store.current_version()
        held = self._held
        if held is None or held[:2] != (version, today):
            with self._lock:
                held = self._held
                if held is None or held[:2] != (version, today):
                    read = Lessons.of(store.load_timetable(zone, today, today + AHEAD))
                    held = self._held = (version, today, read)
        return held[2]


SNAPSHOT = Snapshot()
"""This process's."""
