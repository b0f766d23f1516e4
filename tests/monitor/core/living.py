"""A core that lives through days of an invented school, tick by tick.

Most tests let one device in room 101 use Instagram in lesson hour 1 of Monday, and change one
thing.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from monitor.core import ClosedSlot, Core
from monitor.release.tables import R1, Cell, TableSpec
from monitor.sighting import Sighting
from monitor.snapshot import Snapshot
from schedules.exemption import Exemption, Exemptions, ExemptionScope
from schedules.timetable import Timetable
from tests.cast import AMSTERDAM, MONDAY, ROOMS, ExactHealth, at, lesson, lessons, school_snapshot

EARLY = at(7, 30)
MINUTE = 60.0
NEXT_MONDAY = at(7, 30, MONDAY + timedelta(days=7))


class Day:
    """A core that lives through a day in ticks of a minute."""

    def __init__(self, held: Snapshot | None = None, started: float = EARLY) -> None:
        self.core = Core(held or school_snapshot(), ExactHealth(), started)
        self.now = started
        self.closed: list[ClosedSlot] = []

    def until(self, moment: float, *sightings: Sighting) -> "Day":
        waiting = sorted(sightings, reverse=True)
        while self.now < moment:
            self.now = min(self.now + MINUTE, moment)
            while waiting and waiting[-1].timestamp < self.now:
                self.core.receive_sighting(waiting.pop())
            self.closed += self.core.tick(self.now)
        return self

    def counts(self, table: TableSpec) -> dict[tuple[str, str, str], int | None]:
        """All closed counts of a table that are not zero, by period, layer and platform."""
        return {
            (cell.period, cell.layer, cell.platform): count
            for closed in self.closed
            for cell, count in (closed.counts.get(table) or {}).items()
            if count != 0
        }

    def cells(self) -> Iterator[tuple[Cell, int | None]]:
        """Yield every cell that was closed, with its count."""
        for closed in self.closed:
            for counts in closed.counts.values():
                yield from counts.items()


def hours(*sightings: Sighting, held: Snapshot | None = None) -> dict[str, int | None]:
    """Give R1 of a whole Monday by lesson hour, zeros left out."""
    day = Day(held).until(at(18), *sightings)
    return {period: count for (period, _, _), count in day.counts(R1).items()}


def allowed(**changes: object) -> Exemptions:
    fields: dict[str, object] = {
        "scope": ExemptionScope.LESSON,
        "target": lesson("101").instance,
        "platforms": None,
        "granted_by": "MUL",
        "granted_at": at(8, 45),
        "number": 1,
    }
    exemption = Exemption(**{**fields, **changes})  # type: ignore[arg-type]
    return Exemptions([exemption], Timetable(lessons(), AMSTERDAM))


def all_but(*rooms: str, **changes: object) -> Exemptions:
    """Give exemptions of everything for every other room, over the whole day."""
    exemptions = [
        Exemption(
            scope=ExemptionScope.ROOM,
            target=room,
            platforms=None,
            granted_by="yil",
            granted_at=at(7),
            start=at(7),
            end=at(18),
        )
        for room in ROOMS
        if room not in rooms
    ]
    changed = [replace(exemption, **changes) for exemption in exemptions]  # type: ignore[arg-type]
    return Exemptions(changed, Timetable(lessons(), AMSTERDAM))
