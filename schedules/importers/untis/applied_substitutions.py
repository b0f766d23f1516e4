"""Applies substitutions to the lessons that the plan has on a day."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from schedules.importers.untis.dated_plan import DatedPlan, Times
from schedules.importers.untis.lesson_parts import LessonPart, split_part
from schedules.importers.untis.substitutions import Substitution
from schedules.language import gettext, gettext_lazy
from schedules.lesson import Lesson, LessonStatus
from schedules.problem import Problem

_PLANNED = gettext_lazy("a lesson of the plan")
_TARGET = gettext_lazy("a move to a day that is read and an hour that [[bells]] has")


def apply_substitutions(
    substitutions: Iterable[Substitution], plan: DatedPlan, *, name: str
) -> Iterator[Problem]:
    """Apply substitutions as the result is iterated over.

    Args:
        substitutions: in the order of the file.
        plan: its lessons are changed.
        name: what to call the file.

    Yields:
        The substitutions that cannot be applied, with their line.
    """
    moves: defaultdict[str, list[Substitution]] = defaultdict(list)
    for substitution in substitutions:
        parts = _matching_parts(substitution, plan)
        if substitution.moves:
            moves[substitution.lesson].append(substitution)
        elif not parts:
            yield _not_applied(substitution, name, str(_PLANNED))
        else:
            for part in parts:
                named = split_part(
                    _slot_parts(substitution, plan), part, substitution.planned_groups
                )
                named.current = _substituted(named.current, substitution)
    for ends in moves.values():
        yield from _move(ends, plan, name)


class _MoveTargets:
    """Where a lesson goes. Each target is used once, for a part of the same teacher if possible."""

    def __init__(self, targets: Iterable[Substitution]) -> None:
        self._by_teacher: dict[str, deque[Substitution]] = {}
        for target in targets:
            self._by_teacher.setdefault(target.absent, deque()).append(target)

    def pop(self, teacher: str) -> Substitution | None:
        for key in (teacher, "", next(iter(self._by_teacher), "")):
            if targets := self._by_teacher.get(key):
                target = targets.popleft()
                if not targets:
                    del self._by_teacher[key]
                return target
        return None

    def unused(self) -> list[Substitution]:
        targets = [target for targets in self._by_teacher.values() for target in targets]
        return sorted(targets, key=lambda target: target.line)


def _move(ends: list[Substitution], plan: DatedPlan, name: str) -> Iterator[Problem]:
    """Move a lesson from the ends at which the plan has it to those at which it has not."""
    _split_origins(ends, plan)
    origins = [(end, parts) for end in ends if (parts := _matching_parts(end, plan))]
    targets = _MoveTargets(end for end in ends if not _matching_parts(end, plan))
    for origin, parts in origins:
        target = targets.pop(origin.absent)
        times = plan.times(target.day, target.hour) if target else None
        if target and times is None:
            yield _not_applied(target, name, str(_TARGET))
        for part in parts:
            _move_part(part, target, times)
    for target in targets.unused():
        yield _not_applied(target, name, str(_PLANNED))


def _split_origins(ends: list[Substitution], plan: DatedPlan) -> None:
    """Split off the classes that move, if others stay. Each class may have a line of its own."""
    named: defaultdict[tuple[date, str], set[str]] = defaultdict(set)
    for end in ends:
        # A line without classes is about all of them.
        every_group = (group for part in _slot_parts(end, plan) for group in part.planned.groups)
        named[end.day, end.hour].update(end.planned_groups or every_group)
    for end in ends:
        for part in _matching_parts(end, plan):
            split_part(_slot_parts(end, plan), part, named[end.day, end.hour])


def _move_part(part: LessonPart, target: Substitution | None, times: Times | None) -> None:
    if part.has_moved:  # by another class's line of the same move
        return
    if target is None or times is None:
        part.current = replace(part.current, status=LessonStatus.CANCELLED)
        return
    moved = replace(part.current, start=times[0], end=times[1], period=target.hour)
    part.current = replace(
        _substituted(moved, target), rooms=target.rooms, status=LessonStatus.MOVED
    )
    part.has_moved = True


def _matching_parts(substitution: Substitution, plan: DatedPlan) -> list[LessonPart]:
    """Find the parts of a lesson that a line is about: by teacher, then by room and class."""
    parts = list(_slot_parts(substitution, plan))
    if len(parts) > 1 and substitution.absent:
        parts = [part for part in parts if substitution.absent in part.planned.teachers]
    rooms, groups = set(substitution.planned_rooms), set(substitution.planned_groups)
    parts = [part for part in parts if rooms & set(part.planned.rooms)] or parts
    return [part for part in parts if groups & set(part.planned.groups)] or parts


def _slot_parts(substitution: Substitution, plan: DatedPlan) -> list[LessonPart]:
    return plan.parts((substitution.lesson, substitution.day, substitution.hour))


def _substituted(lesson: Lesson, substitution: Substitution) -> Lesson:
    if substitution.cancels:
        return replace(lesson, status=LessonStatus.CANCELLED)
    rooms = _rooms(lesson.rooms, substitution)
    return replace(
        lesson,
        rooms=rooms,
        groups=substitution.groups or lesson.groups,
        teachers=_teachers(lesson, substitution),
        status=lesson.status if rooms == lesson.rooms else LessonStatus.MOVED,
    )


def _rooms(rooms: tuple[str, ...], substitution: Substitution) -> tuple[str, ...]:
    """Replace the rooms that the substitution names by new ones; without names, all rooms."""
    if not substitution.rooms:
        return rooms
    names_rooms = bool(set(rooms) & set(substitution.planned_rooms))
    kept = [room for room in rooms if names_rooms and room not in substitution.planned_rooms]
    replaced = dict.fromkeys((*kept, *substitution.rooms))
    return rooms if replaced.keys() == set(rooms) else tuple(replaced)


def _teachers(lesson: Lesson, substitution: Substitution) -> tuple[str, ...]:
    if not substitution.stand_in and substitution.keeps_teachers:
        return lesson.teachers
    present = tuple(teacher for teacher in lesson.teachers if teacher != substitution.absent)
    stand_ins = (substitution.stand_in,) if substitution.stand_in else ()
    return tuple(dict.fromkeys((*present, *stand_ins)))


def _not_applied(substitution: Substitution, name: str, allowed: str) -> Problem:
    found = gettext(
        "lesson {value} on {day}, hour {hour}",
        value=substitution.lesson[:40],
        day=substitution.day,
        hour=substitution.hour,
    )
    return Problem(
        gettext("{name}, line {number}", name=name, number=substitution.line), found, allowed
    )
