"""The core: sightings go in, closed counts come out, and its only clock is the sensor's.

Counts without noise live here, in memory, and leave once: as a `ClosedSlot` on its way to the
release.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from monitor.exempt_use import has_enough_granters, locate_exempt
from monitor.health import Health
from monitor.identity import DayKey, NamingKey, Unit, overwrite_freed_keys
from monitor.locate import DropReason, LessonUse, locate
from monitor.open_lessons import HourOfDevices, OpenLessons
from monitor.places.bindings import Bindings
from monitor.places.naming import name_client
from monitor.release.measured.known_hours import KnownHours
from monitor.release.measured.measuring import MOST_CHANGED, Measuring
from monitor.release.schedule import ReleaseSlot, slot_key
from monitor.release.table_counts import Counts, TableCounts
from monitor.release.tables import Cell, Counted, ReleaseInterval, TableName
from monitor.sighting import Sighting
from monitor.snapshot import LessonFacts, Snapshot
from schedules.pause import is_paused

MAX_TICK_GAP = 120.0
"""Seconds between two ticks: in a longer gap the sensor was blind."""
LOOK_BACK = 8 * 86_400.0
"""Seconds: a weekly table looks back from Monday to the Monday before."""


@dataclass(frozen=True, slots=True)
class ClosedSlot:
    """The exact counts of one slot; None where they are not complete: 'geen cijfer'."""

    slot: ReleaseSlot
    counts: Counts
    days_left_out: Mapping[Cell, int] = field(default_factory=dict)
    """Of cells of a week, the days that are not in it: too little of them was measured."""


class Core:
    """The counts of one sensor, from when it was started.

    Args:
        snapshot: what sightings are held against; swapped as a whole.
        health: where connections and errors are counted.
        started: when the sensor began to see, in seconds since 1970-01-01 UTC.
        naming: the key of the names that sightings and bindings come with.
        has_names: whether anything tells the names of the unit; else nothing has a figure, rather
            than that nobody is counted.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        health: Health,
        started: float,
        naming: NamingKey | None = None,
        *,
        has_names: bool = True,
    ) -> None:
        self.snapshot = snapshot
        self.naming = naming or NamingKey()
        self._has_names = has_names
        self.bindings = Bindings()
        """What RADIUS and DHCP say of addresses; swapped as a whole, like the snapshot."""
        self.health = health
        self._started = started
        self._watermark = started
        self._blind_spans: list[tuple[float, float]] = []
        self._was_on_trial = snapshot.is_on_trial
        self._known_hours = KnownHours()
        self._schedule: tuple[ReleaseSlot, ...] = ()
        self._resumes = False
        self._key = DayKey(self._day_of(started))
        self._lessons = OpenLessons()
        self._measured_by = snapshot
        self._measuring = Measuring(snapshot.layers, snapshot.rules)
        self._counts = TableCounts(snapshot.promise.drawn)
        self._closed_keys: set[str] = set()

    def resume(self, closed_keys: Collection[str], *, hours_spent: int) -> None:
        """Go on after an earlier process: what it closed stays closed, what it left open is lost.

        Its pseudonyms of devices are gone with it, so the cap on the lesson hours that one device
        adds today is lowered by what may have been spent already.

        Args:
            closed_keys: keys of the slots that are closed; none where nothing was begun before.
            hours_spent: lesson hours of today that a device may have added to already.
        """
        self._resumes = bool(closed_keys)
        self._closed_keys.update(closed_keys)
        self._counts.begin_day(hours_spent=hours_spent)

    def receive_sighting(self, sighting: Sighting) -> None:
        """Receive one sighting, in constant time; its address ends here.

        While measuring is paused it ends at once: not even health counts it.
        """
        if self.snapshot.pauses and is_paused(self.snapshot.pauses, sighting.timestamp):
            return
        use = locate(sighting, self.snapshot, self.bindings, self._key, self.health)
        if not isinstance(use, LessonUse):
            if use is DropReason.EXEMPT:
                exempt = locate_exempt(sighting, self.snapshot, self.bindings, self._key)
                if exempt is not None and self._may_count(exempt.lesson):
                    self._lessons.count_exempt(exempt)
            return
        if not self._lessons.count(use) and self._may_count(use.lesson):
            self._lessons.count(use)

    def name_dns_client(self, client: bytes, hardware: bytes, timestamp: float) -> bytes:
        """Return the unit that a client's answers of DNS are of; empty when nothing names it.

        Args:
            client: the packed address.
            hardware: the name of the MAC address that its frames have; empty when not known.
            timestamp: seconds since 1970-01-01 UTC.
        """
        rules = self.snapshot.identity
        if rules.unit is Unit.ADDRESS:
            return client
        name, _ = name_client(client, hardware, timestamp, rules, self.bindings)
        return name

    def tick(self, timestamp: float) -> list[ClosedSlot]:
        """Note that all up to `timestamp` has been seen, and return the slots that this closes."""
        is_on_trial = self.snapshot.is_on_trial
        if timestamp - self._watermark > MAX_TICK_GAP or is_on_trial or self._was_on_trial:
            self._note_blind(self._watermark, timestamp)
        self._was_on_trial = is_on_trial
        if self._schedule is not self.snapshot.release_schedule:
            self._schedule = self.snapshot.release_schedule
            self._known_hours.note(self._schedule, timestamp, self._watermark)
        self._note_measured(timestamp)
        closed = [self._close(slot) for slot in self._schedule if self._is_due(slot, timestamp)]
        self._watermark = max(timestamp, self._watermark)
        if self._day_of(timestamp) > self._key.day:
            self._begin_day(timestamp)
        self.health.tick(timestamp)
        if is_on_trial:
            return []
        return [counts for counts in closed if counts.slot.is_released]

    def forget_exempted(self, instance: str, platforms: Collection[str] | None) -> None:
        """Count as exempt what a new exemption covers from the start of its lesson.

        Args:
            instance: the lesson.
            platforms: those that are exempted; None means all.
        """
        for recorded in self.recorded_lessons(instance):
            self._lessons.forget(recorded, platforms)

    def is_one_device(self, address: bytes) -> bool:
        """Say whether nothing of today shows that several devices share a name.

        Other threads than the sensor's may call it.

        Args:
            address: what names the device: a packed address, or a keyed name.
        """
        return self._lessons.is_one_device(self._key.pseudonym(address))

    def recorded_lessons(self, instance: str) -> Iterator[str]:
        """Yield the lessons under which devices in this lesson's rooms are counted.

        They differ from the lesson itself where a room is booked twice.
        """
        lesson = self.snapshot.timetable.lesson(instance)
        if lesson is not None:
            for room in lesson.rooms:
                for timestamp in (lesson.start.timestamp(), lesson.end.timestamp() - 1):
                    for recorded in self.snapshot.timetable.lessons_at(room, timestamp)[:1]:
                        yield recorded.instance

    def _note_measured(self, timestamp: float) -> None:
        """Note what is measured of the lesson hours that have begun, and whether rules changed."""
        held, is_swapped = self.snapshot, self.snapshot is not self._measured_by
        self._measured_by = held
        self._measuring.note_rules(
            held.rules, self._watermark, timestamp, is_confirmed=held.is_confirmed
        )
        going_on = (
            slot.hours[0]
            for slot in self._schedule
            if slot.interval is ReleaseInterval.LESSON_HOUR
            and slot.hours[0].start <= timestamp < slot.timestamp
        )
        self._measuring.note_hours(going_on, held.measure, has_changed=is_swapped)

    def _note_blind(self, since: float, until: float) -> None:
        """Note that nothing was counted for a while; what follows on a span makes that longer."""
        if self._blind_spans and self._blind_spans[-1][1] == since:
            since, _ = self._blind_spans.pop()
        self._blind_spans.append((since, until))

    def _is_due(self, slot: ReleaseSlot, timestamp: float) -> bool:
        began = slot.timestamp > self._started or self._resumes
        return began and slot.timestamp <= timestamp and slot.key not in self._closed_keys

    def _may_count(self, lesson: LessonFacts) -> bool:
        """Say whether a lesson is of today, and its hour has not closed; then it is open."""
        if self._lessons.has(lesson.instance):
            return True
        key = slot_key(ReleaseInterval.LESSON_HOUR, lesson.day, lesson.period)
        is_open = lesson.day == self._key.day and key not in self._closed_keys
        if is_open:
            self._lessons.open(lesson)
        return is_open

    def _day_of(self, timestamp: float) -> date:
        return datetime.fromtimestamp(timestamp, self.snapshot.zone).date()

    def _begin_day(self, timestamp: float) -> None:
        """Begin a new day: the old key goes, and every pseudonym with it."""
        self._key = DayKey(self._day_of(timestamp))
        overwrite_freed_keys()
        self._lessons = OpenLessons()
        self._counts.begin_day()
        self._measuring.begin_day(self.snapshot.layers, self._day_of(timestamp - LOOK_BACK))
        self._blind_spans = [span for span in self._blind_spans if span[1] > timestamp - LOOK_BACK]
        oldest = self._day_of(timestamp - LOOK_BACK)
        self._known_hours.forget_before(oldest)

    def _close(self, slot: ReleaseSlot) -> ClosedSlot:
        self._closed_keys.add(slot.key)
        domain = self.snapshot.domain(slot.period)
        counts: Counts
        days_left_out: Mapping[Cell, int] = {}
        match slot.interval:
            case ReleaseInterval.LESSON_HOUR | ReleaseInterval.DAY if slot.day != self._key.day:
                # Lost by an earlier process: nothing of today may be counted, or end, with it.
                counts = self._counts.lose(slot, domain)
            case ReleaseInterval.LESSON_HOUR:
                hour, is_enough = self._measuring.end_hour(slot.hours[0], self.snapshot.measure)
                devices = self._close_lessons(slot, hour.lessons)
                self._counts.add_exempt(slot.period, devices.exempt)
                active = devices.active
                counts = self._counts.close_hour(slot, active, domain, is_measured=is_enough)
            case ReleaseInterval.DAY:
                counts = self._counts.close_day(slot, domain, self._measuring.day)
            case ReleaseInterval.WEEK:
                counts = self._counts.close_week(slot, domain)
                days_left_out = self._counts.end_days_left_out(slot, domain)
        is_complete = self._has_names and self._is_complete(slot)
        has_granters = has_enough_granters(slot, self.snapshot)
        return ClosedSlot(
            slot,
            {
                table: {
                    cell: count if is_complete and not self._is_mixed(slot, cell) else None
                    for cell, count in cells.items()
                }
                if table.counted is not Counted.EXEMPT_USE or has_granters
                else dict.fromkeys(cells)
                for table, cells in counts.items()
                if table.counted is not Counted.STAFF_USE or self.snapshot.counts_staff
            },
            days_left_out,
        )

    def _is_mixed(self, slot: ReleaseSlot, cell: Cell) -> bool:
        """Say whether a figure would be of two things, because its rules changed inside it."""
        if slot.interval is ReleaseInterval.LESSON_HOUR:
            return False  # its counts have been judged
        most = 1.0 if cell.table is TableName.EXEMPT else MOST_CHANGED  # it is of what is allowed
        return self._measuring.is_mixed(slot.hours, cell.layer, cell.platform, most=most)

    def _is_complete(self, slot: ReleaseSlot) -> bool:
        """Say whether all of a slot's lesson hours were known and seen from start to end."""
        spans = [*self._blind_spans, *self.snapshot.pauses]
        return self._known_hours.are_known(slot.hours) and not _touch(spans, slot)

    def _close_lessons(self, slot: ReleaseSlot, lessons: Collection[str]) -> HourOfDevices:
        """Close the hour's lessons, and return each device that was seen in some of them once."""

        def is_counted(facts: LessonFacts) -> bool:
            return facts.instance in lessons and self._is_unchanged(facts)

        closed = self._lessons.close_hour(slot.day, slot.period, is_counted)
        for device in closed.shared:
            self.health.count_shared_address()
            self._counts.exclude(device)
        return closed

    def _is_unchanged(self, facts: LessonFacts) -> bool:
        """Say whether the timetable still has the lesson as it was when it was seen."""
        lesson = self.snapshot.timetable.lesson(facts.instance)
        return lesson is not None and lesson.is_held and self.snapshot.facts_of(lesson) == facts


def _touch(spans: Iterable[tuple[float, float]], slot: ReleaseSlot) -> bool:
    """Say whether a span of time lies, in part, in one of a slot's lesson hours."""
    return any(
        hour.start < until and since < hour.end for since, until in spans for hour in slot.hours
    )
