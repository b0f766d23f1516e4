"""Instances for lessons whose source has none, the same from one version to the next.

A lesson is recognised by its day, period, groups and teachers, so that it keeps its exemptions
when its room or time changes. Without groups and teachers it is recognised by its rooms.
"""

from dataclasses import replace
from hashlib import blake2b
from zoneinfo import ZoneInfo

from schedules.lesson import Lesson

_DIGEST_BYTES = 5


class LessonNamer:
    """The instances given in one file; lessons that are alike are numbered in the file's order."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._alike: dict[str, dict[Lesson, int]] = {}

    def with_instance(self, lesson: Lesson) -> Lesson:
        """Return the lesson with an instance, its own when it has one."""
        if lesson.instance:
            return lesson
        name = self._name(lesson)
        alike = self._alike.setdefault(name, {})
        number = alike.setdefault(lesson, len(alike) + 1)
        return replace(lesson, instance=name if number == 1 else f"{name}-{number}")

    def _name(self, lesson: Lesson) -> str:
        day = lesson.start.astimezone(self._zone).date()
        people = (sorted(lesson.groups), sorted(lesson.teachers))
        marks = (day, lesson.period, *(people if any(people) else (sorted(lesson.rooms),)))
        digest = blake2b(repr(marks).encode(), digest_size=_DIGEST_BYTES).hexdigest()
        return f"{day:%Y%m%d}-{digest}"
