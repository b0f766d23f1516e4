"""Captures held against the school's timetable: the sensor and the core, and no release."""

from datetime import date, datetime, timedelta

from addons.captures.error import CaptureError
from addons.flows.naming import Naming
from addons.packets.packet import Packet
from addons.passive import Passive
from monitor.catalogue import hiding
from monitor.configuration import Configuration
from monitor.health import Health
from monitor.release.figures import Figure
from monitor.runtime import replay
from monitor.runtime.replay import Replay
from monitor.sighting import Sighting

LONGEST = timedelta(days=35)
"""From the first packet to the last: as much of the timetable is read."""
ALL_HAS_CLOSED = timedelta(days=8)
"""After the last packet: by then every table of its week has closed."""


class _Core:
    """The core, as a passive sensor sees it: time goes on outside it."""

    def __init__(self, through: Replay) -> None:
        self._through = through

    @property
    def health(self) -> Health:
        return self._through.health

    def receive_sighting(self, sighting: Sighting) -> None:
        self._through.receive_sighting(sighting)

    def tick(self) -> None:
        pass


class Rehearsal:
    """One sensor and one core, from the first packet on.

    Args:
        configuration: the school's.
        started: the moment of the first packet, in seconds since 1970-01-01 UTC.

    Raises:
        Refused: when the store cannot be used.
    """

    def __init__(self, configuration: Configuration, started: float) -> None:
        self._zone = configuration.school.zone
        self._first = self._day(started)
        self._last = self._first + LONGEST
        self._through = replay.open_dry_run(configuration, self._first, self._last, started=started)
        catalogue, hides = self._through.snapshot.catalogue, hiding.ours()
        self._passive = Passive(_Core(self._through), Naming(lambda: catalogue, hides))
        self.take = self._passive.take

    @property
    def health(self) -> Health:
        """What was seen, and how."""
        return self._through.health

    def tick(self, moment: float) -> None:
        """Let time pass.

        Raises:
            CaptureError: when the captures span too long a time.
        """
        if self._day(moment) > self._last:
            since = f"more than {LONGEST.days} days after the first packet"
            raise CaptureError(f"the captures go on {since}; replay them in parts")
        self._passive.tick(moment)
        self._through.tick(moment)

    def end(self, moment: float) -> list[Figure]:
        """Let every table close, and give what would have been released."""
        self._passive.close(moment)
        self._through.tick(moment)
        self._through.tick(moment + ALL_HAS_CLOSED.total_seconds())
        # The week of the first day begins at most six days before it.
        return self._through.load_figures(since=self._first - timedelta(days=6))

    def _day(self, moment: float) -> date:
        return datetime.fromtimestamp(moment, self._zone).date()


class FromTheFirstPacket:
    """Begins a rehearsal when the first packet says which day it is."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self.rehearsal: Rehearsal | None = None

    def take(self, packet: Packet, moment: float) -> None:
        """Take in a packet; time has passed up to it."""
        if self.rehearsal is not None:
            self.rehearsal.take(packet, moment)

    def tick(self, moment: float) -> None:
        """Let time pass; the first time, begin.

        Raises:
            Refused: when the store cannot be used.
            CaptureError: when the captures span too long a time.
        """
        if self.rehearsal is None:
            self.rehearsal = Rehearsal(self._configuration, moment)
        self.rehearsal.tick(moment)
