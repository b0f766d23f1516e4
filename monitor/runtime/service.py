"""A sensor process's share of the core: the core, what feeds it from the store, what it feeds.

The sensor's thread calls `see` and `tick` and never waits. One thread beside it reads timetable
and exemptions from the store and swaps them in; another draws and writes releases. When the store
is away, both go on with what they have. A third asks RADIUS and DHCP where addresses are, where
the school has configured them. A fourth serves the page on which a device sees itself.
"""

import platform
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from datetime import date, datetime, timedelta
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread

from monitor import store
from monitor.configuration import Configuration
from monitor.core import Closed, Core
from monitor.health import SHOWN_EVERY, Health
from monitor.own_device import serving
from monitor.own_device.looks import Looks
from monitor.places.bindings import Bindings
from monitor.places.feeds.following import Following
from monitor.places.feeds.unmapped import Unmapped
from monitor.release.figures import Figure
from monitor.release.noise import Mechanism, draw_figures
from monitor.release.tables import R1
from monitor.runtime import feed_factories as configured
from monitor.runtime.endpoints import FiguresCollector, HealthCollector, serve_metrics
from monitor.runtime.factories import LoadedSchedules, snapshot_factory
from monitor.runtime.metrics import Gauges
from monitor.runtime.releaser import Releaser
from monitor.sighting import Sighting
from monitor.snapshot import World
from monitor.store import settings_audit
from monitor.store.lock import releaser_lock
from monitor.timetables.source_age import last_source_reads
from schedules import store as schedule_store
from schedules.calendar import monday
from schedules.exemption import Exemptions, RetroactiveExemption, TimeSpan
from schedules.local_time import start_of_day
from schedules.store import source_states

POLL = 0.25
"""Seconds between two looks at the store: a changed exemption holds within one second."""
RETRY = 1.0
"""Seconds before a release that the store did not take is tried again."""
ACKNOWLEDGED_EVERY = 5.0
"""Seconds: a sensor that says nothing for longer than a few of these is not running."""
SENSOR = platform.node()[:100]
"""What this sensor is called in the store: the machine that it runs on."""
LOOKED_BACK = timedelta(days=15)
"""Gauges show what was released last, and no older than this."""


