"""Parts of a lesson on a day: one room of it, and the classes to which the same happens."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b

from schedules.lesson import Lesson

_DIGEST_BYTES = 5


@dataclass(slots=True)
class LessonPart:
    """A lesson in one room on a day: as planned, and as it is now."""

    planned: Lesson
    current: Lesson
    has_moved: bool = False
    is_split: bool = False
    """Whether other classes of the same lesson are another part."""


def split_part(parts: list[LessonPart], part: LessonPart, groups: Iterable[str]) -> LessonPart:
    """Return the part that only some classes are, and add it to the parts.

    A change that names one class of a coupled lesson says nothing of the others. Without a class
    of the part it is about the whole of it.
    """
    named = tuple(group for group in part.planned.groups if group in frozenset(groups))
    others = tuple(group for group in part.planned.groups if group not in named)
    if not named or not others:
        return part
    split = replace(part, is_split=True)
    _keep_groups(split, named)
    _keep_groups(part, others)
    part.is_split = True
    parts.append(split)
    return split


def current_lessons(parts: list[LessonPart]) -> Iterator[Lesson]:
    """Iterate over the lessons as they are now; classes to which the same happened are in one."""
    pieces: defaultdict[str, list[LessonPart]] = defaultdict(list)
    for part in parts:
        if part.is_split:
            pieces[part.planned.instance].append(part)
        else:
            yield part.current
    for split in pieces.values():
        yield from _join(split)


def _keep_groups(part: LessonPart, groups: tuple[str, ...]) -> None:
    if part.current.groups == part.planned.groups:
        part.current = replace(part.current, groups=groups)
    part.planned = replace(part.planned, groups=groups)


def _join(parts: list[LessonPart]) -> Iterator[Lesson]:
    """Join parts that are alike.

    What is as planned keeps the lesson's name, and with it what its teacher allowed; if all is
    changed, the part of the first class does. It does not depend on the order of the lines.
    """
    alike: defaultdict[Lesson, list[LessonPart]] = defaultdict(list)
    for part in parts:
        alike[replace(part.current, groups=())].append(part)
    as_planned = replace(parts[0].planned, groups=())
    first = min(alike, key=lambda lesson: (lesson != as_planned, _planned_groups(alike[lesson])))
    for lesson, joined in alike.items():
        groups = sorted({group for part in joined for group in part.current.groups})
        instance = lesson.instance
        if lesson != first:
            marks = repr(_planned_groups(joined)).encode()
            instance += f"-{blake2b(marks, digest_size=_DIGEST_BYTES).hexdigest()}"
        yield replace(lesson, groups=tuple(groups), instance=instance)


def _planned_groups(parts: list[LessonPart]) -> list[str]:
    return sorted(group for part in parts for group in part.planned.groups)
