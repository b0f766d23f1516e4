"""The core as a running service: with its store, its threads, and the addresses that it answers at.

The sensor's thread calls `receive_sighting` and `tick`, and never waits. Beside it one thread
follows the store and swaps in new snapshots, and another draws and writes releases; while the store
cannot be reached, both go on with what they have. Where the school has configured them, one more
follows RADIUS and DHCP, and one serves the page on which a device sees itself. Metrics and health
are each served by a thread of their own.
"""

import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from threading import Event, Thread

from monitor import store
from monitor.configuration import Configuration
from monitor.core import Core
from monitor.health import Health
from monitor.identity import NamingKey, Unit
from monitor.own_device import serving
from monitor.own_device.session_registry import SessionRegistry
from monitor.places.bindings import Bindings
from monitor.places.feeds.poller import FeedPoller
from monitor.places.feeds.unmapped import UnmappedAttachments
from monitor.places.own_hardware import read_own_hardware
from monitor.release.noise import Mechanism, draw_figures
from monitor.release.schedule import slot_key
from monitor.release.tables import ReleaseInterval
from monitor.runtime.endpoints import make_health_token, serve_metrics
from monitor.runtime.feed_factories import make_feeds
from monitor.runtime.health_metrics import HealthCollector
from monitor.runtime.metrics import FiguresCollector, Gauges
from monitor.runtime.release_worker import ReleaseWorker
from monitor.runtime.releaser import Releaser
from monitor.runtime.schedule_follower import ScheduleFollower
from monitor.sighting import Sighting
from monitor.snapshot import Snapshot
from monitor.store.lock import releaser_lock
from schedules.calendar import monday
from schedules.language import gettext
from schedules.problem import Problem, Refused

GAUGE_PERIOD = timedelta(days=15)
"""Gauges show what was released last, and no older than this."""


