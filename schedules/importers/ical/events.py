"""Reads the events of an iCalendar file on some days, within bounds.

The libraries follow any rule and any length of time, so what would take them long is refused before
they see it. What is no lesson whatever its rules say is left out before it can be in the way.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar.prop import vBroken
from recurring_ical_events import SelectComponents, of

from schedules.calendar import DateRange
from schedules.importers.ical.content_lines import ContentLine, parse_content_lines
from schedules.importers.ical.series import (
    LINE,
    UnreadableEvent,
    at_zone,
    event_end,
    find_occurrences,
    is_endless,
    moment,
    properties,
)
from schedules.importers.shared.delimited_text import MAX_BYTES
from schedules.importers.shared.limits import MAX_LESSON_DURATION, MAX_UNREADABLE_PERCENTAGE
from schedules.language import gettext
from schedules.local_time import start_of_day
from schedules.problem import InvalidValue

MAX_EVENTS = 20_000
MAX_RECURRENCES = 200_000
"""Of all events on the days that are read, at the most that their rules allow."""
MAX_UNREADABLE = 10
"""Events: so few are left out, whatever their share. Of a room's feed one is much already."""
_DAYS_OF_WEEK = 7


@dataclass(frozen=True, slots=True)
class PlacedReason:
    """Why an event is no lesson, and where it stands."""

    line: int
    found: str
    allowed: str


@dataclass(slots=True)
class EventReading:
    """The events of a file on some days, and those that are none of a lesson."""

    occurrences: list[Any] = field(default_factory=list)
    """As the library has them, each with its place."""
    readable: int = 0
    """Events of which the occurrences are known."""
    no_lessons: list[PlacedReason] = field(default_factory=list)
    unreadable: list[PlacedReason] = field(default_factory=list)


def parse_events(content: bytes, days: DateRange, zone: ZoneInfo) -> EventReading:
    """Return the events on some days, those of repeating rules too.

    Raises:
        InvalidValue: when it is no iCalendar, or too large or long.
    """
    if len(content) > MAX_BYTES:
        raise InvalidValue(
            gettext("{count} bytes", count=len(content)),
            gettext("{count} bytes at most", count=MAX_BYTES),
        )
    lines = parse_content_lines(content)
    _check_zone_rules(lines)
    calendars = _parse_calendars(lines)
    events = [event for calendar in calendars for event in calendar]
    _check_count(events, days)
    _place(events, lines)
    reading = EventReading()
    for calendar in calendars:
        for series in _divide(calendar):
            _read_series(series, days, zone, reading)
    return reading


def check_share(reading: EventReading) -> None:
    """Check that the events that cannot be read leave no doubt about the others.

    Raises:
        InvalidValue: when they are too large a share.
    """
    count = len(reading.unreadable)
    total = count + reading.readable
    if count > MAX_UNREADABLE and 100 * count > MAX_UNREADABLE_PERCENTAGE * total:
        first = min(reading.unreadable, key=lambda reason: reason.line)
        raise InvalidValue(
            gettext("{count} of {total} events that cannot be read", count=count, total=total),
            gettext(
                "{percentage} % at most, since more leave doubt about the others; the first is on "
                "line {number}: {reason}",
                percentage=MAX_UNREADABLE_PERCENTAGE,
                number=first.line,
                reason=first.found,
            ),
        )


def _parse_calendars(lines: Sequence[ContentLine]) -> list[list[Any]]:
    """Return the events of each calendar in a file."""
    text = "\r\n".join(line.text for line in lines)
    begun = sum(line.text.upper().rstrip() == "BEGIN:VCALENDAR" for line in lines)
    try:
        calendars = [
            _EventsOfCalendar().select(calendar)
            for calendar in Calendar.from_ical(text, multiple=True)
        ]
    except Exception:  # noqa: BLE001 (the libraries raise whatever a broken line makes of it)
        raise InvalidValue(
            gettext("a file that cannot be read"), gettext("iCalendar (.ics)")
        ) from None
    if not begun or len(calendars) != begun:
        raise InvalidValue(
            gettext("a calendar without its end"), gettext("BEGIN:VCALENDAR and END:VCALENDAR")
        )
    return calendars


class _EventsOfCalendar(SelectComponents):  # type: ignore[misc]
    """Takes the events as the library hands them over: with the time zone of X-WR-TIMEZONE."""

    def __init__(self) -> None:
        self._events: list[Any] = []

    def select(self, calendar: Any) -> list[Any]:
        of(calendar, components=[self])
        return self._events

    def collect_series_from(self, source: Any, _: object) -> tuple[()]:
        self._events = source.walk("VEVENT")
        return ()


