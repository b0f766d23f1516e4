"""Reads the events of an iCalendar file on some days, within bounds.

The libraries follow any rule and any length of time, so what would take them long is refused before
they see it.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from schedules.calendar import DateRange
from schedules.importers.shared.delimited_text import MAX_BYTES
from schedules.language import gettext
from schedules.local_time import FIRST_YEAR, start_of_day
from schedules.problem import InvalidValue

MAX_EVENTS = 20_000
MAX_RECURRENCES = 200_000
"""Of all events on the days that are read, at the most that their rules allow."""
MAX_EVENT_DURATION = timedelta(days=100)
"""A holiday can be in a feed; it is no lesson, and no mistake."""
_FOLD = re.compile(rb"\r?\n[ \t]")
_ENDLESS = re.compile(
    rb"FREQ=(SECOND|MINUTE|HOUR)LY|BY(SECOND|MINUTE|HOUR)=|INTERVAL=[-+0]*(?![1-9])"
)


def parse_events(content: bytes, days: DateRange, zone: ZoneInfo) -> Iterator[Any]:
    """Return the events on some days, those of repeating rules too, as the libraries have them.

    Raises:
        InvalidValue: when it is no iCalendar, or too large or long.
    """
    from icalendar import Calendar
    from recurring_ical_events import of

    if len(content) > MAX_BYTES:
        raise InvalidValue(
            gettext("{count} bytes", count=len(content)),
            gettext("{count} bytes at most", count=MAX_BYTES),
        )
    _check_rules(content)
    start = start_of_day(days.first, zone)
    end = start_of_day(days.last + timedelta(days=1), zone)
    try:
        calendar = Calendar.from_ical(content)
        _check_events(calendar.walk("VEVENT"), days)
        yield from of(calendar).between(start, end)
    except InvalidValue:
        raise
    except Exception:  # noqa: BLE001 (the libraries raise whatever a broken line makes of it)
        raise InvalidValue(
            gettext("a file that cannot be read"), gettext("iCalendar (.ics)")
        ) from None


def _check_rules(content: bytes) -> None:
    """Refuse rules that would be followed without end, also those of time zones."""
    for line in _FOLD.sub(b"", content).upper().splitlines():
        if line.startswith(b"RRULE") and _ENDLESS.search(line):
            found = gettext("a rule that repeats within a day, or without a step")
            raise InvalidValue(found, gettext("a rule by day, week, month or year"))


def _check_events(events: list[Any], days: DateRange) -> None:
    """Refuse rules that begin long ago, and too many events or repetitions."""
    if len(events) > MAX_EVENTS:
        raise InvalidValue(
            gettext("{count} events", count=len(events)),
            gettext("{count} events at most", count=MAX_EVENTS),
        )
    max_days = (days.last - days.first).days + 1
    recurrences = 0
    for number, event in enumerate(events, start=1):
        _check_length(event, number)
        rules = event.get("RRULE", [])
        for _ in rules if isinstance(rules, list) else [rules]:
            start = event.get("DTSTART")
            if start is None or start.dt.year < FIRST_YEAR:
                raise InvalidValue(
                    gettext("event {number} begins long ago", number=number),
                    gettext("a year from {first}", first=FIRST_YEAR),
                )
            recurrences += max_days
    if recurrences > MAX_RECURRENCES:
        raise InvalidValue(
            gettext("{recurrences} recurrences", recurrences=recurrences),
            gettext("{count} at most", count=MAX_RECURRENCES),
        )


def _check_length(event: Any, number: int) -> None:
    """Refuse an event that lasts for ages, or backwards: the library walks through all of it."""
    start, end, duration = (
        getattr(event.get(key), "dt", None) for key in ("DTSTART", "DTEND", "DURATION")
    )
    if isinstance(start, date) and isinstance(end, date):
        duration = date(end.year, end.month, end.day) - date(start.year, start.month, start.day)
    if isinstance(duration, timedelta) and not timedelta() <= duration <= MAX_EVENT_DURATION:
        found = gettext("event {number} ends before it starts, or very late", number=number)
        raise InvalidValue(found, gettext("{days} days at most", days=MAX_EVENT_DURATION.days))
