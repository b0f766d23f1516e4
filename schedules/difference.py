"""What a new version of a timetable changes: told to the administrator, and all that is written."""

from collections.abc import Iterable
from dataclasses import dataclass

from schedules.lesson import Lesson


@dataclass(frozen=True, slots=True)
class Difference:
    """The lessons of a new version against those of the one before, on the same days."""

    new: tuple[Lesson, ...]
    changed: tuple[Lesson, ...]
    """As they are now."""
    gone: tuple[Lesson, ...]
    same: int


def difference(before: Iterable[Lesson], after: Iterable[Lesson]) -> Difference:
    """Compare two versions, lesson by lesson, by what names them."""
    old = {lesson.instance: lesson for lesson in before}
    now = {lesson.instance: lesson for lesson in after}
    kept = [lesson for lesson in now.values() if lesson.instance in old]
    changed = tuple(lesson for lesson in kept if lesson != old[lesson.instance])
    return Difference(
        new=tuple(lesson for lesson in now.values() if lesson.instance not in old),
        changed=changed,
        gone=tuple(lesson for lesson in old.values() if lesson.instance not in now),
        same=len(kept) - len(changed),
    )