def _check_zone_rules(lines: Sequence[ContentLine]) -> None:
    """Refuse rules of time zones that would be followed without end: the rest hangs on them."""
    inside: list[str] = []
    for line in lines:
        name, _, value = line.text.upper().partition(":")
        if name == "BEGIN":
            inside.append(value.strip())
        elif name == "END":
            del inside[-1:]
        elif name.startswith("RRULE") and inside[-1:] != ["VEVENT"] and is_endless(line.text):
            raise InvalidValue(
                gettext("a rule that repeats within a day, or without a step"),
                gettext("a rule by day, week, month or year"),
            )


def _check_count(events: Sequence[Any], days: DateRange) -> None:
    if len(events) > MAX_EVENTS:
        raise InvalidValue(
            gettext("{count} events", count=len(events)),
            gettext("{count} events at most", count=MAX_EVENTS),
        )
    rules = (rule for event in events for rule in properties(event, "RRULE"))
    recurrences = sum(_max_recurrences(rule, days) for rule in rules)
    if recurrences > MAX_RECURRENCES:
        raise InvalidValue(
            gettext("{recurrences} recurrences", recurrences=recurrences),
            gettext("{count} at most", count=MAX_RECURRENCES),
        )


def _max_recurrences(rule: Any, days: DateRange) -> int:
    """Return how often a rule that is not endless can recur at the most on some days."""
    count = (days.last - days.first).days + 1
    if isinstance(rule, vBroken) or rule.get("FREQ") != ["WEEKLY"]:
        return count
    weekdays = min(max(len(rule.get("BYDAY", ())), 1), _DAYS_OF_WEEK)
    return min((count // _DAYS_OF_WEEK + 1) * weekdays, count)


def _place(events: Sequence[Any], lines: Sequence[ContentLine]) -> None:
    begun = [line.number for line in lines if line.text.upper().rstrip() == "BEGIN:VEVENT"]
    for event, number in zip(events, begun, strict=False):
        event[LINE] = number


def _divide(events: Sequence[Any]) -> Iterator[list[Any]]:
    """Divide the events of a calendar into series: those of one UID."""
    by_uid: dict[object, list[Any]] = defaultdict(list)
    for number, event in enumerate(events):
        by_uid[str(event["UID"]) if "UID" in event else number].append(event)
    yield from by_uid.values()


def _read_series(events: list[Any], days: DateRange, zone: ZoneInfo, reading: EventReading) -> None:
    try:
        if not _can_be_on(events, days, zone):
            return
        reasons = [_reason_for_no_lesson(event, zone) for event in events]
        if all(reasons):
            reading.no_lessons.extend(
                PlacedReason(event.get(LINE, 0), *reason)
                for event, reason in zip(events, reasons, strict=True)
                if reason
            )
            return
        start = start_of_day(days.first, zone)
        end = start_of_day(days.last + timedelta(days=1), zone)
        reading.occurrences.extend(find_occurrences(events, start, end, zone))
        reading.readable += len(events)
    except UnreadableEvent as error:
        reading.unreadable.append(
            PlacedReason(
                error.event.get(LINE, 0), error.found, gettext("an event that can be read")
            )
        )


def _can_be_on(events: Sequence[Any], days: DateRange, zone: ZoneInfo) -> bool:
    """Return whether a series can have occurrences on some days; of years back it has none."""
    event = events[0]
    start = moment(event, "DTSTART")
    repeats = any(key in event for key in ("RRULE", "RDATE", "RECURRENCE-ID"))
    if len(events) > 1 or repeats or not isinstance(start, date):
        return True
    try:
        moments = (at_zone(start, zone).date(), event_end(event, zone).date())
    except OverflowError:
        return True
    margin = timedelta(days=1)
    return min(moments) <= days.last + margin and max(moments) >= days.first - margin


def _reason_for_no_lesson(event: Any, zone: ZoneInfo) -> tuple[str, str] | None:
    """Return what an event is instead of a lesson, and what a lesson has."""
    if "DTSTART" not in event:
        return gettext("no time"), gettext("a start")
    start = moment(event, "DTSTART")
    if not isinstance(start, date):
        return None
    if not isinstance(start, datetime):
        return gettext("a whole day"), gettext("times by the clock")
    try:
        duration = event_end(event, zone) - at_zone(start, zone)
    except OverflowError:
        return None
    if duration > MAX_LESSON_DURATION:
        return gettext("more than 12 hours"), gettext("an end within 12 hours of the start")
    return None
