"""The core: sightings go in, closed counts come out, and its only clock is the sensor's.

Un-noised counts live here, in memory, and leave it once: as a `ClosedSlot` on its way to the
release.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from math import inf

from monitor.activity.device_use import DeviceUse, UsedPlatform
from monitor.health import Health
from monitor.identity import DayKey
from monitor.locate import LessonUse, locate
from monitor.places.bindings import Bindings
from monitor.release.counts import ActiveDevice, DayCounts
from monitor.release.schedule import ReleaseSlot, slot_key
from monitor.release.tables import (
    DRAWN,
    Cell,
    CellValues,
    Dimension,
    ReleaseInterval,
    TableSpec,
)
from monitor.release.visibility import Visibility
from monitor.sighting import Sighting
from monitor.snapshot import LessonFacts, Snapshot
from schedules.calendar import monday
from schedules.pause import is_paused

LONGEST_SILENCE = 120.0
"""Seconds between two ticks: after a longer silence the sensor was blind, and says so."""
LONGEST_WINDOW = 8 * 86_400.0
"""Seconds: a week's table looks back from Monday to the Monday before."""

type Counts = Mapping[TableSpec, Mapping[Cell, int | None]]


@dataclass(frozen=True, slots=True)
class ClosedSlot:
    """The exact counts of one slot; None where they are not complete: 'geen cijfer'."""

    slot: ReleaseSlot
    counts: Counts
    visibility: Visibility | None = None
    """Of the day, when it is a day that closes."""


@dataclass(slots=True)
class _OpenLesson:
    facts: LessonFacts
    devices: dict[int, DeviceUse] = field(default_factory=dict)


