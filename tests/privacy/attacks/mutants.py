"""What the promise would be without one of the rules that hold it: each must be found."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

from addons.flows.dns_memory import DnsMemory
from monitor.core import ClosedSlot, Core
from monitor.release.measured import measured_hour
from monitor.release.measured.measured_hour import MeasuredHour
from monitor.release.measured.measuring import Measuring
from monitor.release.schedule import ReleaseSlot
from monitor.release.table_counts import TableCounts
from monitor.release.tables import DRAWN, MIN_ROOMS
from schedules.lesson import Lesson
from schedules.timetable import DatedPeriod, Timetable

NO_CAP = 100_000


def without_caps(core: Core) -> None:
    """Have a core count all that a device does."""
    core._counts = TableCounts([replace(table, cap=NO_CAP) for table in DRAWN])


def with_two_votes_beyond(core: Core) -> None:
    """Have a device vote twice on how far it goes beyond a cap."""
    core._counts = TableCounts(
        [replace(table, cap=2) if table.beyond else table for table in DRAWN]
    )


def with_floor_by_traffic(core: Core) -> None:
    """Have a core give no figure of a slot in which it counted nobody."""
    close = core._close

    def close_by_traffic(slot: ReleaseSlot) -> ClosedSlot:
        closed = close(slot)
        if any(count for cells in closed.counts.values() for count in cells.values()):
            return closed
        empty = {table: dict.fromkeys(cells) for table, cells in closed.counts.items()}
        return replace(closed, counts=empty)

    core._close = close_by_traffic  # type: ignore[method-assign]


@contextmanager
def floor_by_traffic() -> Iterator[None]:
    """Have floors hold for who is active, while the context lasts: enough is what has a count."""
    close = Core._close

    def close_by_traffic(core: Core, slot: ReleaseSlot) -> ClosedSlot:
        closed = close(core, slot)
        counts = {
            table: {cell: count or None for cell, count in cells.items()}
            for table, cells in closed.counts.items()
        }
        return replace(closed, counts=counts)

    with floor_by_roster(), patch.object(Core, "_close", close_by_traffic):
        yield


@contextmanager
def floor_by_roster() -> Iterator[None]:
    """Have floors hold for what is scheduled, whatever is measured of it, while it lasts."""
    with (
        patch.object(MeasuredHour, "rooms_of", lambda hour, layer, _: hour.scheduled_of(layer)),
        patch.object(MeasuredHour, "is_enough", property(_is_scheduled_enough)),
        patch.object(Measuring, "is_mixed", lambda *_, **__: False),
    ):
        yield


@contextmanager
def hours_by_label() -> Iterator[None]:
    """Have every lesson with a label be in its hour, whenever it is, while the context lasts."""

    def lessons_of(hour: DatedPeriod, timetable: Timetable) -> dict[str, tuple[Lesson, ...]]:
        return {
            lesson.rooms[0]: (lesson,)
            for lesson in timetable.lessons
            if lesson.period == hour.period and hour.start <= lesson.start.timestamp() < hour.end
        }

    with patch.object(measured_hour, "_lessons_inside", lessons_of):
        yield


def _is_scheduled_enough(hour: MeasuredHour) -> bool:
    return len(hour.scheduled) >= MIN_ROOMS


@contextmanager
def shared_dns_memory() -> Iterator[None]:
    """Have DNS's answers to one client hold for all, while the context lasts."""
    find, make = DnsMemory._find_client, DnsMemory._client_for
    with patch.multiple(
        DnsMemory,
        _find_client=lambda memory, _, now: find(memory, b"all", now),
        _client_for=lambda memory, _, now: make(memory, b"all", now),
    ):
        yield
