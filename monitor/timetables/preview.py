"""Summarises a timetable before it is imported."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from zoneinfo import ZoneInfo

from schedules.bells import Bells
from schedules.calendar import SchoolCalendar
from schedules.importers.importer import ImportResult
from schedules.lesson import Lesson
from schedules.problem import Problem


@dataclass(frozen=True, slots=True)
class TimetablePreview:
    """The summary of a timetable."""

    lessons: int
    with_room: int
    cancelled: int
    days: tuple[date, ...]
    rooms: tuple[str, ...]
    without_place: tuple[str, ...]
    """Rooms without a prefix or an attachment: nothing is counted there."""
    reasons: tuple[tuple[str, int], ...]
    """Why rows are left out, and how many; the most frequent first."""
    other_bells: tuple[tuple[date, str], ...]
    """Days whose lessons follow other bells than those of the calendar, and which."""

    @property
    def percentage_with_room(self) -> float:
        """Percentage of the held lessons that have a room."""
        held = self.lessons - self.cancelled
        return 100 * self.with_room / held if held else 0.0


def preview_timetable(
    imported: ImportResult,
    *,
    placed_rooms: frozenset[str],
    bells: Bells,
    calendar: SchoolCalendar,
    zone: ZoneInfo,
) -> TimetablePreview:
    """Summarise a timetable.

    Args:
        imported: the timetable.
        placed_rooms: the rooms with a prefix or an attachment.
        bells: the school's bell schedules.
        calendar: gives the bells of each day.
        zone: the school's time zone.
    """
    held = [lesson for lesson in imported.lessons if lesson.is_held]
    rooms = sorted({room for lesson in imported.lessons for room in lesson.rooms})
    return TimetablePreview(
        lessons=len(imported.lessons),
        with_room=sum(bool(lesson.rooms) for lesson in held),
        cancelled=len(imported.lessons) - len(held),
        days=tuple(sorted({lesson.start.astimezone(zone).date() for lesson in imported.lessons})),
        rooms=tuple(rooms),
        without_place=tuple(room for room in rooms if room not in placed_rooms),
        reasons=_count_reasons(imported.left_out),
        other_bells=tuple(_find_other_bells(held, bells, calendar, zone)),
    )


def _count_reasons(left_out: Iterable[Problem]) -> tuple[tuple[str, int], ...]:
    rows: Counter[str] = Counter()
    for problem in left_out:
        rows[problem.allowed] += problem.rows
    return tuple(rows.most_common())


def _find_other_bells(
    lessons: Iterable[Lesson], bells: Bells, calendar: SchoolCalendar, zone: ZoneInfo
) -> Iterable[tuple[date, str]]:
    times: dict[date, set[tuple[str, time, time]]] = {}
    for lesson in lessons:
        start, end = lesson.start.astimezone(zone), lesson.end.astimezone(zone)
        shown = (lesson.period, start.time(), end.time())
        times.setdefault(start.date(), set()).add(shown)
    for day, shown_times in sorted(times.items()):
        variant = bells.matching_variant(day, shown_times)
        if variant is not None and variant != calendar.bell_variant(day):
            yield day, variant
