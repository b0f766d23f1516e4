"""What a new version of a timetable changes. Only these lessons are written to the store."""

from collections.abc import Iterable
from dataclasses import dataclass

from schedules.lesson import Lesson


@dataclass(frozen=True, slots=True)
class TimetableDifference:
    """The lessons of a new version compared with the previous one, on the same days."""

    new: tuple[Lesson, ...]
    changed: tuple[Lesson, ...]
    """As they are in the new version."""
    gone: tuple[Lesson, ...]
    same: int


def compare_lessons(before: Iterable[Lesson], after: Iterable[Lesson]) -> TimetableDifference:
    """Compare two versions lesson by lesson, by their instance."""
    old = {lesson.instance: lesson for lesson in before}
    new = {lesson.instance: lesson for lesson in after}
    kept = [lesson for lesson in new.values() if lesson.instance in old]
    changed = tuple(lesson for lesson in kept if lesson != old[lesson.instance])
    return TimetableDifference(
        new=tuple(lesson for lesson in new.values() if lesson.instance not in old),
        changed=changed,
        gone=tuple(lesson for lesson in old.values() if lesson.instance not in new),
        same=len(kept) - len(changed),
    )
