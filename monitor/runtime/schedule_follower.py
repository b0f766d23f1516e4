"""Keeps the core's snapshot up to date with the store and the configuration.

While the store cannot be reached, the last snapshot stays in force.
"""

import platform
import time
from collections import deque
from collections.abc import Callable
from datetime import date, datetime, timedelta
from threading import Event

from monitor import store
from monitor.configuration import Configuration
from monitor.health import Health
from monitor.runtime.factories import LoadedSchedules, snapshot_factory
from monitor.snapshot import Snapshot
from monitor.store import settings_audit
from monitor.store.guarded.settings_guard import SettingsGuard
from monitor.timetables.source_age import last_source_reads
from schedules import store as schedule_store
from schedules.calendar import monday
from schedules.exemption import Exemptions, RetroactiveExemption, TimeSpan
from schedules.local_time import start_of_day
from schedules.store import source_states

POLL_INTERVAL = 0.25
"""Seconds between two queries of the store: a changed exemption holds within one second."""
RECORD_INTERVAL = 5.0
"""Seconds: a sensor that records nothing for longer than a few of these is not running."""
SOURCE_AGES_INTERVAL = 60.0
"""Seconds between two times that it is read when the timetable's sources were last read."""
SENSOR = platform.node()[:100]
"""What this sensor is called in the store: the machine that it runs on."""


class ScheduleFollower:
    """Loads timetable, exemptions and pauses, and loads them again when they have changed.

    Args:
        configuration: the school's.
        clock: gives seconds since 1970-01-01 UTC; a simulation has its own.
        health: is told how old the snapshot and the timetable's sources are.
    """

    def __init__(
        self, configuration: Configuration, clock: Callable[[], float], health: Health
    ) -> None:
        self.retroactive: deque[RetroactiveExemption] = deque()
        """Exemptions that the core has yet to apply to what it has counted."""
        self._zone = configuration.school.zone
        self._clock = clock
        self._health = health
        self._has_new_configuration = Event()
        self._has_unaudited_settings = Event()
        self._settings_guard = SettingsGuard(configuration)
        self.reload(configuration)
        self._has_new_configuration.clear()

    def reload(self, configuration: Configuration) -> None:
        """Take places, layers, catalogue, staff and sources from another configuration.

        Raises:
            Refused: when it names what is not there; the old one stays in force.
        """
        make_snapshot = snapshot_factory(configuration)
        # Before it is used: what is not confirmed never counts as what was.
        self._settings_guard.reload(configuration)
        self._make_snapshot = make_snapshot
        self._configuration = configuration
        self._has_new_configuration.set()
        self._has_unaudited_settings.set()

    def load(self) -> Snapshot:
        """Load the first snapshot."""
        self._settings_guard.record_baseline()
        self._version = schedule_store.current_version()
        self._load_source_ages()
        return self._load(Exemptions())

    def run(
        self, current: Callable[[], Snapshot], swap: Callable[[Snapshot], None], ends: Event
    ) -> None:
        """Follow the store until the end; the work of a thread.

        Args:
            current: gives the snapshot that is in force.
            swap: puts another one in force.
            ends: is set at the end.
        """
        while not ends.wait(POLL_INTERVAL):
            try:
                self._follow(current, swap)
                if time.monotonic() - self._recorded > RECORD_INTERVAL:
                    self.record_version()
                if self._has_unaudited_settings.is_set():
                    self._has_unaudited_settings.clear()
                    self._audit_settings()
            except Exception:  # noqa: BLE001 (the last snapshot stays in force)
                self._health.count_snapshot_failure()
                store.disconnect()
        store.disconnect()

    def record_version(self) -> None:
        """Record which version of the schedules is in force here; whoever grants waits for it."""
        # By the clock of this machine, also in a simulation: it is about this process.
        store.record_sensor(SENSOR, self._version, time.time())
        self._recorded = time.monotonic()

    def _today(self) -> date:
        return datetime.fromtimestamp(self._clock(), self._zone).date()

    def _load(self, previous: Exemptions) -> Snapshot:
        """Load the schedules that can still matter, and make a snapshot of them."""
        first = monday(self._today()) - timedelta(days=7)
        timetable = schedule_store.load_timetable(
            self._zone, first, self._today() + timedelta(days=8)
        )
        exemptions = schedule_store.load_exemptions(timetable)
        self.retroactive.extend(exemptions.newly_retroactive(previous))
        since = start_of_day(first, self._zone).timestamp()
        pauses = tuple(
            TimeSpan(pause.start, pause.end) for pause in schedule_store.list_pauses(since)
        )
        self._health.snapshot_read_at = self._clock()
        self._loaded_on = self._today()
        unconfirmed = self._settings_guard.find_unconfirmed()
        self._health.unconfirmed_settings = len(unconfirmed)
        self._health.is_on_trial = self._configuration.is_on_trial
        return self._make_snapshot(
            LoadedSchedules(timetable, exemptions, pauses, is_confirmed=not unconfirmed)
        )

    def _load_source_ages(self) -> None:
        """Read when the timetable's sources were last read.

        A source that was read and is as it was makes no new version of what is stored.
        """
        self._health.sources = last_source_reads(
            self._configuration.timetables, source_states.list_source_states()
        )
        self._source_ages_loaded = self._clock()

    def _follow(self, current: Callable[[], Snapshot], swap: Callable[[Snapshot], None]) -> None:
        version = schedule_store.current_version()
        self._health.snapshot_read_at = self._clock()
        is_new = self._has_new_configuration.is_set()
        if is_new or not 0 <= self._clock() - self._source_ages_loaded < SOURCE_AGES_INTERVAL:
            self._load_source_ages()
        if version == self._version and self._loaded_on == self._today() and not is_new:
            return
        self._has_new_configuration.clear()
        snapshot = self._load(current().exemptions)
        self._version = version
        swap(snapshot)
        self.record_version()  # the last: what fails here is done again within seconds

    def _audit_settings(self) -> None:
        """Audit the settings that have changed; it is tried again with the next reload."""
        # By the clock of this machine, also in a simulation: it is about this process.
        settings_audit.record_setting_changes(self._configuration, time.time())
