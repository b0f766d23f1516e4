"""A timetable as iCalendar (RFC 5545), for schools whose system gives nothing better.

Of an event only its times, its status, `LOCATION` and `SUMMARY` are read; who attends, who
organises and what is described is nobody's business. Somtoday's `SUMMARY` is
`room - group - teacher`; of others it is the groups, and `LOCATION` the rooms.

A feed that is one pupil's is refused: nobody's own timetable belongs here. It shows by itself:
there are never two lessons at once, as there would be in a school's, and yet the rooms, the
teachers (where they are known) and the groups differ, as they would not in a room's, a teacher's or
a class's. A school with one class at a time would be refused too.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from schedules.calendar import DateRange
from schedules.importers.csv import LONGEST_LESSON, LONGEST_VALUE, MOST_VALUES
from schedules.importers.result import ImportResult
from schedules.importers.spreadsheet import MOST_BYTES
from schedules.lesson import Lesson, LessonStatus
from schedules.local_time import FIRST_YEAR, start_of_day
from schedules.problem import InvalidValue, Problem, ProblemCollector

MOST_EVENTS = 20_000
MOST_RECURRENCES = 200_000
"""Of all events over the days that are asked for, at the most that their rules allow."""
LONGEST_EVENT = timedelta(days=100)
"""A holiday can be in a feed; it is no lesson, and no mistake."""
FEWEST_OF_A_PUPIL = 10
"""Lessons: of fewer it cannot be said whose they are."""
GROUPS_OF_A_CLASS = 2
"""Names that one class's lessons may have: its own, and that of a part."""
_FOLD = re.compile(rb"\r?\n[ \t]")
_ENDLESS = re.compile(
    rb"FREQ=(SECOND|MINUTE|HOUR)LY|BY(SECOND|MINUTE|HOUR)=|INTERVAL=[-+0]*(?![1-9])"
)
_DIGEST_BYTES = 10
_SOMTODAY = 3
"""Parts of `room - group - teacher`."""


def parse(content: bytes, *, name: str, days: DateRange, zone: ZoneInfo) -> ImportResult:
    """Read the lessons of a feed on some days. Never raises, whatever the bytes.

    Args:
        content: the file as it is.
        name: what to call it in problems.
        days: the first and the last day.
        zone: where the school's clocks stand; times without a zone are on them.
    """
    mistakes = ProblemCollector(name)
    left_out: list[Problem] = []
    try:
        events = list(_events(content, days, zone))
    except InvalidValue as wrong:
        mistakes.add_value("the whole file", wrong)
        return ImportResult(format="iCalendar", problems=tuple(mistakes.problems))
    lessons: dict[str, Lesson] = {}
    for place, event in enumerate(events, start=1):
        where = f"event {place} of these days"
        try:
            lesson = _lesson(event, zone)
        except InvalidValue as wrong:
            left_out.append(Problem(f"{name}, {where}", wrong.found, wrong.allowed))
            continue
        lessons.setdefault(lesson.instance, lesson)
    if _is_one_pupils(lessons.values()):
        mistakes.add(
            "the whole file",
            "one pupil's own timetable",
            "that of a school, a class, a room or a teacher",
        )
        lessons = {}
    elif not lessons:
        mistakes.add("the whole file", "no lesson on these days", "at least one lesson")
    return ImportResult(
        format="iCalendar",
        lessons=tuple(lessons.values()),
        problems=tuple(mistakes.problems),
        left_out=tuple(left_out),
        days=days if lessons else None,
    )


def _events(content: bytes, days: DateRange, zone: ZoneInfo) -> Iterator[Any]:
    from icalendar import Calendar
    from recurring_ical_events import of

    if len(content) > MOST_BYTES:
        raise InvalidValue(f"{len(content)} bytes", f"{MOST_BYTES} bytes at most")
    _check_rules(content)
    start, end = start_of_day(days[0], zone), start_of_day(days[1] + timedelta(days=1), zone)
    try:
        calendar = Calendar.from_ical(content)
        _check(calendar.walk("VEVENT"), days)
        yield from of(calendar).between(start, end)
    except InvalidValue:
        raise
    except Exception:  # noqa: BLE001 (the libraries raise whatever a broken line makes of it)
        raise InvalidValue("a file that cannot be read", "iCalendar (.ics)") from None


def _check_rules(content: bytes) -> None:
    """Refuse rules that would be followed without end, those of time zones too, before anything."""
    for line in _FOLD.sub(b"", content).upper().splitlines():
        if line.startswith(b"RRULE") and _ENDLESS.search(line):
            found = "a rule that repeats within a day, or without a step"
            raise InvalidValue(found, "a rule by day, week, month or year")


