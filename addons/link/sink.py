"""What a sensor asks of the core: the part of `monitor.runtime.service.Service` that it calls."""

from typing import Protocol

from monitor.sighting import Sighting


class ErrorCount(Protocol):
    """Counts a sensor's errors."""

    def addon_error(self) -> None:
        """Count one."""


class Receiver(Protocol):
    """Takes in sightings, and is told that time goes on."""

    @property
    def health(self) -> ErrorCount:
        """Where errors are counted."""

    def clock(self) -> float:
        """Give the time, in seconds since 1970."""

    def see(self, sighting: Sighting) -> None:
        """Take in a sighting."""

    def tick(self) -> None:
        """Go on; called once a second."""


class Nobody:
    """Takes everything and does nothing: before the core is there, and after it has gone."""

    @property
    def health(self) -> "Nobody":
        """Itself."""
        return self

    def addon_error(self) -> None:
        """Do nothing."""

    def clock(self) -> float:
        """Give no time."""
        return 0.0

    def see(self, sighting: Sighting) -> None:
        """Do nothing."""

    def tick(self) -> None:
        """Do nothing."""