class Service:
    """One sensor process's core, store, threads and endpoints.

    Args:
        configuration: the school's.
        clock: gives seconds since 1970-01-01 UTC; a simulation has its own.
        mechanism: how counts become figures; anything but the default is for tests.
    """

    def __init__(
        self,
        configuration: Configuration,
        *,
        clock: Callable[[], float] = time.time,
        mechanism: Mechanism = draw_figures,
    ) -> None:
        self.clock = clock
        self.health = Health()
        self._configuration = self._noted = configuration
        self._mechanism = mechanism
        self._make_world = snapshot_factory(configuration)
        self._timetables = configuration.timetables
        self._has_new_configuration = Event()
        self._has_unnoted_settings = Event()
        self._has_unnoted_settings.set()
        self._ends = Event()
        self._resources = ExitStack()
        self._closed: SimpleQueue[Closed | None] = SimpleQueue()
        self._retroactive: deque[RetroactiveExemption] = deque()
        self._showing = Lock()
        self._looks = Looks()

    def open(self) -> None:
        """Open the store, read the schedules, and start threads and endpoints.

        Raises:
            Refused: when the store cannot be used, or an address is not free.
        """
        with ExitStack() as opened:
            store.connect(self._configuration.database)
            opened.enter_context(releaser_lock(self._configuration.database))
            self._version = schedule_store.current_version()
            self._look_at_sources()
            self._core = Core(self._read(Exemptions()), self.health, self.clock())
            self._resume()
            self._figures = FiguresCollector(self._declared())
            unmapped = Unmapped()
            self.health.feeds = configured.make_feeds(self._configuration, opened, unmapped)
            self._releaser = Releaser(
                daily=self._core.world.layers.has_daily_figures,
                show=self._show,
                mechanism=self._mechanism,
            )
            self._acknowledge()
            health = HealthCollector(self.health, self.clock)
            self.metrics_port = opened.enter_context(
                serve_metrics("metrics.listen", self._configuration.metrics, self._figures)
            )
            self.health_port = opened.enter_context(
                serve_metrics("health.listen", self._configuration.health, health, unmapped)
            )
            self.device_port = opened.enter_context(
                serving.served(
                    self._configuration.device,
                    self._core,
                    self._looks,
                    self.clock,
                    self.health.count_addon_error,
                )
            )
            self._resources = opened.pop_all()
        self._threads = [
            Thread(target=self._follow_store, name="lesrust-schedules", daemon=True),
            Thread(target=self._release, name="lesrust-releases", daemon=True),
        ]
        if self.health.feeds:
            following = Following(self.health.feeds, self._locate_by, self.clock, self.health)
            self._threads.append(
                Thread(target=following.run, args=(self._ends,), name="lesrust-places", daemon=True)
            )
        for thread in self._threads:
            thread.start()

    @property
    def world(self) -> World:
        """What sightings are held against now."""
        return self._core.world

    @property
    def bindings(self) -> Bindings:
        """What RADIUS and DHCP say of where addresses are now."""
        return self._core.bindings

    def receive_sighting(self, sighting: Sighting) -> None:
        """Take in one sighting. Never raises: traffic is not the victim of our error."""
        try:
            self._core.receive_sighting(sighting)
            if self._looks.by_device:
                self._looks.see(sighting, self._core)
        except Exception:  # noqa: BLE001 (whatever it is, the connection goes on)
            self.health.count_addon_error()

    def tick(self) -> None:
        """Say that time has passed; called once a second. Never waits, never raises."""
        try:
            while self._retroactive:
                self._core.forget(*self._retroactive.popleft())
            for closed in self._core.tick(self.clock()):
                self._closed.put(closed)
        except Exception:  # noqa: BLE001 (whatever it is, the connections go on)
            self.health.count_addon_error()

    def reload(self, configuration: Configuration) -> None:
        """Swap in places, layers, catalogue, staff and sources of another configuration.

        Store, listeners and endpoints stay as they are until a restart.

        Raises:
            Refused: when it names what is not there; the old one stays in force.
        """
        self._make_world = snapshot_factory(configuration)
        self._timetables = configuration.timetables
        self._noted = configuration
        self._has_new_configuration.set()
        self._has_unnoted_settings.set()

    def close(self) -> None:
        """Release what is closed already, and end. What is still open is lost: 'geen cijfer'."""
        self._ends.set()
        self._closed.put(None)
        for thread in self._threads:
            thread.join()
        self._resources.close()

    def _locate_by(self, bindings: Bindings) -> None:
        self._core.bindings = bindings

    def _today(self) -> date:
        return datetime.fromtimestamp(self.clock(), self._configuration.school.zone).date()

    def _read(self, previous: Exemptions) -> World:
        """Read the schedules that can still matter, and make a world of them."""
        first = monday(self._today()) - timedelta(days=7)
        zone = self._configuration.school.zone
        timetable = schedule_store.load_timetable(zone, first, self._today() + timedelta(days=8))
        exemptions = schedule_store.load_exemptions(timetable)
        self._retroactive.extend(exemptions.newly_retroactive(previous))
        begun = start_of_day(first, zone).timestamp()
        pauses = tuple(TimeSpan(each.start, each.end) for each in schedule_store.list_pauses(begun))
        self.health.snapshot_read = self.clock()
        self._read_on = self._today()
        return self._make_world(LoadedSchedules(timetable, exemptions, pauses))

    def _look_at_sources(self) -> None:
        """Note when the timetable's sources were last read.

        A source that was read and is as it was makes no new version of what is stored.
        """
        self.health.sources = last_source_reads(
            self._timetables, source_states.list_source_states()
        )
        self._sources_looked_at = self.clock()

    def _resume(self) -> None:
        """Take up from the store what an earlier process released; mark the rest as lost."""
        today = self._today()
        spent = store.released_keys(monday(today) - timedelta(days=7))
        hours = [key for key in spent if key.startswith(f"{R1.name}/{today}/")]
        if spent:  # a new store has lost nothing: what lies behind it was never begun
            self._core.resume(spent, hours_released_today=len(hours))

    def _acknowledge(self) -> None:
        """Tell the store, and so whoever granted, which version of the schedules is held here."""
        # By the clock of this machine, also in a simulation: it is about this process.
        store.record_sensor(SENSOR, self._version, time.time())
        self._acknowledged = time.monotonic()

    def _follow_store(self) -> None:
        while not self._ends.wait(POLL):
            try:
                self._renew()
                if time.monotonic() - self._acknowledged > ACKNOWLEDGED_EVERY:
                    self._acknowledge()
                if self._has_unnoted_settings.is_set():
                    self._has_unnoted_settings.clear()
                    self._note_settings()
            except Exception:  # noqa: BLE001 (the last snapshot stays in force)
                self.health.snapshot_failed()
                store.disconnect()
        store.disconnect()

    def _note_settings(self) -> None:
        """Audit what is set otherwise than before; it is tried again with the next reload."""
        # By the clock of this machine, also in a simulation: it is about this process.
        settings_audit.record_setting_changes(self._noted, time.time())

    def _renew(self) -> None:
        version = schedule_store.current_version()
        self.health.snapshot_read = self.clock()
        is_new = self._has_new_configuration.is_set()
        if is_new or not 0 <= self.clock() - self._sources_looked_at < SHOWN_EVERY:
            self._look_at_sources()
        if version == self._version and self._read_on == self._today() and not is_new:
            return
        self._has_new_configuration.clear()
        self._core.world = self._read(self._core.world.exemptions)
        self._version = version
        with self._showing:
            self._figures.gauges = self._declared()
        self._acknowledge()  # the last: what fails here is done again within seconds

    def _declared(self) -> Gauges:
        """Declare the gauges of the world as it is, with what was released of them."""
        current = self._core.world
        days = current.timetable.days
        gauges = Gauges(
            periods=dict.fromkeys(
                h.period for day in days for h in current.timetable.periods_on(day)
            ),
            layers=current.layers.released,
            platforms=[platform.name for platform in current.catalogue.platforms if platform.on],
        )
        gauges.update(store.load_figures(since=self._today() - LOOKED_BACK))
        return gauges

    def _show(self, figures: Sequence[Figure]) -> None:
        with self._showing:
            self._figures.gauges.update(figures)

    def _release(self) -> None:
        ends = False
        while not ends:
            with suppress(Empty):
                closed = self._closed.get(timeout=RETRY if self._releaser.waiting else None)
                if closed is None:
                    ends = True
                else:
                    self._releaser.draw(closed)
            self._write()
        store.disconnect()

    def _write(self) -> None:
        try:
            self._releaser.release()
        except Exception:  # noqa: BLE001 (what is drawn waits for the store)
            self.health.release_failed()
            store.disconnect()