class Core:
    """One sensor's counts, from the moment it was started."""

    def __init__(self, snapshot: Snapshot, health: Health, started: float) -> None:
        self.snapshot = snapshot
        self.bindings = Bindings()
        """What RADIUS and DHCP say; swapped as a whole, like the snapshot."""
        self.health = health
        self._started = started
        self._watermark = started
        self._silences: list[tuple[float, float]] = []
        self._known: dict[tuple[date, str], float] = {}
        """Since when each lesson hour has stood in the timetable."""
        self._schedule: tuple[ReleaseSlot, ...] = ()
        self._follows_another = False
        self._key = DayKey(self._day(started))
        self._lessons: dict[str, _OpenLesson] = {}
        self._counts = DayCounts()
        self._weeks: dict[tuple[TableSpec, date], Counter[CellValues]] = {}
        """The counts of the weekly tables, by the week's Monday."""
        self._finished: set[str] = set()

    def resume(self, finished: Collection[str], *, hours_released_today: int) -> None:
        """Go on after an earlier process: what it closed stays closed, what it left is lost.

        Its devices' pseudonyms are gone with it, so the cap on the lesson hours that one device
        adds today is lowered by what may have been spent already.
        """
        self._follows_another = True
        self._finished.update(finished)
        self._counts = DayCounts(hours_spent=hours_released_today)

    def receive_sighting(self, sighting: Sighting) -> None:
        """Take in one sighting, in constant time; its address ends here.

        While measuring is interrupted it ends at once: not even health counts it.
        """
        if self.snapshot.pauses and is_paused(self.snapshot.pauses, sighting.timestamp):
            return
        use = locate(sighting, self.snapshot, self.bindings, self._key, self.health)
        if isinstance(use, LessonUse) and use.lesson.day == self._key.day:
            self._hold(use)

    def tick(self, moment: float) -> list[ClosedSlot]:
        """Say that everything up to `moment` has been seen, and give what is closed by it."""
        if moment - self._watermark > LONGEST_SILENCE:
            self._silences.append((self._watermark, moment))
        if self._schedule is not self.snapshot.release_schedule:
            self._learn(self.snapshot.release_schedule)
        closed = [self._close(slot) for slot in self._schedule if self._is_due(slot, moment)]
        self._watermark = max(moment, self._watermark)
        if self._day(moment) > self._key.day:
            self._turn(moment)
        self.health.tick(moment)
        return [one for one in closed if one.slot.is_released]

    def forget_exempted(self, instance: str, platforms: Collection[str] | None) -> None:
        """Drop what a new exemption covers from the start of its lesson; None means all."""
        for record in self.recorded_lessons(instance):
            lesson = self._lessons.get(record)
            if lesson is not None:
                for device in lesson.devices.values():
                    device.forget(platforms)

    def is_one_device(self, client: bytes) -> bool:
        """Whether no lesson of now says that an address is shared; for threads beside the sensor's.

        Args:
            client: the packed address that names a device in `whereabouts`.
        """
        device = self._key.pseudonym(client)
        held = [lesson.devices.get(device) for lesson in list(self._lessons.values())]
        return all(each is None or each.is_one_device for each in held)

    def recorded_lessons(self, instance: str) -> Iterator[str]:
        """Name the lessons under which devices in this lesson's rooms are held.

        They differ from the lesson itself where a room is booked twice.
        """
        lesson = self.snapshot.timetable.lesson(instance)
        if lesson is not None:
            for room in lesson.rooms:
                for moment in (lesson.start.timestamp(), lesson.end.timestamp() - 1):
                    for record in self.snapshot.timetable.lessons_at(room, moment)[:1]:
                        yield record.instance

    def _learn(self, schedule: tuple[ReleaseSlot, ...]) -> None:
        """Note since when lesson hours are known: one that had begun was not held against."""
        self._schedule = schedule
        for slot in schedule:
            for hour in slot.hours:
                self._known.setdefault((hour.day, hour.period), self._watermark)

    def _is_due(self, slot: ReleaseSlot, moment: float) -> bool:
        began = slot.timestamp > self._started or self._follows_another
        return began and slot.timestamp <= moment and slot.key not in self._finished

    def _day(self, moment: float) -> date:
        return datetime.fromtimestamp(moment, self.snapshot.zone).date()

    def _hold(self, use: LessonUse) -> None:
        lesson = self._lessons.get(use.lesson.instance)
        if lesson is None:
            if (
                slot_key(ReleaseInterval.LESSON_HOUR, use.lesson.day, use.lesson.period)
                in self._finished
            ):
                return
            lesson = self._lessons[use.lesson.instance] = _OpenLesson(use.lesson)
        held = lesson.devices.get(use.device)
        if held is None:
            held = lesson.devices[use.device] = DeviceUse(use.layer)
        held.layer = held.layer or use.layer
        held.connections += use.opens_connection
        held.add(use.candidates, use.role, use.timestamp, use.up, use.down)

    def _turn(self, moment: float) -> None:
        """Begin a new day: the old key is gone, and every pseudonym with it."""
        self._key = DayKey(self._day(moment))
        self._lessons = {}
        self._counts = DayCounts()
        self.health.begin_day()
        self._silences = [span for span in self._silences if span[1] > moment - LONGEST_WINDOW]
        oldest = self._day(moment - LONGEST_WINDOW)
        self._known = {hour: since for hour, since in self._known.items() if hour[0] >= oldest}

    def _close(self, slot: ReleaseSlot) -> ClosedSlot:
        self._finished.add(slot.key)
        counts: Counts
        match slot.interval:
            case ReleaseInterval.LESSON_HOUR:
                counts = self._close_hour(slot)
            case ReleaseInterval.DAY:
                counts = self._close_day(slot)
            case ReleaseInterval.WEEK:
                counts = self._close_week(slot)
        if not self._is_complete(slot):
            counts = {table: dict.fromkeys(cells) for table, cells in counts.items()}
        seen = self.health.visibility() if slot.interval is ReleaseInterval.DAY else None
        return ClosedSlot(slot, counts, seen)

    def _is_complete(self, slot: ReleaseSlot) -> bool:
        known_from_the_start = all(
            hour.start >= self._known.get((hour.day, hour.period), inf) for hour in slot.hours
        )
        return known_from_the_start and not any(
            hour.start < until and since < hour.end
            for since, until in (*self._silences, *self.snapshot.pauses)
            for hour in slot.hours
        )

    def _close_hour(self, slot: ReleaseSlot) -> Counts:
        active = self._active(slot)
        counts = self._counts.add_hour(slot.period, active, is_released=slot.is_released)
        return {
            table: self._cells(table, slot, counted)
            if self._counts.can_count(table)
            else dict.fromkeys(self._cells(table, slot, counted))
            for table, counted in counts.items()
        }

    def _active(self, slot: ReleaseSlot) -> Iterator[ActiveDevice]:
        """Close the hour's lessons, and give each device that was active in them once."""
        used: dict[int, list[UsedPlatform]] = {}
        layers: dict[int, str] = {}
        for instance, lesson in list(self._lessons.items()):
            if (lesson.facts.day, lesson.facts.period) != (slot.day, slot.period):
                continue
            del self._lessons[instance]
            if not self._still_stands(lesson.facts):
                continue
            for device, held in lesson.devices.items():
                if not held.is_one_device:
                    self.health.count_shared_address()
                elif uses := list(held.used_platforms()):
                    used.setdefault(device, []).extend(uses)
                    layers[device] = layers.get(device) or held.layer
        for device, uses in used.items():
            platforms = dict.fromkeys(use.platform for use in sorted(uses))
            sent = frozenset(use.platform for use in uses if use.has_uploaded)
            yield ActiveDevice(device, tuple(platforms), layers[device], sent)

    def _still_stands(self, facts: LessonFacts) -> bool:
        """Whether the timetable still has the lesson as it was when it was seen."""
        lesson = self.snapshot.timetable.lesson(facts.instance)
        return lesson is not None and lesson.is_held and self.snapshot.facts_of(lesson) == facts

    def _close_day(self, slot: ReleaseSlot) -> Counts:
        for table in DRAWN:
            if table.interval is ReleaseInterval.WEEK:
                week = self._weeks.setdefault((table, monday(slot.day)), Counter())
                week.update(self._counts.count(table))
        counts = {
            table: self._cells(table, slot, self._counts.count(table))
            for table in DRAWN
            if table.interval is ReleaseInterval.DAY
        }
        self._counts.close()
        return counts

    def _close_week(self, slot: ReleaseSlot) -> Counts:
        return {
            table: self._cells(table, slot, self._weeks.pop((table, slot.day), Counter()))
            for table in DRAWN
            if table.interval is ReleaseInterval.WEEK
        }

    def _cells(
        self, table: TableSpec, slot: ReleaseSlot, counted: Counter[CellValues]
    ) -> Mapping[Cell, int]:
        """Return every cell of a slot with its count: which there are, traffic does not decide."""
        domain = {
            Dimension.PERIOD: (slot.period,),
            Dimension.LAYER: self.snapshot.layers.released,
            Dimension.PLATFORM: [
                platform.name for platform in self.snapshot.catalogue.platforms if platform.is_on
            ],
        }
        cells = table.cells(slot.day, domain)
        return {cell: counted[values] for cell, values in cells.items()}
