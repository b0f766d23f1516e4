"""Dates and times as a school writes them: on its own clocks, which change twice a year.

A time that the clocks skip in spring or show twice in autumn is refused: in a timetable it is more
likely a mistake than a lesson.
"""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from schedules.language import gettext
from schedules.problem import InvalidValue

FIRST_YEAR = 2000
LAST_YEAR = 2100

_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")
_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?::00)?")


def parse_date(text: str) -> date:
    """Parse `2026-09-01`, or `1-9-2026` as Dutch spreadsheets write it.

    Raises:
        InvalidValue: when it is neither, or no day of the calendar.
    """
    allowed = gettext(
        "a date such as 2026-09-01 or 1-9-2026, from {first} to {last}",
        first=FIRST_YEAR,
        last=LAST_YEAR,
    )
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, match.groups())
    else:
        raise InvalidValue(text, allowed)
    try:
        parsed = date(year, month, day)
    except ValueError:
        raise InvalidValue(text, allowed) from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidValue(text, allowed)
    return parsed


def parse_time(text: str) -> time:
    """Parse a time of the day: `08:30`, `8:30`, `8.30` or `08:30:00`.

    Raises:
        InvalidValue: when it is none of these.
    """
    allowed = gettext("a time such as 08:30")
    match = _TIME.fullmatch(text)
    if match is None:
        raise InvalidValue(text, allowed)
    hour, minute = map(int, match.groups())
    try:
        return time(hour, minute)
    except ValueError:
        raise InvalidValue(text, allowed) from None


def to_utc(day: date, clock_time: time, zone: ZoneInfo) -> datetime:
    """Return when, in UTC, the clocks of a zone show a day and a time.

    Raises:
        InvalidValue: when the clocks never show it, or show it twice.
    """
    local = datetime.combine(day, clock_time, tzinfo=zone)
    if local.utcoffset() == local.replace(fold=1).utcoffset():
        return local.astimezone(UTC)
    round_trip = local.astimezone(UTC).astimezone(zone)
    is_skipped = round_trip.replace(tzinfo=None) != local.replace(tzinfo=None)
    how_often = (
        gettext("a time that the clocks show once; the clocks skip this one")
        if is_skipped
        else gettext("a time that the clocks show once; they show this one twice")
    )
    raise InvalidValue(
        f"{day} {clock_time:%H:%M}",
        how_often,
    )


def parse_datetime(text: str, today: date, zone: ZoneInfo) -> datetime:
    """Parse a time of today, or a date and a time, and return it in UTC.

    Raises:
        InvalidValue: when it is neither, or a time that the clocks skip or show twice.
    """
    day, _, clock = text.strip().replace("T", " ").rpartition(" ")
    try:
        parsed = parse_date(day.strip()) if day else today, parse_time(clock)
    except InvalidValue:
        raise InvalidValue(
            text, gettext("a time of today such as 09:00, or 2026-09-01 09:00")
        ) from None
    return to_utc(*parsed, zone)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return when, in UTC, a day begins in a zone."""
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
