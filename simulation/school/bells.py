"""The bell schedule: nine lesson hours of fifty minutes from 08:30, and two breaks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Amsterdam")
LESSON_HOURS = (
    (time(8, 30), time(9, 20)),
    (time(9, 20), time(10, 10)),
    (time(10, 10), time(11, 0)),
    (time(11, 20), time(12, 10)),
    (time(12, 10), time(13, 0)),
    (time(13, 30), time(14, 20)),
    (time(14, 20), time(15, 10)),
    (time(15, 10), time(16, 0)),
    (time(16, 0), time(16, 50)),
)
BREAKS = ((time(11, 0), time(11, 20)), (time(13, 0), time(13, 30)))
SCHOOL_DAYS = 5
"""Of a week; the first is Monday."""
OPENS = time(8, 25)
CLOSES = time(17, 1)
"""After the last releases of a day."""


@dataclass(frozen=True, slots=True, order=True)
class BellSpan:
    """A lesson hour, or a break, of one day."""

    start: float
    """Seconds since 1970-01-01 UTC."""
    end: float
    hour: int
    """The lesson hour; 0 is a break."""
    day: date


def school_timestamp(day: date, clock: time) -> float:
    """Return the timestamp at which the school's clocks show a time."""
    return datetime.combine(day, clock, ZONE).timestamp()


def bell_spans(day: date) -> list[BellSpan]:
    """List a day's lesson hours and breaks, in order."""
    hours = [(start, end, hour) for hour, (start, end) in enumerate(LESSON_HOURS, start=1)]
    breaks = [(start, end, 0) for start, end in BREAKS]
    return sorted(
        BellSpan(school_timestamp(day, start), school_timestamp(day, end), hour, day)
        for start, end, hour in hours + breaks
    )


def school_days(first: date) -> Iterator[date]:
    """Yield every school day from a day on."""
    day = first
    while True:
        if day.weekday() < SCHOOL_DAYS:
            yield day
        day += timedelta(days=1)
