"""Converts the events of an iCalendar feed to lessons.

Only an event's times, status, `LOCATION` and `SUMMARY` are used; its attendees, organiser and
description are nobody's business. Somtoday's `SUMMARY` is `room - group - teacher`; in other feeds
it is the groups, and `LOCATION` is the rooms.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

from schedules.calendar import DateRange
from schedules.importers.ical.events import check_share, parse_events
from schedules.importers.ical.pupil import is_pupil_timetable
from schedules.importers.ical.series import LINE
from schedules.importers.shared.limits import MAX_LESSON_DURATION, MAX_VALUE_LENGTH, MAX_VALUES
from schedules.language import gettext
from schedules.lesson import Lesson, LessonStatus
from schedules.problem import InvalidValue, Problem

_STATUS = {"CANCELLED": LessonStatus.CANCELLED}
_DIGEST_BYTES = 10
_SOMTODAY_PARTS = 3
"""Parts of `room - group - teacher`."""


@dataclass(frozen=True, slots=True)
class PlacedLesson:
    """A lesson, and where it stands: the file and the line."""

    lesson: Lesson
    where: str


@dataclass(slots=True)
class FeedReading:
    """The lessons of one feed, and everything in it that did not become one."""

    lessons: list[PlacedLesson] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)
    unreadable: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    """Why the whole feed is refused."""


def parse_feed(content: bytes, *, name: str, days: DateRange, zone: ZoneInfo) -> FeedReading:
    """Parse the lessons of a feed on some days. It never raises, whatever the bytes.

    Args:
        content: the feed.
        name: what to call it in problems.
        days: the days to read.
        zone: the school's time zone; times without a zone are in it.
    """
    feed = FeedReading()
    try:
        reading = parse_events(content, days, zone)
        check_share(reading)
        feed.left_out, feed.unreadable = (
            [Problem(_place(name, reason.line), reason.found, reason.allowed) for reason in reasons]
            for reasons in (reading.no_lessons, reading.unreadable)
        )
        for event in reading.occurrences:
            where = _place(name, event.get(LINE, 0))
            try:
                feed.lessons.append(PlacedLesson(_parse_lesson(event, zone), where))
            except InvalidValue as error:
                feed.left_out.append(Problem(where, error.found, error.allowed))
        if is_pupil_timetable(placed.lesson for placed in feed.lessons):
            raise InvalidValue(  # noqa: TRY301 (it is refused as all else is)
                gettext("one pupil's own timetable"),
                gettext("that of a school, a class, a room or a teacher"),
            )
    except InvalidValue as error:
        where = f"{name}, {gettext('the whole file')}"
        return FeedReading(problems=[Problem(where, error.found, error.allowed)])
    return feed


def _place(name: str, line: int) -> str:
    return gettext("{name}, line {number}", name=name, number=line)


def _parse_lesson(event: Any, zone: ZoneInfo) -> Lesson:
    start, end = _parse_datetime(event, "DTSTART", zone), _parse_datetime(event, "DTEND", zone)
    if not start < end:
        raise InvalidValue(
            gettext("an end that is not after the start"), gettext("a lesson's times")
        )
    if end - start > MAX_LESSON_DURATION:
        raise InvalidValue(
            gettext("more than 12 hours"), gettext("an end within 12 hours of the start")
        )
    rooms, groups, teachers = _parse_names(event)
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


def _parse_names(event: Any) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the rooms, groups and teachers of an event."""
    summary, location = _text(event, "SUMMARY"), _text(event, "LOCATION")
    parts = [part.strip() for part in summary.split(" - ")]
    if len(parts) == _SOMTODAY_PARTS:
        room, group, teacher = parts
        return _split(location or room), _split(group), _split(teacher)
    return _split(location), _split(summary), ()


def _split(text: str) -> tuple[str, ...]:
    parts = (part.strip() for part in text.replace(";", ",").split(","))
    values = tuple(dict.fromkeys(part for part in parts if part))
    if len(values) > MAX_VALUES or any(len(value) > MAX_VALUE_LENGTH for value in values):
        raise InvalidValue(
            gettext("a text that is too long"), gettext("{count} names at most", count=MAX_VALUES)
        )
    return values


def _text(event: Any, key: str) -> str:
    value = event.get(key, "")
    value = value[0] if isinstance(value, list) and value else value
    return "".join(char if char.isprintable() else " " for char in str(value)).strip()


def _parse_datetime(event: Any, key: str, zone: ZoneInfo) -> datetime:
    value = getattr(event.get(key), "dt", None)
    if not isinstance(value, datetime):
        raise InvalidValue(
            gettext("no time") if value is None else gettext("a whole day"),
            gettext("times by the clock"),
        )
    # Of a local time that the clocks skip or show twice, the first is taken, as the library does.
    return value.replace(tzinfo=value.tzinfo or zone).astimezone(UTC)


def _instance(event: Any, start: datetime, zone: ZoneInfo) -> str:
    """Identify a lesson by its series and its planned time, hashed: a UID can contain a name."""
    recurrence = getattr(event.get("RECURRENCE-ID"), "dt", None)
    planned = recurrence if isinstance(recurrence, datetime) else start
    planned = planned.replace(tzinfo=planned.tzinfo or zone).astimezone(UTC)
    marks = f"{_text(event, 'UID') or _text(event, 'SUMMARY')}/{planned.isoformat()}"
    digest = blake2b(marks.encode("utf-8", "replace"), digest_size=_DIGEST_BYTES)
    return f"ical-{digest.hexdigest()}"
