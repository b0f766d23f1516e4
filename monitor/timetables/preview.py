"""What an administrator wants to know of a timetable before it is applied."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from zoneinfo import ZoneInfo

from schedules.bells import Bells
from schedules.calendar import SchoolCalendar
from schedules.importers.importer import ImportResult
from schedules.lesson import Lesson


@dataclass(frozen=True, slots=True)
class TimetablePreview:
    """The figures of a timetable."""

    lessons: int
    with_room: int
    cancelled: int
    days: tuple[date, ...]
    rooms: tuple[str, ...]
    without_place: tuple[str, ...]
    """Rooms that no prefix and no attachment leads to: nothing is counted there."""
    reasons: tuple[tuple[str, int], ...]
    """Why rows are no lesson, and how many; the most first."""
    other_bells: tuple[tuple[date, str], ...]
    """Days whose lessons show bells other than the calendar says, and which."""

    @property
    def percentage_with_room(self) -> float:
        """Of the lessons that are held."""
        held = self.lessons - self.cancelled
        return 100 * self.with_room / held if held else 0.0


def preview_timetable(
    imported: ImportResult,
    *,
    placed: frozenset[str],
    bells: Bells,
    calendar: SchoolCalendar,
    zone: ZoneInfo,
) -> TimetablePreview:
    """Say what stands in a timetable.

    Args:
        imported: as it was read.
        placed: the rooms that something leads to.
        bells: the school's bell schedules.
        calendar: which bells the school expects on which day.
        zone: where the school's clocks stand.
    """
    held = [lesson for lesson in imported.lessons if lesson.is_held]
    rooms = sorted({room for lesson in imported.lessons for room in lesson.rooms})
    return TimetablePreview(
        lessons=len(imported.lessons),
        with_room=sum(bool(lesson.rooms) for lesson in held),
        cancelled=len(imported.lessons) - len(held),
        days=tuple(sorted({each.start.astimezone(zone).date() for each in imported.lessons})),
        rooms=tuple(rooms),
        without_place=tuple(room for room in rooms if room not in placed),
        reasons=tuple(Counter(each.allowed for each in imported.left_out).most_common()),
        other_bells=tuple(_other_bells(held, bells, calendar, zone)),
    )


def _other_bells(
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
