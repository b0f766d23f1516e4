"""Where sightings go: the part of `monitor.runtime.service.Service` that sensors call."""

from typing import Protocol

from monitor.sighting import Sighting


class SensorHealth(Protocol):
    """Counts what goes wrong in a sensor."""

    def count_addon_error(self) -> None:
        """Count one error."""

    def count_dropped_packets(self, packets: int) -> None:
        """Count packets, or sightings, that were lost."""


class SightingSink(Protocol):
    """Receives sightings, and is told once a second that time has passed."""

    @property
    def health(self) -> SensorHealth:
        """Where errors and losses are counted."""

    def receive_sighting(self, sighting: Sighting) -> None:
        """Receive one sighting."""

    def name_hardware(self, mac: bytes) -> bytes:
        """Return what a sighting says of the MAC address that its client's frames came from."""

    def name_dns_client(self, client: bytes, hardware: bytes, timestamp: float) -> bytes:
        """Return whose a client's answers of DNS are; empty when it is not known.

        Nobody else's answers may decide what is recognised of a device or person that counts once,
        also when an address passes to another.

        Args:
            client: the packed address.
            hardware: what `name_hardware` said of it.
            timestamp: seconds since 1970-01-01 UTC.
        """

    def tick(self) -> None:
        """Go on with what time brings; called once a second."""


class NullSink:
    """Drops everything: before the core is there, and after it has gone."""

    @property
    def health(self) -> "NullSink":
        """Return itself: errors are dropped too."""
        return self

    def count_addon_error(self) -> None:
        """Do nothing."""

    def count_dropped_packets(self, packets: int) -> None:
        """Do nothing."""

    def receive_sighting(self, sighting: Sighting) -> None:
        """Do nothing."""

    def name_hardware(self, mac: bytes) -> bytes:
        """Return nothing."""
        return b""

    def name_dns_client(self, client: bytes, hardware: bytes, timestamp: float) -> bytes:
        """Return nothing."""
        return b""

    def tick(self) -> None:
        """Do nothing."""
