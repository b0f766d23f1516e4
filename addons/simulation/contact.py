"""One connection of a simulated device, and the sightings that a sensor would make of it."""

from collections.abc import Iterator
from typing import NamedTuple

from monitor.sighting import Evidence, Sighting

TOLD_EVERY = 30.0
"""Seconds between two sightings of a connection, as the gateway tells them."""
CLIENT_HELLO = 500
"""Bytes up by which the name is known."""


class Contact(NamedTuple):
    """A connection: when, who, to what, and what it carries."""

    moment: float
    """Seconds since 1970-01-01 UTC."""
    client: bytes
    hostname: str
    """Empty when the device hides it."""
    up: int
    down: int
    lasts: float
    """Seconds."""

    @property
    def evidence(self) -> Evidence:
        """How its name is learned."""
        return Evidence.SNI if self.hostname else Evidence.HIDDEN


def sightings(contact: Contact) -> Iterator[Sighting]:
    """Give what a sensor tells of a connection: its name, what it carries, and its end."""
    moment, client, hostname, up, down, lasts = contact
    evidence = Evidence.SNI if hostname else Evidence.HIDDEN
    yield Sighting(moment, client, hostname, evidence, CLIENT_HELLO)
    parts = int(lasts // TOLD_EVERY) + 1
    for part in range(1, parts + 1):
        yield Sighting(
            moment + lasts * part / parts,
            client,
            hostname,
            evidence,
            up // parts,
            down // parts,
            opens=False,
        )
