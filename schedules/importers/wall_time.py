"""Dates and times as a school writes them: on its own clocks, which change twice a year.

A moment that the clocks skip in spring, or show twice in autumn, is refused: a lesson at such an
hour is a mistake in the timetable sooner than a lesson.
"""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from schedules.importers.unreadable import Unreadable

FIRST_YEAR = 2000
LAST_YEAR = 2100

_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")
_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?::00)?")


def read_date(text: str) -> date:
    """Read `2026-09-01`, or `1-9-2026` as Dutch spreadsheets write it.

    Raises:
        Unreadable: when it is neither, or no day of the calendar.
    """
    allowed = f"a date such as 2026-09-01 or 1-9-2026, from {FIRST_YEAR} to {LAST_YEAR}"
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.groups())
    else:
        raise Unreadable(text, allowed)
    try:
        read = date(year, month, day)
    except ValueError:
        raise Unreadable(text, allowed) from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(text, allowed)
    return read


def read_time(text: str) -> time:
    """Read a time of the day: `08:30`, `8:30`, `8.30` or `08:30:00`.

    Raises:
        Unreadable: when it is none of these.
    """
    allowed = "a time such as 08:30"
    found = _TIME.fullmatch(text)
    if found is None:
        raise Unreadable(text, allowed)
    hour, minute = map(int, found.groups())
    try:
        return time(hour, minute)
    except ValueError:
        raise Unreadable(text, allowed) from None


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Give the moment, in UTC, at which the clocks of a zone show a day and a time.

    Raises:
        Unreadable: when the clocks never show it, or show it twice.
    """
    shown = datetime.combine(day, at, tzinfo=zone)
    again = shown.replace(fold=1)
    if shown.utcoffset() == again.utcoffset():
        return shown.astimezone(UTC)
    skipped = shown.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != shown.replace(
        tzinfo=None
    )
    how_often = "once; the clocks skip this one" if skipped else "once; they show this one twice"
    raise Unreadable(f"{day} {at:%H:%M}", f"a time that the clocks show {how_often}")


def read_moment(text: str, today: date, zone: ZoneInfo) -> datetime:
    """Read a moment, in UTC, from a time of today or a date and a time.

    Raises:
        Unreadable: when it is neither, or a moment that the clocks skip or show twice.
    """
    day, _, clock = text.strip().replace("T", " ").rpartition(" ")
    try:
        read = read_date(day.strip()) if day else today, read_time(clock)
    except Unreadable:
        raise Unreadable(text, "a time of today such as 09:00, or 2026-09-01 09:00") from None
    return moment(*read, zone)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Give the moment, in UTC, at which a day begins in a zone."""
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
