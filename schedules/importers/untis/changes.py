"""Applies what is different on a day to the lessons that the plan has on it."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import replace

from schedules.importers.untis.days import Days, Part, Times
from schedules.importers.untis.substitutions import Substitution
from schedules.lesson import Lesson, LessonStatus
from schedules.problem import Problem

_PLANNED = "a lesson of the plan"
_PLACE = "a move to a day that is read and an hour that [[bells]] has"


def apply(changes: Iterable[Substitution], days: Days, *, name: str) -> Iterator[Problem]:
    """Apply substitutions as they are asked for; give those that cannot be, each with its line."""
    moves: defaultdict[str, list[Substitution]] = defaultdict(list)
    for each in changes:
        meant = _meant(each, days)
        if each.moves:
            moves[each.number].append(each)
        elif not meant:
            yield _passed_over(each, name, _PLANNED)
        else:
            for part in meant:
                part.now = _changed(part.now, each)
    for ends in moves.values():
        yield from _move(ends, days, name)


class _Targets:
    """Where a lesson goes: each place is taken once, by the part of the same teacher if it can."""

    def __init__(self, targets: Iterable[Substitution]) -> None:
        self._by_teacher: dict[str, deque[Substitution]] = {}
        for each in targets:
            self._by_teacher.setdefault(each.absent, deque()).append(each)

    def take(self, teacher: str) -> Substitution | None:
        for key in (teacher, "", next(iter(self._by_teacher), "")):
            if found := self._by_teacher.get(key):
                taken = found.popleft()
                if not found:
                    del self._by_teacher[key]
                return taken
        return None

    def left(self) -> list[Substitution]:
        found = [each for targets in self._by_teacher.values() for each in targets]
        return sorted(found, key=lambda each: each.line)


def _move(ends: list[Substitution], days: Days, name: str) -> Iterator[Problem]:
    """Bring a lesson from where the plan has it to where it has not."""
    origins = [(each, parts) for each in ends if (parts := _meant(each, days))]
    targets = _Targets(each for each in ends if not _meant(each, days))
    for origin, parts in origins:
        target = targets.take(origin.absent)
        times = days.times(target.day, target.hour) if target else None
        if target and times is None:
            yield _passed_over(target, name, _PLACE)
        for part in parts:
            _bring(part, target, times)
    for target in targets.left():
        yield _passed_over(target, name, _PLANNED)


def _bring(part: Part, target: Substitution | None, times: Times | None) -> None:
    if part.has_moved:  # another class's line of the same move
        return
    if target is None or times is None:
        part.now = replace(part.now, status=LessonStatus.CANCELLED)
        return
    here = replace(part.now, start=times[0], end=times[1], period=target.hour)
    part.now = replace(_changed(here, target), rooms=target.rooms, status=LessonStatus.MOVED)
    part.has_moved = True


def _meant(change: Substitution, days: Days) -> list[Part]:
    """Find the parts of a lesson that a line is of: by teacher, and then by room and class."""
    parts = days.parts((change.number, change.day, change.hour))
    if len(parts) > 1 and change.absent:
        parts = [part for part in parts if change.absent in part.planned.teachers]
    rooms, groups = set(change.planned_rooms), set(change.planned_groups)
    parts = [part for part in parts if rooms & set(part.planned.rooms)] or parts
    return [part for part in parts if groups & set(part.planned.groups)] or parts


def _changed(lesson: Lesson, change: Substitution) -> Lesson:
    if change.cancels:
        return replace(lesson, status=LessonStatus.CANCELLED)
    rooms = _rooms(lesson.rooms, change)
    return replace(
        lesson,
        rooms=rooms,
        groups=change.groups or lesson.groups,
        teachers=_taught_by(lesson, change),
        status=lesson.status if rooms == lesson.rooms else LessonStatus.MOVED,
    )


def _rooms(rooms: tuple[str, ...], change: Substitution) -> tuple[str, ...]:
    """Put new rooms in the place of those that the change names; without names, of all."""
    if not change.rooms:
        return rooms
    is_named = bool(set(rooms) & set(change.planned_rooms))
    kept = [each for each in rooms if is_named and each not in change.planned_rooms]
    found = dict.fromkeys((*kept, *change.rooms))
    return rooms if found.keys() == set(rooms) else tuple(found)


def _taught_by(lesson: Lesson, change: Substitution) -> tuple[str, ...]:
    if not change.stand_in and change.keeps_teachers:
        return lesson.teachers
    left = tuple(each for each in lesson.teachers if each != change.absent)
    return tuple(dict.fromkeys((*left, *((change.stand_in,) if change.stand_in else ()))))


def _passed_over(change: Substitution, name: str, allowed: str) -> Problem:
    found = f"lesson {change.number[:40]} on {change.day}, hour {change.hour}"
    return Problem(f"{name}, line {change.line}", found, allowed)
