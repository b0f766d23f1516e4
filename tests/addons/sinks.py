"""A sink that stands where the core is, and keeps what it receives."""

from monitor.evidence import Evidence
from monitor.sighting import Sighting


class RecordingSink:
    """Keeps sightings, and counts errors, losses and ticks."""

    def __init__(self) -> None:
        self.sightings: list[Sighting] = []
        self.hardware_names: dict[bytes, bytes] = {}
        self.is_dns_unnamed = False
        self.errors = 0
        self.lost = 0
        self.ticks = 0

    @property
    def health(self) -> "RecordingSink":
        return self

    def receive_sighting(self, sighting: Sighting) -> None:
        self.sightings.append(sighting)

    def name_hardware(self, mac: bytes) -> bytes:
        return self.hardware_names.get(mac, mac)

    def name_dns_client(self, client: bytes, hardware: bytes, timestamp: float) -> bytes:
        return b"" if self.is_dns_unnamed else hardware or client

    def count_addon_error(self) -> None:
        self.errors += 1

    def count_dropped_packets(self, packets: int) -> None:
        self.lost += packets

    def tick(self) -> None:
        self.ticks += 1

    @property
    def names(self) -> list[tuple[str, Evidence]]:
        """Give the name of each connection, in the order in which they came."""
        return [
            (sighting.hostname, sighting.evidence)
            for sighting in self.sightings
            if sighting.opens_connection
        ]

    @property
    def carried(self) -> tuple[int, int]:
        """Give the bytes up and down of everything together."""
        up = sum(sighting.up for sighting in self.sightings)
        return up, sum(sighting.down for sighting in self.sightings)
