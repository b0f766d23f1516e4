"""Replays traffic of the past through the same core and releases, on one thread, without waiting.

It is for captures and simulations. The traffic is the clock: whoever feeds it calls `tick` with the
time, at least every two minutes of a lesson, and each release is in the ledger before `tick`
returns.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from math import inf

from monitor import store
from monitor.configuration import Configuration
from monitor.core import Core
from monitor.health import NO_FLOORS, Health
from monitor.identity import NamingKey, Unit
from monitor.release.ledger import Ledger, MemoryLedger
from monitor.release.noise import Mechanism, draw_figures
from monitor.runtime.exemption_request import ExemptionGranter, ExemptionRequest
from monitor.runtime.factories import LoadedSchedules, snapshot_factory
from monitor.runtime.releaser import Releaser
from monitor.snapshot import Snapshot
from monitor.store.lock import releaser_lock
from schedules import store as schedule_store
from schedules.exemption import TimeSpan
from schedules.local_time import start_of_day


class Replay:
    """A core and its releases; made by `open_replay`, or by `open_dry_run`."""

    def __init__(
        self,
        held: Snapshot,
        started: float,
        mechanism: Mechanism = draw_figures,
        ledger: Ledger = store,
    ) -> None:
        self.snapshot = held
        self.health = Health(NO_FLOORS, interval=inf)
        naming = NamingKey()
        rules = held.identity
        by_frames = rules.unit is Unit.DEVICE and rules.frames_are_own
        has_names = by_frames or rules.unit is Unit.ADDRESS
        self._core = Core(held, self.health, started, naming, has_names=has_names)
        self.name_hardware = naming.name_hardware
        """Names who sent a frame, for sightings of a capture."""
        self.name_dns_client = self._core.name_dns_client
        self._releaser = Releaser(
            daily=held.layers.has_daily_figures,
            show=lambda _: None,
            mechanism=mechanism,
            ledger=ledger,
            tables=held.promise.drawn,
            only_in_totals=held.promise.only_in_totals,
        )
        self.load_figures = ledger.load_figures
        self.receive_sighting = self._core.receive_sighting

    def tick(self, timestamp: float) -> None:
        """Release what is closed once everything up to a time has been seen.

        Args:
            timestamp: the time, in seconds since 1970-01-01 UTC.

        Raises:
            django.db.DatabaseError: when the store cannot be written.
        """
        for closed in self._core.tick(timestamp):
            self._releaser.draw(closed)
        self._releaser.release()


@contextmanager
def open_replay(
    configuration: Configuration,
    first_day: date,
    last_day: date,
    *,
    started: float,
    mechanism: Mechanism = draw_figures,
) -> Iterator[Replay]:
    """Open the store, load the schedules of some days, and be the one that releases into it.

    Args:
        configuration: the school's.
        first_day: of the timetable.
        last_day: of the timetable.
        started: from when on everything is seen, in seconds since 1970-01-01 UTC.
        mechanism: how counts become figures; anything but the default is for tests.

    Raises:
        Refused: when the store cannot be used, or another process releases into it.
    """
    load = _open_store(configuration)
    with releaser_lock(configuration.database):
        yield Replay(load(first_day, last_day), started, mechanism)


def open_dry_run(
    configuration: Configuration, first_day: date, last_day: date, *, started: float
) -> Replay:
    """Load the schedules of some days for a replay that releases nothing: it ends in memory.

    Args:
        configuration: the school's.
        first_day: of the timetable.
        last_day: of the timetable.
        started: from when on everything is seen, in seconds since 1970-01-01 UTC.

    Raises:
        Refused: when the store cannot be used.
    """
    return Replay(_open_store(configuration)(first_day, last_day), started, ledger=MemoryLedger())


def _open_store(configuration: Configuration) -> Callable[[date, date], Snapshot]:
    """Open the store, and return what loads the snapshot of some days from it."""
    make_snapshot = snapshot_factory(configuration)
    store.connect(configuration.database)

    def load(first_day: date, last_day: date) -> Snapshot:
        zone = configuration.school.zone
        timetable = schedule_store.load_timetable(zone, first_day, last_day)
        exemptions = schedule_store.load_exemptions(timetable)
        pauses = schedule_store.list_pauses(start_of_day(first_day, zone).timestamp())
        return make_snapshot(
            LoadedSchedules(
                timetable, exemptions, tuple(TimeSpan(pause.start, pause.end) for pause in pauses)
            )
        )

    return load


def grant_exemption(
    configuration: Configuration, request: ExemptionRequest, *, timestamp: float
) -> None:
    """Grant an exemption as `lesrust exempt grant` does, at a time of the past.

    Args:
        configuration: the school's; its store is open.
        request: what is asked for, as it would be typed.
        timestamp: when, in seconds since 1970-01-01 UTC.

    Raises:
        click.UsageError: when the request does not say one thing, or a name is not known.
        ExemptionDenied: when the rules forbid it.
    """
    schedule_store.add_exemption(ExemptionGranter(configuration, timestamp).grant(request))
