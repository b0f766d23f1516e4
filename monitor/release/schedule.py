"""When each table is released: by the timetable and the roster, never by traffic."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.release.tables import (
    DAY_CLOSES,
    MIN_ROOMS,
    RELEASE_DELAY,
    WEEK_CLOSES,
    ReleaseInterval,
)
from schedules.calendar import monday
from schedules.timetable import DatedPeriod, Timetable


@dataclass(frozen=True, slots=True)
class ReleaseSlot:
    """A time at which counts are closed for good, and the lesson hours that they cover."""

    timestamp: float
    """Seconds since 1970-01-01 UTC."""
    interval: ReleaseInterval
    """Whose tables are released."""
    day: date
    """Of the lesson hour, the day, or the week's Monday."""
    period: str
    hours: tuple[DatedPeriod, ...]
    """The lesson hours that are counted in it."""
    is_released: bool = True
    """False for a lesson hour with too few rooms: it is counted in the day's tables only."""

    @property
    def key(self) -> str:
        """What the ledger knows this slot by."""
        return slot_key(self.interval, self.day, self.period)


def slot_key(interval: ReleaseInterval, day: date, period: str = "") -> str:
    """Return what the ledger knows a slot by."""
    return f"{interval}/{day}/{period}"


def release_schedule(timetable: Timetable, zone: ZoneInfo) -> tuple[ReleaseSlot, ...]:
    """Return every slot of a timetable, in the order of their time."""
    slots = [*_days(timetable, zone), *_weeks(timetable, zone)]
    return tuple(sorted(slots, key=lambda slot: (slot.timestamp, slot.key)))


def timestamp_at(day: date, clock: time, zone: ZoneInfo) -> float:
    """Return a wall time of a day, in seconds since 1970-01-01 UTC."""
    return datetime.combine(day, clock, zone).timestamp()


def _days(timetable: Timetable, zone: ZoneInfo) -> Iterator[ReleaseSlot]:
    for day in timetable.days:
        yield from _day(timetable.periods_on(day), day, zone)


def _day(hours: tuple[DatedPeriod, ...], day: date, zone: ZoneInfo) -> Iterator[ReleaseSlot]:
    for hour in hours:
        yield ReleaseSlot(
            timestamp=hour.end + RELEASE_DELAY,
            interval=ReleaseInterval.LESSON_HOUR,
            day=day,
            period=hour.period,
            hours=(hour,),
            is_released=hour.rooms >= MIN_ROOMS,
        )
    # A lesson after 17:00 still belongs to its day. One second later than the last lesson hour,
    # so that every hour of the day is closed before the day is.
    closes = max(
        timestamp_at(day, DAY_CLOSES, zone), max(hour.end for hour in hours) + RELEASE_DELAY + 1
    )
    yield ReleaseSlot(closes, ReleaseInterval.DAY, day, "", hours)


def _weeks(timetable: Timetable, zone: ZoneInfo) -> Iterator[ReleaseSlot]:
    weeks: dict[date, list[DatedPeriod]] = {}
    for day in timetable.days:
        weeks.setdefault(monday(day), []).extend(timetable.periods_on(day))
    for first, hours in weeks.items():
        closes = timestamp_at(first + timedelta(days=7), WEEK_CLOSES, zone)
        yield ReleaseSlot(closes, ReleaseInterval.WEEK, first, "", tuple(hours))
