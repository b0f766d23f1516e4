"""Recognises a feed that is one pupil's, so that it can be refused: nobody's own timetable is used.

There are never two lessons at once, as there would be in a school's, and yet the rooms, the
teachers (where they are known) and the groups differ, as they would not in a room's, a teacher's or
a class's. A school with one class at a time would be refused too.
"""

from collections.abc import Iterable
from itertools import pairwise

from schedules.lesson import Lesson

MIN_PUPIL_LESSONS = 10
"""Lessons: with fewer it cannot be said whose they are."""
MAX_CLASS_GROUPS = 2
"""Groups that one class's lessons may have: its own, and that of a part."""


def is_pupil_timetable(lessons: Iterable[Lesson]) -> bool:
    """Return whether the lessons look like those of one pupil."""
    held = sorted((lesson for lesson in lessons if lesson.is_held), key=lambda lesson: lesson.start)
    if len(held) < MIN_PUPIL_LESSONS:
        return False
    if any(later.start < earlier.end for earlier, later in pairwise(held)):
        return False
    rooms = {room for lesson in held for room in lesson.rooms}
    groups = {group for lesson in held for group in lesson.groups}
    teachers = {teacher for lesson in held for teacher in lesson.teachers}
    return len(rooms) > 1 and len(groups) > MAX_CLASS_GROUPS and len(teachers) != 1