class Service:
    """One sensor process's core, store, threads and endpoints.

    Args:
        configuration: the school's.
        clock: gives seconds since 1970-01-01 UTC; a simulation has its own.
        mechanism: how counts become figures; anything but the default is for tests.
        by_frames: whether all sightings come from a passive sensor, which sees who sent a frame.
    """

    def __init__(
        self,
        configuration: Configuration,
        *,
        clock: Callable[[], float] = time.time,
        mechanism: Mechanism = draw_figures,
        by_frames: bool = False,
    ) -> None:
        self.clock = clock
        self.health = Health()
        self._naming = NamingKey(read_own_hardware())
        self._by_frames = by_frames
        rules = configuration.identity.rules
        uses_frames = rules.frames_are_own and rules.unit is not Unit.ADDRESS
        self.name_hardware = self._naming.name_hardware if uses_frames else _name_nothing
        self._configuration = configuration
        self._mechanism = mechanism
        self._follower = ScheduleFollower(configuration, clock, self.health)
        self._ends = Event()
        self._resources = ExitStack()
        self._sessions = SessionRegistry()

    def open(self) -> None:
        """Open the store, load the schedules, and start threads and endpoints.

        Raises:
            Refused: when the store cannot be used, or an address is not free.
        """
        with ExitStack() as opened:
            store.connect(self._configuration.database)
            opened.enter_context(releaser_lock(self._configuration.database))
            started = self.clock()
            has_names = self._configuration.tells_names(by_frames=self._by_frames)
            self._core = Core(
                self._follower.load(), self.health, started, self._naming, has_names=has_names
            )
            self._resume(started)
            promise = self._core.snapshot.promise
            self._epsilon = promise.epsilon if has_names else 0.0
            self._figures = FiguresCollector(self._make_gauges())
            unmapped = UnmappedAttachments(self.clock)
            self.health.feeds = self._feeds = make_feeds(
                self._configuration, opened, unmapped, self._naming
            )
            releaser = Releaser(
                daily=self._core.snapshot.layers.has_daily_figures,
                show=self._figures.update,
                mechanism=self._mechanism,
                tables=promise.drawn,
                only_in_totals=promise.only_in_totals,
            )
            self._worker = ReleaseWorker(releaser, self.health)
            self._follower.record_version()
            self._serve(opened, unmapped)
            self._resources = opened.pop_all()
        self._start_threads()

    @property
    def snapshot(self) -> Snapshot:
        """What sightings are held against now."""
        return self._core.snapshot

    @property
    def bindings(self) -> Bindings:
        """Where addresses are now, by RADIUS and DHCP."""
        return self._core.bindings

    def receive_sighting(self, sighting: Sighting) -> None:
        """Count one sighting. Never raises: traffic is not the victim of our error."""
        try:
            self._core.receive_sighting(sighting)
            if self._sessions.by_device:
                self._sessions.receive_sighting(sighting, self._core)
        except Exception:  # noqa: BLE001 (whatever it is, the connection goes on)
            self.health.count_addon_error()

    def name_dns_client(self, client: bytes, hardware: bytes, timestamp: float) -> bytes:
        """Return the unit that a client's answers of DNS are of; empty when nothing names it."""
        return self._core.name_dns_client(client, hardware, timestamp)

    def tick(self) -> None:
        """Let time pass; called once a second. Never waits, never raises."""
        try:
            while self._follower.retroactive:
                self._core.forget_exempted(*self._follower.retroactive.popleft())
            for closed in self._core.tick(self.clock()):
                self._worker.put(closed)
        except Exception:  # noqa: BLE001 (whatever it is, the connections go on)
            self.health.count_addon_error()

    def reload(self, configuration: Configuration) -> None:
        """Swap in places, layers, catalogue, staff and sources of another configuration.

        Store, listeners and endpoints stay as they are until a restart.

        Raises:
            Refused: when it names what is not there, names devices in another way, or promises
                something else: what was counted of this day goes by the old one, which stays in
                force.
        """
        needs_restart = {
            "[identity]": configuration.identity != self._configuration.identity,
            "[privacy]": configuration.privacy != self._configuration.privacy,
            # A day has one length: what a device may add to it begins anew at midnight.
            "school.time_zone": configuration.school.zone != self._configuration.school.zone,
        }
        changed = [section for section, is_changed in needs_restart.items() if is_changed]
        if changed:
            raise Refused(
                [
                    Problem(
                        section,
                        gettext("other settings than at the start"),
                        gettext("a restart, which costs a lesson hour"),
                    )
                    for section in changed
                ]
            )
        self._follower.reload(configuration)

    def close(self) -> None:
        """Release what is closed already, and end. What is still open is lost: 'geen cijfer'."""
        self._ends.set()
        self._worker.stop()
        for thread in self._threads:
            thread.join()
        self._resources.close()

    def _serve(self, opened: ExitStack, unmapped: UnmappedAttachments) -> None:
        """Open the addresses for metrics, for health, and for the device that sees itself."""
        settings = self._configuration
        health = HealthCollector(self.health, self.clock)
        self.metrics_port = opened.enter_context(
            serve_metrics("metrics.listen", settings.metrics, self._figures)
        )
        self.health_port = opened.enter_context(
            serve_metrics(
                "health.listen",
                settings.health,
                health,
                unmapped,
                token=make_health_token(settings),
            )
        )
        self.device_port = opened.enter_context(
            serving.serve_own_device(
                settings.device,
                self._core,
                self._sessions,
                self.clock,
                self.health.count_addon_error,
            )
        )

    def _start_threads(self) -> None:
        self._threads = [
            Thread(
                target=self._follower.run,
                args=(lambda: self.snapshot, self._swap, self._ends),
                name="lesrust-schedules",
                daemon=True,
            ),
            Thread(target=self._worker.run, name="lesrust-releases", daemon=True),
        ]
        if self._feeds:
            poller = FeedPoller(self._feeds, self._swap_bindings, self.clock, self.health)
            self._threads.append(
                Thread(target=poller.run, args=(self._ends,), name="lesrust-places", daemon=True)
            )
        for thread in self._threads:
            thread.start()

    def _swap_bindings(self, bindings: Bindings) -> None:
        self._core.bindings = bindings

    def _swap(self, snapshot: Snapshot) -> None:
        """Hold sightings against another snapshot, and declare its gauges."""
        self._core.snapshot = snapshot
        self._figures.declare(self._make_gauges)

    def _today(self) -> date:
        return datetime.fromtimestamp(self.clock(), self._configuration.school.zone).date()

    def _resume(self, started: float) -> None:
        """Take up from the store what an earlier process released; mark the rest as lost.

        A store that was restored, or is new, may not know what was released today. So the lesson
        hours of today whose release is due are taken for spent, whatever the store says.
        """
        today = self._today()
        released = store.released_keys(monday(today) - timedelta(days=7))
        hour_of_today = slot_key(ReleaseInterval.LESSON_HOUR, today)
        due = [
            slot.key
            for slot in self._core.snapshot.release_schedule
            if slot.timestamp <= started and slot.is_released
        ]
        hours = {key for key in (*released, *due) if key.startswith(hour_of_today)}
        self._core.resume(released, hours_spent=len(hours))

    def _make_gauges(self) -> Gauges:
        """Declare the gauges of the snapshot in force, with what was released of them."""
        snapshot = self._core.snapshot
        timetable = snapshot.timetable
        gauges = Gauges(
            periods=dict.fromkeys(
                hour.period for day in timetable.days for hour in timetable.periods_on(day)
            ),
            layers=snapshot.layers.released,
            platforms=[
                platform.name for platform in snapshot.catalogue.platforms if platform.is_on
            ],
            epsilon=self._epsilon,
        )
        gauges.update(store.load_figures(since=self._today() - GAUGE_PERIOD))
        return gauges


def _name_nothing(_mac: bytes) -> bytes:
    """Name no MAC address: those of these frames are a router's, or the unit is an address."""
    return b""
