"""Finds the occurrences of one series: an event, its recurrences, and the changes to them.

The library works out the recurrences. What it would make up (an end before a start is swapped) or
misread (the last day of a rule that ends on a date) is settled here, before it looks.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar.prop import vBroken, vDDDTypes
from recurring_ical_events import EventAdapter, Series

from schedules.language import gettext
from schedules.local_time import FIRST_YEAR

MAX_EVENT_DURATION = timedelta(days=100)
"""Of an event with a time: the library walks through all of it."""
LINE = "X-LESRUST-LINE"
"""The property in which an event, and each of its occurrences, carries its place in the file."""
_END_OF_DAY = time(23, 59, 59)
_ENDLESS = re.compile(
    r"FREQ=(SECOND|MINUTE|HOUR)LY|BY(SECOND|MINUTE|HOUR)=|INTERVAL=[-+0]*(?![1-9])"
)
_PARSED = (
    "DTSTART",
    "DTEND",
    "DURATION",
    "EXDATE",
    "LOCATION",
    "RDATE",
    "RECURRENCE-ID",
    "RRULE",
    "SEQUENCE",
    "SUMMARY",
    "UID",
)
"""The properties without which an event is another one."""
_SINGLE = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "LOCATION", "SUMMARY")
_REPLACEMENT = "\ufffd"


class UnreadableEvent(Exception):
    """An event that should be a lesson and cannot be read, so that its whole series is unknown."""

    def __init__(self, event: Any, found: str) -> None:
        self.event = event
        self.found = found
        super().__init__(found)


def is_endless(rule: str) -> bool:
    """Return whether a rule would be followed without end."""
    return bool(_ENDLESS.search(rule.upper()))


def properties(event: Any, key: str) -> list[Any]:
    """Return what an event has of a property that can be there several times."""
    value = event.get(key, [])
    return value if isinstance(value, list) else [value]


def moment(event: Any, key: str) -> Any:
    """Return the date or time of a property, or None when it has none that can be read."""
    value = event.get(key)
    return None if isinstance(value, vBroken | list) else getattr(value, "dt", None)


def at_zone(value: date, zone: ZoneInfo) -> datetime:
    """Return a time in its own zone, or in the school's; of a day, its beginning."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time(), zone)
    return value.replace(tzinfo=value.tzinfo or zone)


def event_end(event: Any, zone: ZoneInfo) -> datetime:
    """Return when an event with a start ends, as RFC 5545 has it."""
    start, end, duration = (moment(event, key) for key in ("DTSTART", "DTEND", "DURATION"))
    if isinstance(end, date):
        return at_zone(end, zone)
    if not isinstance(duration, timedelta):
        duration = timedelta() if isinstance(start, datetime) else timedelta(days=1)
    return at_zone(start, zone) + duration


def find_occurrences(
    events: Sequence[Any], start: datetime, end: datetime, zone: ZoneInfo
) -> list[Any]:
    """Return the occurrences of a series between two times, as events.

    Args:
        events: the events of one UID.
        start: the first moment.
        end: the moment after the last.
        zone: the school's time zone, of a time without one.

    Raises:
        UnreadableEvent: when one of the events cannot be read.
    """
    for event in events:
        _check(event, zone)
    try:
        for event in events:
            _settle_last_days(event, zone)
        series = Series([_PlannedEvent(event) for event in events])
        return [occurrence.as_component(False) for occurrence in series.between(start, end)]
    except Exception:  # noqa: BLE001 (the library raises whatever a broken rule makes of it)
        raise UnreadableEvent(events[0], gettext("recurrences that cannot be worked out")) from None


class _PlannedEvent(EventAdapter):  # type: ignore[misc]
    """An event whose occurrences say at which planned time each of them stands.

    To the library all occurrences of a change to 'this and future' are the one that it names.
    """

    def as_component(self, *arguments: Any, **options: Any) -> Any:
        event = super().as_component(*arguments, **options)
        if self.this_and_future:
            planned = event["DTSTART"].dt - self.move_recurrences_by
            event["RECURRENCE-ID"] = vDDDTypes(planned)
        return event


def _check(event: Any, zone: ZoneInfo) -> None:
    for key in _PARSED:
        values = properties(event, key)
        if any(isinstance(value, vBroken) for value in values):
            raise UnreadableEvent(event, gettext("{key} that cannot be read", key=key))
        if len(values) > 1 and key in _SINGLE:
            raise UnreadableEvent(event, gettext("{key} more than once", key=key))
        if any(_REPLACEMENT in str(value) for value in values):
            raise UnreadableEvent(
                event, gettext("{key} with a character that its source has lost", key=key)
            )
    _check_times(event, zone)
    for rule in properties(event, "RRULE"):
        if is_endless(rule.to_ical().decode()):
            raise UnreadableEvent(
                event, gettext("a rule that repeats within a day, or without a step")
            )
        if moment(event, "DTSTART").year < FIRST_YEAR:
            raise UnreadableEvent(event, gettext("a rule that begins long ago"))


def _check_times(event: Any, zone: ZoneInfo) -> None:
    start, end = moment(event, "DTSTART"), moment(event, "DTEND")
    if not isinstance(start, date):
        raise UnreadableEvent(event, gettext("no start"))
    if isinstance(end, date) and isinstance(end, datetime) != isinstance(start, datetime):
        raise UnreadableEvent(event, gettext("a start and an end of which one is a day"))
    try:
        duration = event_end(event, zone).astimezone(UTC) - at_zone(start, zone).astimezone(UTC)
    except OverflowError:
        raise UnreadableEvent(event, gettext("a time that does not exist")) from None
    if duration < timedelta():
        raise UnreadableEvent(event, gettext("an end before the start"))
    if duration > MAX_EVENT_DURATION:
        raise UnreadableEvent(event, gettext("an end very long after the start"))


def _settle_last_days(event: Any, zone: ZoneInfo) -> None:
    """Write the end of each rule as the library compares it: a day includes its last lesson."""
    start = moment(event, "DTSTART")
    if not isinstance(start, datetime):
        return
    for rule in properties(event, "RRULE"):
        if "UNTIL" in rule:
            rule["UNTIL"] = [_last_moment(until, start, zone) for until in rule["UNTIL"]]


def _last_moment(until: date, start: datetime, zone: ZoneInfo) -> datetime:
    if not isinstance(until, datetime):
        until = datetime.combine(until, _END_OF_DAY, zone)
    if start.tzinfo is None:
        return until if until.tzinfo is None else until.astimezone(zone).replace(tzinfo=None)
    return until.replace(tzinfo=until.tzinfo or start.tzinfo).astimezone(UTC)
