"""What is released when: it follows from the timetable and the roster, never from traffic."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.release.tables import DAY_CLOSES, MIN_ROOMS, RELEASE_DELAY, WEEK_CLOSES, TableName
from schedules.calendar import monday
from schedules.timetable import DatedPeriod, Timetable


@dataclass(frozen=True, slots=True)
class ReleaseSlot:
    """One moment at which counts are closed for good, and the lesson hours that they cover."""

    timestamp: float
    """Seconds since 1970-01-01 UTC."""
    table: TableName
    """`LAYERS` stands for the day (R2 and R3), `LAYER_PLATFORMS` for the week (R4)."""
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
        return f"{self.table}/{self.day}/{self.period}"


def release_schedule(timetable: Timetable, zone: ZoneInfo) -> tuple[ReleaseSlot, ...]:
    """List all slots of a timetable, in the order in which they fall."""
    slots = [*_of_days(timetable, zone), *_of_weeks(timetable, zone)]
    return tuple(sorted(slots, key=lambda slot: (slot.timestamp, slot.key)))


def timestamp_at(day: date, clock: time, zone: ZoneInfo) -> float:
    """Give the moment of a wall time, in seconds since 1970-01-01 UTC."""
    return datetime.combine(day, clock, zone).timestamp()


def _of_days(timetable: Timetable, zone: ZoneInfo) -> Iterator[ReleaseSlot]:
    for day in timetable.days:
        yield from _of_day(timetable.periods_on(day), day, zone)


def _of_day(hours: tuple[DatedPeriod, ...], day: date, zone: ZoneInfo) -> Iterator[ReleaseSlot]:
    for hour in hours:
        yield ReleaseSlot(
            timestamp=hour.end + RELEASE_DELAY,
            table=TableName.LESSON_HOURS,
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
    yield ReleaseSlot(closes, TableName.LAYERS, day, "", hours)


def _of_weeks(timetable: Timetable, zone: ZoneInfo) -> Iterator[ReleaseSlot]:
    weeks: dict[date, list[DatedPeriod]] = {}
    for day in timetable.days:
        weeks.setdefault(monday(day), []).extend(timetable.periods_on(day))
    for first, hours in weeks.items():
        closes = timestamp_at(first + timedelta(days=7), WEEK_CLOSES, zone)
        yield ReleaseSlot(closes, TableName.LAYER_PLATFORMS, first, "", tuple(hours))
