"""A dry run: captures go through sensor and core, and nothing is released."""

from datetime import date, datetime, timedelta

from addons.captures.error import CaptureError
from addons.flows.naming import FlowNamer
from addons.packets.packet import Packet
from addons.passive import PassiveSensor
from monitor.catalogue.hiding import bundled_hiding_list
from monitor.configuration import Configuration
from monitor.health import Health
from monitor.release.figures import Figure
from monitor.runtime import replay
from monitor.runtime.replay import Replay
from monitor.sighting import Sighting
from schedules.language import gettext

MAX_DURATION = timedelta(days=35)
"""Longest time from the first packet to the last: this much of the timetable is read."""
ALL_HAS_CLOSED = timedelta(days=8)
"""Time after the last packet by which every table of its week has closed."""


class _ReplaySink:
    """The replay as a sink, whose time passes outside the sensor."""

    def __init__(self, through: Replay) -> None:
        self._replay = through
        self.name_hardware = through.name_hardware
        self.name_dns_client = through.name_dns_client

    @property
    def health(self) -> Health:
        return self._replay.health

    def receive_sighting(self, sighting: Sighting) -> None:
        self._replay.receive_sighting(sighting)

    def tick(self) -> None:
        pass


class DryRun:
    """One sensor and one core, from the first packet on.

    Args:
        configuration: the school's.
        start: when the first packet came, in seconds since 1970-01-01 UTC.

    Raises:
        Refused: when the store cannot be used.
    """

    def __init__(self, configuration: Configuration, start: float) -> None:
        self._zone = configuration.school.zone
        self._first = self._day(start)
        self._last = self._first + MAX_DURATION
        self._replay = replay.open_dry_run(configuration, self._first, self._last, started=start)
        catalogue, hides = self._replay.snapshot.catalogue, bundled_hiding_list()
        self._sensor = PassiveSensor(_ReplaySink(self._replay), FlowNamer(lambda: catalogue, hides))
        self.receive_packet = self._sensor.receive_packet

    @property
    def health(self) -> Health:
        """What the core counted about connections."""
        return self._replay.health

    def tick(self, timestamp: float) -> None:
        """Pass time up to a timestamp.

        Raises:
            CaptureError: when the captures span too long a time.
        """
        if self._day(timestamp) > self._last:
            raise CaptureError(
                gettext(
                    "the captures go on more than {days} days after the first packet; replay them "
                    "in parts",
                    days=MAX_DURATION.days,
                )
            )
        self._sensor.tick(timestamp)
        self._replay.tick(timestamp)

    def finish(self, timestamp: float) -> list[Figure]:
        """Close every table, and return what would have been released."""
        self._sensor.close(timestamp)
        self._replay.tick(timestamp)
        self._replay.tick(timestamp + ALL_HAS_CLOSED.total_seconds())
        # The week of the first day begins at most six days before it.
        return self._replay.load_figures(since=self._first - timedelta(days=6))

    def _day(self, timestamp: float) -> date:
        return datetime.fromtimestamp(timestamp, self._zone).date()


class DryRunFromFirstPacket:
    """Starts a dry run at the first packet, which says what day it is."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self.dry_run: DryRun | None = None

    def receive_packet(self, packet: Packet, timestamp: float) -> None:
        """Receive a packet; time has passed up to it."""
        if self.dry_run is not None:
            self.dry_run.receive_packet(packet, timestamp)

    def tick(self, timestamp: float) -> None:
        """Pass time up to a timestamp; the first call starts the dry run.

        Raises:
            Refused: when the store cannot be used.
            CaptureError: when the captures span too long a time.
        """
        if self.dry_run is None:
            self.dry_run = DryRun(self._configuration, timestamp)
        self.dry_run.tick(timestamp)