def _check(events: list[Any], days: DateRange) -> None:
    """Refuse what begins long ago or is too much, before it is followed."""
    if len(events) > MOST_EVENTS:
        raise InvalidValue(f"{len(events)} events", f"{MOST_EVENTS} events at most")
    window = (days[1] - days[0]).days + 1
    recurrences = 0
    for place, event in enumerate(events, start=1):
        _check_span(event, place)
        rules = event.get("RRULE", [])
        for _ in rules if isinstance(rules, list) else [rules]:
            begins = event.get("DTSTART")
            if begins is None or begins.dt.year < FIRST_YEAR:
                raise InvalidValue(f"event {place} begins long ago", f"a year from {FIRST_YEAR}")
            recurrences += window
    if recurrences > MOST_RECURRENCES:
        raise InvalidValue(f"{recurrences} recurrences", f"{MOST_RECURRENCES} at most")


def _check_span(event: Any, place: int) -> None:
    """Refuse an event that lasts for ages, or backwards: the library looks through all of it."""
    starts, ends, lasts = (
        getattr(event.get(key), "dt", None) for key in ("DTSTART", "DTEND", "DURATION")
    )
    if isinstance(starts, date) and isinstance(ends, date):
        lasts = date(ends.year, ends.month, ends.day) - date(starts.year, starts.month, starts.day)
    if isinstance(lasts, timedelta) and not timedelta() <= lasts <= LONGEST_EVENT:
        found = f"event {place} ends before it starts, or very late"
        raise InvalidValue(found, f"{LONGEST_EVENT.days} days at most")


def _lesson(event: Any, zone: ZoneInfo) -> Lesson:
    start, end = _moment(event, "DTSTART", zone), _moment(event, "DTEND", zone)
    if not start < end:
        raise InvalidValue("an end that is not after the start", "a lesson's times")
    if end - start > LONGEST_LESSON:
        raise InvalidValue("more than 12 hours", "an end within 12 hours of the start")
    rooms, groups, teachers = _people(event)
    return Lesson(
        instance=_instance(event, start, zone),
        start=start,
        end=end,
        period=f"{start.astimezone(zone):%H:%M}",
        rooms=rooms,
        groups=groups,
        teachers=teachers,
        status=_STATUS.get(str(event.get("STATUS", "")).upper(), LessonStatus.PLANNED),
    )


_STATUS = {"CANCELLED": LessonStatus.CANCELLED}


def _people(event: Any) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    summary, location = _text(event, "SUMMARY"), _text(event, "LOCATION")
    parts = [part.strip() for part in summary.split(" - ")]
    if len(parts) == _SOMTODAY:
        room, group, teacher = parts
        return _values(location or room), _values(group), _values(teacher)
    return _values(location), _values(summary), ()


def _values(text: str) -> tuple[str, ...]:
    parts = (part.strip() for part in text.replace(";", ",").split(","))
    values = tuple(dict.fromkeys(part for part in parts if part))
    if len(values) > MOST_VALUES or any(len(each) > LONGEST_VALUE for each in values):
        raise InvalidValue("a text that is too long", f"{MOST_VALUES} names at most")
    return values


def _text(event: Any, key: str) -> str:
    value = event.get(key, "")
    value = value[0] if isinstance(value, list) and value else value
    return "".join(each if each.isprintable() else " " for each in str(value)).strip()


def _moment(event: Any, key: str, zone: ZoneInfo) -> datetime:
    value = getattr(event.get(key), "dt", None)
    if not isinstance(value, datetime):
        raise InvalidValue("no time" if value is None else "a whole day", "a lesson's times")
    # A wall time that the clocks skip, or show twice, is read as the library reads it: the first.
    return value.replace(tzinfo=value.tzinfo or zone).astimezone(UTC)


def _instance(event: Any, start: datetime, zone: ZoneInfo) -> str:
    """Name a lesson by its series and when it was planned; a UID can have a name in it."""
    planned = getattr(event.get("RECURRENCE-ID"), "dt", None)
    at = planned if isinstance(planned, datetime) else start
    at = at.replace(tzinfo=at.tzinfo or zone).astimezone(UTC)
    marks = f"{_text(event, 'UID') or _text(event, 'SUMMARY')}/{at.isoformat()}"
    return (
        f"ical-{blake2b(marks.encode('utf-8', 'replace'), digest_size=_DIGEST_BYTES).hexdigest()}"
    )


def _is_one_pupils(lessons: Iterable[Lesson]) -> bool:
    held = sorted((each for each in lessons if each.is_held), key=lambda each: each.start)
    if len(held) < FEWEST_OF_A_PUPIL:
        return False
    if any(later.start < earlier.end for earlier, later in pairwise(held)):
        return False
    rooms = {room for lesson in held for room in lesson.rooms}
    groups = {group for lesson in held for group in lesson.groups}
    teachers = {teacher for lesson in held for teacher in lesson.teachers}
    return len(rooms) > 1 and len(groups) > GROUPS_OF_A_CLASS and len(teachers) != 1
